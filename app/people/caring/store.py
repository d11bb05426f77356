"""What is kept of a patient's caregivers: what each may do, and the end of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, ScalarSelect, func, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert

from app.messaging.outbox import store as outbox
from app.people.caring.caregiver import (
    CaregiverAllowed,
    CaregiverEnded,
    CareLeft,
    Caring,
    CaringEvent,
)
from app.people.tables import Caregiver, CaregiverPatientConnection, Consent, Patient, User

ENDED = "caregiver"
"""What is taken back in the ledger: consent to being cared for, or to caring."""
_LINK = CaregiverPatientConnection


def caring(patient_id: ColumnElement[UUID]) -> ColumnElement[Any]:
    """Give the column of a patient's caregivers; read it with `caring_from`."""
    name = func.coalesce(User.display_name, Caregiver.full_name)
    row = func.json_build_array(
        Caregiver.id, name, _LINK.can_update_data, _LINK.can_view_health_records
    )
    return (
        select(func.json_agg(aggregate_order_by(row, _LINK.connected_at, _LINK.id)))
        .select_from(_LINK)
        .join(Caregiver, Caregiver.id == _LINK.caregiver_id)
        .join(User, User.id == Caregiver.user_id)
        .where(_LINK.patient_id == patient_id, _LINK.is_active, User.is_active)
        .scalar_subquery()
    )


def caring_from(known: list[list[Any]] | None) -> tuple[Caring, ...]:
    """Read what the column of `caring` held."""
    return tuple(
        Caring(UUID(caregiver_id), name, may_log=may_log, may_see=may_see)
        for caregiver_id, name, may_log, may_see in known or ()
    )


def apply(
    connection: Connection, user_id: UUID, event: CaringEvent, *, message_sid: str, now: datetime
) -> None:
    """Write down what a patient, or a caregiver, said of their connection.

    Whatever is queued about the patient for a caregiver whose connection ends is withdrawn.
    """
    match event:
        case CaregiverAllowed(caregiver_id, may_log, may_see):
            connection.execute(
                update(_LINK)
                .where(_LINK.caregiver_id == caregiver_id, _LINK.patient_id == _own(user_id))
                .where(_LINK.is_active)
                .values(can_update_data=may_log, can_view_health_records=may_see)
            )
        case CaregiverEnded(caregiver_id, language):
            _take_back(connection, user_id, language, message_sid, now)
            _end(connection, caregiver_id, _own(user_id))
        case CareLeft(patient_id, language):
            _take_back(connection, user_id, language, message_sid, now)
            _end(connection, _caregiver(user_id), patient_id)


def _own(user_id: UUID) -> ScalarSelect[UUID]:
    return select(Patient.id).where(Patient.user_id == user_id).scalar_subquery()


def _caregiver(user_id: UUID) -> ScalarSelect[UUID]:
    return select(Caregiver.id).where(Caregiver.user_id == user_id).scalar_subquery()


def _end(
    connection: Connection,
    caregiver_id: UUID | ScalarSelect[UUID],
    patient_id: UUID | ScalarSelect[UUID],
) -> None:
    connection.execute(
        update(_LINK)
        .where(_LINK.caregiver_id == caregiver_id, _LINK.patient_id == patient_id)
        .values(is_active=False)
    )
    told = select(Caregiver.user_id).where(Caregiver.id == caregiver_id).scalar_subquery()
    outbox.withdraw_about(connection, user_id=told, patient_id=patient_id)


def _take_back(
    connection: Connection, user_id: UUID, language: str, message_sid: str, now: datetime
) -> None:
    connection.execute(
        insert(Consent)
        .values(
            user_id=user_id,
            version=ENDED,
            language=language,
            message_sid=message_sid,
            given_at=now,
            withdraws=True,
        )
        .inline()
    )
