"""What happens to medicines and doses, written down."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, delete, false, func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.medications.dose import (
    DoseLogged,
    DosePostponed,
    Frequency,
    LogStatus,
    MedicationEvent,
    MedicineAdded,
    MedicineEnded,
    MedicinePaused,
    MedicineResumed,
    MedicineScheduled,
    SkipReasonTold,
)
from app.medications.tables import NOT_MADE, Medication, MedicationLog
from app.messaging.outbox import store as outbox

CLEARED = timedelta(hours=2)
"""With new times, a dose that was due no longer ago, and not reminded of, is no longer due (house:
as long as it could still be reminded of)."""
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
    set_={name: _LOG.excluded[name] for name in ("status", "taken_at", "logged_by", "notes")},
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
        case DoseLogged(log_id=log_id):
            connection.execute(_LOG, _log_row(patient_id, event, logged_by))
            _take_back(connection, MedicationLog.id == log_id)
        case DosePostponed():
            _postpone(connection, event)
        case SkipReasonTold():  # pragma: no branch - mypy holds that no kind is forgotten
            _keep_reason(connection, patient_id, event)


def _schedule(
    connection: Connection, patient_id: UUID, event: MedicineScheduled, now: datetime
) -> None:
    """Give a medicine its times; doses made ahead are made anew, but for one put off."""
    _take_back(connection, MedicationLog.medication_id == event.medicine_id)
    row = _medicine_row(patient_id, event, now)
    times = {"scheduled_times": list(event.times), "frequency": event.frequency.value}
    connection.execute(_SCHEDULE, row | times | {"dosage": event.dosage})
    _clear(connection, event.medicine_id, now, but=func.coalesce(_IS_PUT_OFF, false()))


def _take_back(connection: Connection, of: ColumnElement[bool]) -> None:
    """Take back the reminders of doses that are queued still; what else they name is due anew."""
    outbox.take_back(connection, select(MedicationLog.reminder_message_id).where(of))


_IS_PUT_OFF = MedicationLog.remind_at > MedicationLog.scheduled_time


def _clear(
    connection: Connection, medicine_id: UUID, now: datetime, *, but: ColumnElement[bool]
) -> None:
    """Take back the doses made ahead that nobody was reminded of yet."""
    connection.execute(
        delete(MedicationLog)
        .where(MedicationLog.medication_id == medicine_id, ~but)
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
    _take_back(connection, MedicationLog.medication_id == event.medicine_id)
    own = (
        update(Medication)
        .where(Medication.id == event.medicine_id, Medication.patient_id == patient_id)
        .values(made_until=NOT_MADE)
    )
    match event:
        case MedicinePaused(until=until):
            connection.execute(own.values(paused_at=now, paused_until=until))
            _clear(connection, event.medicine_id, now, but=false())
        case MedicineResumed():
            connection.execute(own.values(paused_at=None, paused_until=None))
        case MedicineEnded():  # pragma: no branch - mypy holds that no kind is forgotten
            connection.execute(own.values(is_active=False, end_date=now))
            _clear(connection, event.medicine_id, now, but=false())


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


def _keep_reason(connection: Connection, patient_id: UUID, event: SkipReasonTold) -> None:
    connection.execute(
        update(MedicationLog)
        .where(MedicationLog.id.in_(event.log_ids), MedicationLog.patient_id == patient_id)
        .where(MedicationLog.status == LogStatus.SKIPPED)
        .values(notes=event.reason.value)
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
        "notes": None,
    }
