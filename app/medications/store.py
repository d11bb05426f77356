"""What is kept of medicines and doses."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, delete, func, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert

from app.db import one_of
from app.medications.dose import (
    AnsweredDose,
    DoseLogged,
    DosePostponed,
    Frequency,
    LogStatus,
    MedicationEvent,
    MedicationFacts,
    Medicine,
    MedicineAdded,
    MedicineEnded,
    MedicinePaused,
    MedicineResumed,
    MedicineScheduled,
    PendingDose,
)
from app.medications.tables import NOT_MADE, Medication, MedicationLog
from app.messaging.outbox.outgoing import Status
from app.messaging.tables import Outbound

CLEARED = timedelta(hours=2)
"""With new times, a dose that was due no longer ago, and not reminded of, is no longer due (house:
as long as it could still be reminded of)."""
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


_ADD = insert(Medication)
_SCHEDULE = insert(Medication)
_SCHEDULE = _SCHEDULE.on_conflict_do_update(
    index_elements=[Medication.id],
    set_={
        "dosage": func.coalesce(func.nullif(_SCHEDULE.excluded.dosage, ""), Medication.dosage),
        "frequency": _SCHEDULE.excluded.frequency,
        "scheduled_times": _SCHEDULE.excluded.scheduled_times,
        "called": func.coalesce(_SCHEDULE.excluded.called, Medication.called),
        "is_active": True,
        "paused_at": None,
        "paused_until": None,
        "made_until": NOT_MADE,
    },
)
_LOG = insert(MedicationLog)
_LOG = _LOG.on_conflict_do_update(
    index_elements=[MedicationLog.medication_id, MedicationLog.scheduled_time],
    set_={name: _LOG.excluded[name] for name in ("status", "taken_at", "logged_by")},
)


def apply(
    connection: Connection,
    patient_id: UUID,
    event: MedicationEvent,
    *,
    logged_by: UUID,
    now: datetime,
) -> None:
    """Write down a medicine or a dose; the same dose told again replaces what was told."""
    match event:
        case MedicineAdded():
            connection.execute(_ADD, _medicine_row(patient_id, event, now))
        case MedicineScheduled():
            _schedule(connection, patient_id, event, now)
        case MedicinePaused() | MedicineResumed() | MedicineEnded():
            _change(connection, patient_id, event, now)
        case DoseLogged():
            connection.execute(_LOG, _log_row(patient_id, event, logged_by))
        case DosePostponed():  # pragma: no branch - mypy holds that no kind is forgotten
            _postpone(connection, event)


def _schedule(
    connection: Connection, patient_id: UUID, event: MedicineScheduled, now: datetime
) -> None:
    """Give a medicine its times; the doses made ahead for other times are made anew."""
    row = _medicine_row(patient_id, event, now)
    times = {"scheduled_times": list(event.times), "frequency": event.frequency.value}
    connection.execute(_SCHEDULE, row | times | {"dosage": event.dosage})
    _clear(connection, event.medicine_id, now)


def _clear(connection: Connection, medicine_id: UUID, now: datetime) -> None:
    """Take back the doses made ahead that nobody was reminded of yet."""
    connection.execute(
        delete(MedicationLog)
        .where(MedicationLog.medication_id == medicine_id)
        .where(MedicationLog.status == LogStatus.PENDING)
        .where(MedicationLog.reminder_message_id.is_(None))
        .where(MedicationLog.scheduled_time > now - CLEARED)
    )


def _change(
    connection: Connection,
    patient_id: UUID,
    event: MedicinePaused | MedicineResumed | MedicineEnded,
    now: datetime,
) -> None:
    """Pause, resume or end a medicine; of one that rests no dose is left to be reminded of."""
    own = (
        update(Medication)
        .where(Medication.id == event.medicine_id, Medication.patient_id == patient_id)
        .values(made_until=NOT_MADE)
    )
    match event:
        case MedicinePaused(until=until):
            connection.execute(own.values(paused_at=now, paused_until=until))
            _clear(connection, event.medicine_id, now)
        case MedicineResumed():
            connection.execute(own.values(paused_at=None, paused_until=None))
        case MedicineEnded():  # pragma: no branch - mypy holds that no kind is forgotten
            connection.execute(own.values(is_active=False, end_date=now))
            _clear(connection, event.medicine_id, now)


def forget_made_ahead(connection: Connection, patient_id: UUID, now: datetime) -> None:
    """Clear a patient's doses to come, to be made anew by the clock of another place."""
    own = update(Medication).where(Medication.patient_id == patient_id)
    connection.execute(own.values(made_until=NOT_MADE))
    connection.execute(
        delete(MedicationLog)
        .where(MedicationLog.patient_id == patient_id)
        .where(MedicationLog.status == LogStatus.PENDING)
        .where(MedicationLog.reminder_message_id.is_(None))
        .where(MedicationLog.scheduled_time > now)
    )


def _postpone(connection: Connection, event: DosePostponed) -> None:
    connection.execute(
        update(MedicationLog)
        .where(MedicationLog.id == event.log_id, MedicationLog.status == LogStatus.PENDING)
        .values(remind_at=event.remind_at, reminder_message_id=None)
    )


def _medicine_row(
    patient_id: UUID, event: MedicineAdded | MedicineScheduled, now: datetime
) -> dict[str, object]:
    return {
        "id": event.medicine_id,
        "patient_id": patient_id,
        "name": event.name,
        "called": event.called or None,
        "dosage": "",
        "frequency": Frequency.AS_NEEDED.value,
        "start_date": now,
    }


def _log_row(patient_id: UUID, event: DoseLogged, logged_by: UUID) -> dict[str, object]:
    return {
        "id": event.log_id,
        "medication_id": event.medicine_id,
        "patient_id": patient_id,
        "scheduled_time": event.scheduled_time,
        "taken_at": event.taken_at,
        "status": event.log_status.value,
        "logged_by": logged_by,
    }
