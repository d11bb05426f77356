"""The one door: what a viewer may do with a patient's data, and the note that they came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Uuid,
    bindparam,
    delete,
    func,
    insert,
    literal,
    null,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from app.errors import AccessDenied
from app.people.access.rules import Need, Relation, Standing, may
from app.people.access.tables import AccessLog
from app.people.tables import (
    Caregiver,
    CaregiverPatientConnection,
    Doctor,
    DoctorPatientConnection,
    Patient,
    User,
)


@dataclass(frozen=True, slots=True)
class Grant:
    """A door that is open: for whom, to whom, for what, and by which standing."""

    viewer_user_id: UUID
    patient_id: UUID
    need: Need
    standing: Standing


def patient_for(
    connection: Connection, viewer_user_id: UUID, patient_id: UUID, need: Need, *, now: datetime
) -> Grant:
    """Open the door to a patient's data, and note it where the data are another's.

    Raises:
        AccessDenied: The viewer may not, or one of the two is not there any more.
    """
    row = connection.execute(
        _STANDINGS, {"viewer_user_id": viewer_user_id, "patient_id": patient_id}
    ).scalar_one()
    standing = standing_for(standings_from(row), need)
    if standing is None:
        msg = f"user {viewer_user_id} has no {need} of patient {patient_id}"
        raise AccessDenied(msg)
    grant = Grant(viewer_user_id, patient_id, need, standing)
    note(connection, grant, now)
    return grant


def standing_for(standings: Iterable[Standing], need: Need) -> Standing | None:
    """Give the first standing that allows what is needed."""
    return next((one for one in standings if may(one, need)), None)


def note(connection: Connection, grant: Grant, now: datetime) -> None:
    """Note that another's data were opened; of one's own nothing is noted."""
    standing = grant.standing
    if standing.relation is Relation.SELF:
        return
    connection.execute(
        insert(AccessLog)
        .values(
            viewer_user_id=grant.viewer_user_id,
            patient_id=grant.patient_id,
            relation=standing.relation.value,
            need=grant.need.value,
            at=now,
        )
        .inline()
    )


def drop_before(connection: Connection, moment: datetime) -> None:
    """Delete the notes from before a moment."""
    connection.execute(delete(AccessLog).where(AccessLog.at < moment))


def standings(
    viewer_user_id: ColumnElement[UUID], patient_id: ColumnElement[UUID]
) -> ColumnElement[Any]:
    """Give the column of a viewer's standings with a patient; read it with `standings_from`.

    None where the patient has left, or either account is closed.
    """
    found = union_all(
        _self(viewer_user_id, patient_id),
        _caregivers(viewer_user_id, patient_id),
        _doctors(viewer_user_id, patient_id),
    ).subquery()
    viewer, owner = aliased(User), aliased(User)
    return (
        select(func.json_agg(found.c.standing))
        .select_from(found)
        .join(viewer, viewer.id == viewer_user_id)
        .join(Patient, Patient.id == patient_id)
        .join(owner, owner.id == Patient.user_id)
        .where(viewer.is_active, owner.is_active, owner.deleted_at.is_(None))
        .scalar_subquery()
    )


def standings_from(known: list[list[Any]] | None) -> tuple[Standing, ...]:
    """Read what the column of `standings` held."""
    return tuple(
        Standing(Relation(relation), may_log=may_log, may_see=may_see, condition=condition)
        for relation, may_log, may_see, condition in known or ()
    )


def _standing(relation: Any, may_log: Any, may_see: Any, condition: Any) -> Any:
    return func.json_build_array(relation, may_log, may_see, condition).label("standing")


def _self(viewer: ColumnElement[UUID], patient_id: ColumnElement[UUID]) -> Select[Any]:
    own = _standing(literal(Relation.SELF.value), true(), true(), null())
    return select(own).where(Patient.id == patient_id, Patient.user_id == viewer)


def _caregivers(viewer: ColumnElement[UUID], patient_id: ColumnElement[UUID]) -> Select[Any]:
    link = CaregiverPatientConnection
    relation = literal(Relation.CAREGIVER.value)
    return (
        select(_standing(relation, link.can_update_data, link.can_view_health_records, null()))
        .join(Caregiver, Caregiver.id == link.caregiver_id)
        .where(Caregiver.user_id == viewer, link.patient_id == patient_id, link.is_active)
    )


def _doctors(viewer: ColumnElement[UUID], patient_id: ColumnElement[UUID]) -> Select[Any]:
    link = DoctorPatientConnection
    return (
        select(_standing(link.doctor_type, true(), true(), link.treating_condition))
        .join(Doctor, Doctor.id == link.doctor_id)
        .where(Doctor.user_id == viewer, link.patient_id == patient_id, link.is_active)
    )


_STANDINGS = select(
    standings(bindparam("viewer_user_id", type_=Uuid()), bindparam("patient_id", type_=Uuid()))
)
