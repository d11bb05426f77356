"""A patient's medicines, the doses made ahead, and those of the last day that are answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.db import one_of
from app.medications.dose import (
    AnsweredDose,
    LogStatus,
    MedicationFacts,
    Medicine,
    PendingDose,
)
from app.medications.tables import Medication, MedicationLog
from app.messaging.outbox.outgoing import Status
from app.messaging.tables import Outbound

ANSWERED_FOR = timedelta(hours=26)
"""Longer than any local day."""
_WENT_OUT = (Status.SENDING, Status.ACCEPTED, Status.SENT, Status.DELIVERED, Status.READ)


def facts(patient_id: ColumnElement[UUID], now: ColumnElement[datetime]) -> ColumnElement[Any]:
    """Give the column that carries a patient's `MedicationFacts`; read it with `facts_from`."""
    row = func.json_build_array(
        Medication.id,
        Medication.name,
        func.coalesce(Medication.called, ""),
        Medication.dosage,
        Medication.scheduled_times,
        Medication.paused_at.is_not(None),
        Medication.paused_until,
    )
    in_order = aggregate_order_by(row, Medication.created_at, Medication.id)
    medicines = (
        select(func.json_agg(in_order))
        .where(Medication.patient_id == patient_id, Medication.is_active)
        .scalar_subquery()
    )
    return func.json_build_array(medicines, _pending(patient_id), _answered(patient_id, now))


def _pending(patient_id: ColumnElement[UUID]) -> ColumnElement[Any]:
    """Give the doses made ahead, each with when its reminder went out, if it did."""
    row = func.json_build_array(
        MedicationLog.id,
        Medication.id,
        Medication.name,
        MedicationLog.scheduled_time,
        func.coalesce(MedicationLog.remind_at, MedicationLog.scheduled_time),
        MedicationLog.reminder_message_id,
        func.coalesce(Outbound.accepted_at, Outbound.queued_at),
        func.coalesce(Medication.called, ""),
    )
    in_order = aggregate_order_by(row, MedicationLog.scheduled_time, MedicationLog.id)
    reminder = and_(
        Outbound.id == MedicationLog.reminder_message_id, one_of(Outbound.status, _WENT_OUT)
    )
    return (
        select(func.json_agg(in_order))
        .select_from(MedicationLog)
        .join(Medication, Medication.id == MedicationLog.medication_id)
        .outerjoin(Outbound, reminder)
        .where(MedicationLog.patient_id == patient_id, Medication.is_active)
        .where(MedicationLog.status == LogStatus.PENDING)
        .scalar_subquery()
    )


def _answered(patient_id: ColumnElement[UUID], now: ColumnElement[datetime]) -> ColumnElement[Any]:
    """Give the doses of the last day that were told of, or are counted as missed."""
    log = MedicationLog
    row = func.json_build_array(
        log.id, log.medication_id, log.status, log.scheduled_time, log.taken_at
    )
    in_order = aggregate_order_by(row, log.scheduled_time, log.id)
    return (
        select(func.json_agg(in_order))
        .where(log.patient_id == patient_id, log.status != LogStatus.PENDING)
        .where(log.scheduled_time > now - ANSWERED_FOR)
        .scalar_subquery()
    )


def facts_from(known: tuple[list[list[Any]] | None, ...]) -> MedicationFacts:
    """Read what the column of `facts` held."""
    medicines, pending, answered = known
    return MedicationFacts(
        tuple(_medicine(row) for row in medicines or ()),
        tuple(_pending_dose(row) for row in pending or ()),
        tuple(_answered_dose(row) for row in answered or ()),
    )


def _medicine(row: list[Any]) -> Medicine:
    medicine_id, name, called, dosage, times, is_paused, until = row
    paused_until = datetime.fromisoformat(until) if until else None
    return Medicine(UUID(medicine_id), name, called, dosage, tuple(times), is_paused, paused_until)


def _answered_dose(row: list[Any]) -> AnsweredDose:
    log_id, medicine_id, status, scheduled_time, taken_at = row
    return AnsweredDose(
        UUID(log_id),
        UUID(medicine_id),
        LogStatus(status),
        datetime.fromisoformat(scheduled_time),
        datetime.fromisoformat(taken_at) if taken_at else None,
    )


def _pending_dose(row: list[Any]) -> PendingDose:
    log_id, medicine_id, name, scheduled_time, remind_at, reminder_id, reminded_at, called = row
    return PendingDose(
        log_id=UUID(log_id),
        medicine_id=UUID(medicine_id),
        name=name,
        scheduled_time=datetime.fromisoformat(scheduled_time),
        remind_at=datetime.fromisoformat(remind_at),
        reminder_id=UUID(reminder_id) if reminder_id else None,
        reminded_at=datetime.fromisoformat(reminded_at) if reminded_at else None,
        called=called,
    )
