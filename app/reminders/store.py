"""What reminders are planned from: who has something due, and what a patient's day looks like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Exists, Row, ScalarSelect, Select, exists, func, or_, select

from app.emergency.event import EmergencyStatus, EmergencyType
from app.emergency.tables import EmergencyEventRow
from app.medications.dose import LogStatus
from app.medications.tables import Medication, MedicationLog
from app.messaging.outbox.outgoing import Purpose, Status
from app.messaging.tables import Notification, Outbound
from app.people.person import DEFAULT_QUIET, OTHERS_A_DAY, QuietHours
from app.people.tables import Patient, User
from app.reminders.plan import KINDS, MEDICINE, PAUSE, Day, Due
from app.reminders.wording import DoseDue

STALE_AFTER = max(rule.stale_after for rule in KINDS)
MERGED_WITHIN = max(rule.merged_within for rule in KINDS)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A patient who may be reminded, locked until the transaction ends."""

    patient_id: UUID
    user_id: UUID
    language: str
    zone: ZoneInfo
    quiet: QuietHours = DEFAULT_QUIET
    others_a_day: int = OTHERS_A_DAY


def patients_due(connection: Connection, now: datetime) -> list[UUID]:
    """List the patients who have a dose due now that nobody was reminded of, in one order."""
    stale = now - STALE_AFTER
    due = (
        select(MedicationLog.patient_id)
        .join(Medication, Medication.id == MedicationLog.medication_id)
        .join(Patient, Patient.id == MedicationLog.patient_id)
        .join(User, User.id == Patient.user_id)
        .where(*_OPEN, MedicationLog.remind_at <= now, MedicationLog.remind_at > stale)
        .where(User.is_active, User.stopped_at.is_(None), ~_paused(now))
        .distinct()
        .order_by(MedicationLog.patient_id)
    )
    return list(connection.execute(due).scalars())


_OPEN = (
    MedicationLog.status == LogStatus.PENDING,
    MedicationLog.reminder_message_id.is_(None),
    Medication.is_active,
    or_(Medication.end_date.is_(None), MedicationLog.scheduled_time < Medication.end_date),
    or_(Medication.paused_at.is_(None), Medication.paused_until <= MedicationLog.scheduled_time),
)


def _paused(now: datetime) -> Exists:
    return exists().where(
        EmergencyEventRow.patient_id == MedicationLog.patient_id,
        EmergencyEventRow.status != EmergencyStatus.RESOLVED,
        EmergencyEventRow.type != EmergencyType.MISSED_MEDICATION,
        EmergencyEventRow.opened_at > now - PAUSE,
    )


def lock(connection: Connection, patient_id: UUID) -> Recipient | None:
    """Lock a patient; None where a turn or another worker is at it, or none is to be reminded."""
    row = connection.execute(
        select(
            Patient.id,
            Patient.user_id,
            Patient.other_messages_a_day,
            User.language,
            User.timezone,
            User.quiet_from,
            User.quiet_until,
        )
        .join(User, User.id == Patient.user_id)
        .where(Patient.id == patient_id, User.is_active, User.stopped_at.is_(None))
        .with_for_update(of=Patient, key_share=True, skip_locked=True)
    ).one_or_none()
    if row is None:
        return None
    return Recipient(
        row.id,
        row.user_id,
        row.language,
        ZoneInfo(row.timezone),
        QuietHours(row.quiet_from, row.quiet_until),
        row.other_messages_a_day,
    )


def day_of(
    connection: Connection, recipient: Recipient, now: datetime
) -> tuple[Day, dict[UUID, DoseDue]]:
    """Read a locked patient's day, and what there is to say of each dose."""
    today = now.astimezone(recipient.zone).date()
    ends_at = datetime.combine(today + timedelta(days=1), time(), recipient.zone)
    until = max(ends_at, now + MERGED_WITHIN)
    doses = connection.execute(_doses(recipient.patient_id, now - STALE_AFTER, until)).all()
    known = connection.execute(
        select(
            _slots_held(recipient.patient_id, today).label("held"),
            _queued(recipient.patient_id).label("queued"),
            _others_sent(recipient.patient_id, today).label("others"),
            _emergency_at(recipient.patient_id).label("emergency_at"),
        )
    ).one()
    due = tuple(Due(row.id, MEDICINE, row.remind_at) for row in doses)
    day = Day(
        now,
        ends_at,
        known.held + known.queued,
        due,
        known.emergency_at,
        others_left=recipient.others_a_day - known.others,
        is_quiet=recipient.quiet.covers(now.astimezone(recipient.zone).time()),
    )
    return day, {row.id: _said_of(row, recipient.zone) for row in doses}


def _said_of(row: Row[Any], zone: ZoneInfo) -> DoseDue:
    return DoseDue(row.name, row.dosage, row.scheduled_time.astimezone(zone))


def _doses(patient_id: UUID, since: datetime, until: datetime) -> Select[*tuple[Any, ...]]:
    """Lock the doses as well: a claim then finds them as they were read."""
    return (
        select(
            MedicationLog.id,
            MedicationLog.remind_at,
            MedicationLog.scheduled_time,
            func.coalesce(Medication.called, Medication.name).label("name"),
            Medication.dosage,
        )
        .join(Medication, Medication.id == MedicationLog.medication_id)
        .where(MedicationLog.patient_id == patient_id, *_OPEN)
        .where(MedicationLog.remind_at > since, MedicationLog.remind_at <= until)
        .order_by(MedicationLog.id)
        .with_for_update(of=MedicationLog, skip_locked=True)
    )


def _slots_held(patient_id: UUID, today: date) -> ScalarSelect[int]:
    return (
        select(func.count())
        .where(Notification.patient_id == patient_id, Notification.local_day == today)
        .scalar_subquery()
    )


def _others_sent(patient_id: UUID, today: date) -> ScalarSelect[int]:
    """Count what takes or took a slot today and is no medicine's."""
    is_of_today = or_(Notification.local_day == today, Outbound.status == Status.PENDING)
    return (
        select(func.count())
        .select_from(Outbound)
        .outerjoin(Notification, Notification.outbound_id == Outbound.id)
        .where(Outbound.patient_id == patient_id, Outbound.counts_toward_limit, is_of_today)
        .where(Outbound.purpose != Purpose.MEDICATION_REMINDER)
        .scalar_subquery()
    )


def _queued(patient_id: UUID) -> ScalarSelect[int]:
    """Count what is queued and will take a slot, but holds none yet."""
    holds = exists().where(Notification.outbound_id == Outbound.id, Notification.slot.is_not(None))
    return (
        select(func.count())
        .where(Outbound.patient_id == patient_id, Outbound.status == Status.PENDING)
        .where(Outbound.counts_toward_limit, ~holds)
        .scalar_subquery()
    )


def _emergency_at(patient_id: UUID) -> ScalarSelect[Any]:
    return (
        select(func.max(EmergencyEventRow.opened_at))
        .where(EmergencyEventRow.patient_id == patient_id)
        .where(EmergencyEventRow.status != EmergencyStatus.RESOLVED)
        .where(EmergencyEventRow.type != EmergencyType.MISSED_MEDICATION)
        .scalar_subquery()
    )
