"""What is read of the patients somebody cares for, and the lock on the one that is meant."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, bindparam, exists, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from app.db import Fixed
from app.parsing.units import Unit
from app.people.cared_for.patient import CaredFor
from app.people.person import DiabetesType
from app.people.tables import Caregiver, CaregiverPatientConnection, Patient, User

_LINK = CaregiverPatientConnection
_LAST_DIGITS = 4
_LOCK = Fixed(
    select(Patient.id)
    .where(Patient.id == bindparam("patient_id"))
    .with_for_update(of=Patient, key_share=True)
)


def cared_for(user_id: ColumnElement[UUID]) -> ColumnElement[Any]:
    """Give the column of the patients a user cares for; read it with `cared_for_from`."""
    owner = aliased(User)
    name = func.coalesce(owner.display_name, "…" + func.right(owner.phone_number, _LAST_DIGITS))
    row = func.json_build_array(
        *(Patient.id, owner.id, func.coalesce(name, "…"), owner.language),
        *(Patient.diabetes_type, Patient.glucose_unit, _LINK.patient_is),
    )
    return (
        select(func.json_agg(aggregate_order_by(row, _LINK.connected_at, _LINK.id)))
        .select_from(_LINK)
        .join(Caregiver, Caregiver.id == _LINK.caregiver_id)
        .join(Patient, Patient.id == _LINK.patient_id)
        .join(owner, owner.id == Patient.user_id)
        .where(Caregiver.user_id == user_id, _LINK.is_active)
        .where(owner.is_active, owner.deleted_at.is_(None))
        .scalar_subquery()
    )


def cares_for_anyone(user_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """Give the condition that a user is somebody's caregiver."""
    return exists().where(
        _LINK.caregiver_id == Caregiver.id, Caregiver.user_id == user_id, _LINK.is_active
    )


def cared_for_from(known: list[list[Any]] | None) -> tuple[CaredFor, ...]:
    """Read what the column of `cared_for` held."""
    return tuple(
        CaredFor(
            patient_id=UUID(patient_id),
            user_id=UUID(user_id),
            name=name,
            language=language,
            diabetes_type=DiabetesType(kind) if kind else None,
            unit=Unit(unit),
            patient_is=patient_is,
        )
        for patient_id, user_id, name, language, kind, unit, patient_is in known or ()
    )


def lock(connection: Connection, patient_id: UUID) -> None:
    """Lock the patient whom a caregiver's turn is about, after the caregiver; wait for it."""
    _LOCK.run(connection, {"patient_id": patient_id})
