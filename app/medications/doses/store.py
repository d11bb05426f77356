"""What is kept of doses with a time: rows made ahead, claimed by a reminder, missed.

Every statement passes over rows that another worker or a turn has locked: the next tick has them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, ScalarSelect, Select, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert

from app.medications.dose import LogStatus
from app.medications.tables import Medication, MedicationLog
from app.medications.times import Timetable
from app.people.tables import Patient, User

LEAST_AHEAD = timedelta(hours=10)
"""A medicine whose last dose made is nearer than this gets more; shorter than any day of one dose
less what is made at once (house)."""
LAST_DAY = timedelta(hours=26)
"""Longer than any local day."""

_DONE = (LogStatus.TAKEN, LogStatus.TAKEN_LATE, LogStatus.SKIPPED)
_MAKE = insert(MedicationLog).on_conflict_do_nothing(
    index_elements=[MedicationLog.medication_id, MedicationLog.scheduled_time]
)


def timetables(
    connection: Connection, now: datetime, *, after: UUID | None, at_once: int
) -> list[Timetable]:
    """Lock and list medicines that need doses made ahead, by id, behind a given one.

    The lock keeps a change of times out until the doses are made: it then sees and clears them.
    """
    rows = connection.execute(_needing_doses(now, after).limit(at_once))
    return [
        Timetable(
            medicine_id=row.id,
            patient_id=row.patient_id,
            user_id=row.user_id,
            zone=row.timezone,
            times=tuple(row.scheduled_times),
            starts_at=max(row.start_date, row.paused_until or row.start_date),
            ends_at=row.end_date,
            done=tuple(row.done or ()),
        )
        for row in rows
    ]


def _needing_doses(now: datetime, after: UUID | None) -> Select[*tuple[Any, ...]]:
    made = exists().where(
        MedicationLog.medication_id == Medication.id,
        MedicationLog.scheduled_time > now + LEAST_AHEAD,
    )
    wanted = (
        select(
            Medication.id,
            Medication.patient_id,
            Medication.scheduled_times,
            Medication.start_date,
            Medication.end_date,
            Patient.user_id,
            User.timezone,
            Medication.paused_until,
            _done_since(now - LAST_DAY).label("done"),
        )
        .join(Patient, Patient.id == Medication.patient_id)
        .join(User, User.id == Patient.user_id)
        .where(Medication.is_active, func.cardinality(Medication.scheduled_times) > 0, ~made)
        .where(or_(Medication.end_date.is_(None), Medication.end_date > now))
        .where(or_(Medication.paused_at.is_(None), Medication.paused_until.is_not(None)))
        .order_by(Medication.id)
        .with_for_update(of=Medication, key_share=True, skip_locked=True)
    )
    return wanted.where(Medication.id > after) if after else wanted


def _done_since(since: datetime) -> ScalarSelect[Any]:
    is_done = or_(
        MedicationLog.status.in_(_DONE),
        MedicationLog.reminder_message_id.is_not(None),
    )
    due = aggregate_order_by(MedicationLog.scheduled_time, MedicationLog.scheduled_time)
    return (
        select(func.array_agg(due))
        .where(MedicationLog.medication_id == Medication.id)
        .where(MedicationLog.scheduled_time > since, is_done)
        .scalar_subquery()
    )


def make(connection: Connection, doses: Sequence[tuple[Timetable, datetime]]) -> None:
    """Make doses ahead; one that is there stays as it is.

    They are made in one order everywhere, so that two workers never wait for each other.
    """
    rows = sorted(
        (
            {
                "medication_id": timetable.medicine_id,
                "patient_id": timetable.patient_id,
                "scheduled_time": at,
                "remind_at": at,
                "status": LogStatus.PENDING.value,
                "logged_by": timetable.user_id,
            }
            for timetable, at in doses
        ),
        key=lambda row: (row["medication_id"], row["scheduled_time"]),
    )
    if rows:
        connection.execute(_MAKE, rows)


def claim(connection: Connection, log_ids: Collection[UUID], outbound_id: UUID) -> set[UUID]:
    """Have a reminder claim doses that no other claims and nobody has told of.

    Returns:
        The doses claimed.
    """
    claimed = (
        update(MedicationLog)
        .where(MedicationLog.id.in_(log_ids))
        .where(MedicationLog.reminder_message_id.is_(None))
        .where(MedicationLog.status == LogStatus.PENDING)
        .values(reminder_message_id=outbound_id)
        .returning(MedicationLog.id)
    )
    return set(connection.execute(claimed).scalars())


def mark_missed(connection: Connection, until: datetime) -> int:
    """Mark the doses as missed that were due, or to be asked for again, at or before a moment.

    Returns:
        How many there were.
    """
    asked_at = func.coalesce(MedicationLog.remind_at, MedicationLog.scheduled_time)
    forgotten = (
        select(MedicationLog.id)
        .join(Medication, Medication.id == MedicationLog.medication_id)
        .where(MedicationLog.status == LogStatus.PENDING, Medication.is_active)
        .where(MedicationLog.scheduled_time <= until, asked_at <= until)
        .with_for_update(of=MedicationLog, skip_locked=True)
    )
    missed = (
        update(MedicationLog)
        .where(MedicationLog.id.in_(forgotten))
        .values(status=LogStatus.MISSED)
        .returning(MedicationLog.id)
    )
    return len(connection.execute(missed).all())
