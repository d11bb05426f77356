"""What is read of the people around a patient."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.people.access.rules import Relation, Standing, treats_everything
from app.people.circle import AlertPreference, Circle, Companion
from app.people.person import Role
from app.people.tables import (
    Caregiver,
    CaregiverPatientConnection,
    Doctor,
    DoctorPatientConnection,
    User,
)


def circle(patient_id: ColumnElement[UUID]) -> ColumnElement[Any]:
    """Give the column that carries a patient's `Circle`; read it with `circle_from`."""
    return func.json_build_array(_caregivers(patient_id), _doctors(patient_id))


def circle_from(known: tuple[list[list[Any]] | None, list[list[Any]] | None]) -> Circle:
    """Read what the column of `circle` held."""
    caregivers, doctors = known
    return Circle(
        tuple(
            Companion(UUID(user_id), Role.CAREGIVER, name, language, critical_alerts=wanted)
            for user_id, name, language, wanted in caregivers or ()
        )
        + tuple(
            Companion(UUID(user_id), Role.DOCTOR, name, language, alerts=_alerts(alerts, *part))
            for user_id, name, language, alerts, *part in doctors or ()
        )
    )


def _alerts(wanted: str, relation: str, condition: str | None) -> AlertPreference:
    """Give which alerts a doctor gets: of a part of the patient, danger signs only."""
    standing = Standing(Relation(relation), condition=condition)
    return AlertPreference(wanted) if treats_everything(standing) else AlertPreference.NONE


def _caregivers(patient_id: ColumnElement[UUID]) -> ColumnElement[Any]:
    link = CaregiverPatientConnection
    row = func.json_build_array(
        User.id, Caregiver.full_name, User.language, Caregiver.critical_alerts_enabled
    )
    return (
        select(func.json_agg(aggregate_order_by(row, link.connected_at, link.id)))
        .select_from(link)
        .join(Caregiver, Caregiver.id == link.caregiver_id)
        .join(User, User.id == Caregiver.user_id)
        .where(link.patient_id == patient_id, link.is_active, User.is_active)
        .scalar_subquery()
    )


def _doctors(patient_id: ColumnElement[UUID]) -> ColumnElement[Any]:
    link = DoctorPatientConnection
    part = (link.doctor_type, link.treating_condition)
    wants = Doctor.alert_preferences
    row = func.json_build_array(User.id, Doctor.full_name, User.language, wants, *part)
    return (
        select(func.json_agg(aggregate_order_by(row, link.connected_at, link.id)))
        .select_from(link)
        .join(Doctor, Doctor.id == link.doctor_id)
        .join(User, User.id == Doctor.user_id)
        .where(link.patient_id == patient_id, link.is_active, User.is_active)
        .scalar_subquery()
    )
