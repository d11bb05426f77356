"""The door's own rules for `READINGS`, as one question for many readers and patients.

A test holds them to `app.people.access.rules`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    case,
    func,
    insert,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from app.people.access.rules import CATEGORIES, Need, Relation
from app.people.access.tables import AccessLog
from app.people.person import Role
from app.people.tables import (
    Caregiver,
    CaregiverPatientConnection,
    Doctor,
    DoctorPatientConnection,
    Patient,
    User,
)

_OWNER = aliased(User, name="owner")


def links(role: Role) -> Select[*tuple[Any, ...]]:
    """Ask for every pair of a reader and a patient whose readings the reader may see.

    Its columns are `reader_id` (a user), `patient_id`, `relation`, `connected_at` and `link_id`.
    """
    return _of_caregivers() if role is Role.CAREGIVER else _of_doctors()


def _of_caregivers() -> Select[*tuple[Any, ...]]:
    link = CaregiverPatientConnection
    found = select(
        Caregiver.user_id.label("reader_id"),
        link.patient_id,
        literal(Relation.CAREGIVER.value, Text).label("relation"),
        link.connected_at,
        link.id.label("link_id"),
    ).join(link, link.caregiver_id == Caregiver.id)
    both = _of_people_who_are_there(found, Caregiver.user_id, link.patient_id)
    return both.where(link.is_active, link.can_view_health_records)


def _of_doctors() -> Select[*tuple[Any, ...]]:
    link = DoctorPatientConnection
    found = select(
        Doctor.user_id.label("reader_id"),
        link.patient_id,
        link.doctor_type.cast(Text).label("relation"),
        link.connected_at,
        link.id.label("link_id"),
    ).join(link, link.doctor_id == Doctor.id)
    both = _of_people_who_are_there(found, Doctor.user_id, link.patient_id)
    return both.where(link.is_active, _treats_everything())


def _of_people_who_are_there(
    found: Select[*tuple[Any, ...]], reader_id: Any, patient_id: Any
) -> Select[*tuple[Any, ...]]:
    viewer = aliased(User)
    return (
        found.join(viewer, viewer.id == reader_id)
        .join(Patient, Patient.id == patient_id)
        .join(_OWNER, _OWNER.id == Patient.user_id)
        .where(viewer.is_active, _OWNER.is_active, _OWNER.deleted_at.is_(None))
    )


def _treats_everything() -> ColumnElement[bool]:
    link = DoctorPatientConnection
    condition = func.lower(link.treating_condition)
    named = [
        (or_(*(condition.contains(word, autoescape=True) for word in words)), name)
        for name, words in CATEGORIES.items()
    ]
    return or_(
        link.doctor_type == Relation.SPECIALIST.value,
        link.treating_condition.is_(None),
        case(*named, else_="") == "DIABETES",
    )


def seen_by(connection: Connection, user_id: UUID, patient_ids: Iterable[UUID]) -> set[UUID]:
    """Say whose readings a person may see now, of these patients."""
    wanted = list(patient_ids)
    pairs = [links(role).subquery() for role in (Role.CAREGIVER, Role.DOCTOR)]
    rows = connection.execute(
        union_all(
            *(
                select(each.c.patient_id).where(
                    each.c.reader_id == user_id, each.c.patient_id.in_(wanted)
                )
                for each in pairs
            )
        )
    )
    return set(rows.scalars())


def note(
    connection: Connection, seen: Iterable[tuple[UUID, UUID, Relation]], now: datetime
) -> None:
    """Note in the log of access whose readings were told to whom."""
    rows = [
        {
            "viewer_user_id": reader_id,
            "patient_id": patient_id,
            "relation": relation.value,
            "need": Need.READINGS.value,
            "at": now,
        }
        for reader_id, patient_id, relation in seen
    ]
    if rows:
        connection.execute(insert(AccessLog), rows)
