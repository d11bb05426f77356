"""What is kept of doses with a time: rows made ahead, claimed by a reminder, missed.

Every statement passes over rows that another worker or a turn has locked: the next tick has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Connection,
    DateTime,
    ScalarSelect,
    Select,
    Uuid,
    column,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import Insert, aggregate_order_by, insert

from app.medications.dose import LogStatus
from app.medications.tables import Medication, MedicationLog
from app.medications.times import Timetable
from app.people.tables import Patient, User

MADE_AGAIN = timedelta(hours=24)
"""Doses are made again when those made end sooner than this (house)."""
LAST_DAY = timedelta(hours=26)
"""Longer than any local day."""

_DONE = (LogStatus.TAKEN, LogStatus.TAKEN_LATE, LogStatus.SKIPPED)


def timetables(connection: Connection, now: datetime, at_once: int) -> list[Timetable]:
    """Lock and list medicines whose doses are to be made, those that have waited longest first.

    The lock keeps a change of times out until the doses are made: it then sees and clears them.
    """
    rows = connection.execute(_needing_doses(now).limit(at_once))
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


def _needing_doses(now: datetime) -> Select[*tuple[Any, ...]]:
    return (
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
        .where(Medication.is_active, func.cardinality(Medication.scheduled_times) > 0)
        .where(or_(Medication.paused_at.is_(None), Medication.paused_until.is_not(None)))
        .where(Medication.made_until < now + MADE_AGAIN)
        .order_by(Medication.made_until)
        .with_for_update(of=Medication, key_share=True, skip_locked=True)
    )


def _done_since(since: datetime) -> ScalarSelect[Any]:
    is_done = or_(
        MedicationLog.status.in_(_DONE),
        MedicationLog.reminder_message_id.is_not(None),
        MedicationLog.remind_at > MedicationLog.scheduled_time,
    )
    due = aggregate_order_by(MedicationLog.scheduled_time, MedicationLog.scheduled_time)
    return (
        select(func.array_agg(due))
        .where(MedicationLog.medication_id == Medication.id)
        .where(MedicationLog.scheduled_time > since, is_done)
        .scalar_subquery()
    )


def make(
    connection: Connection,
    timetables: Iterable[Timetable],
    doses: Iterable[tuple[Timetable, datetime]],
    until: datetime,
) -> None:
    """Make doses ahead; one that is there stays as it is.

    They are made in one order everywhere, so that two workers never wait for each other.

    Args:
        connection: In the transaction that locked the medicines.
        timetables: All the medicines that were looked at, also those without a dose.
        doses: What falls due of them.
        until: Until when they were looked at.
    """
    in_order = sorted(doses, key=lambda dose: (dose[0].medicine_id, dose[1]))
    if in_order:
        connection.execute(_made([one for one, _at in in_order], [at for _one, at in in_order]))
    looked_at = literal([one.medicine_id for one in timetables], ARRAY(Uuid))
    connection.execute(
        update(Medication).where(Medication.id == func.any(looked_at)).values(made_until=until)
    )


def _made(timetables: Sequence[Timetable], moments: Sequence[datetime]) -> Insert:
    of = (
        func.unnest(
            literal([one.medicine_id for one in timetables], ARRAY(Uuid)),
            literal([one.patient_id for one in timetables], ARRAY(Uuid)),
            literal([one.user_id for one in timetables], ARRAY(Uuid)),
            literal(list(moments), ARRAY(DateTime(timezone=True))),
        )
        .table_valued(
            column("medicine_id", Uuid),
            column("patient_id", Uuid),
            column("user_id", Uuid),
            column("at", DateTime(timezone=True)),
        )
        .render_derived("of_dose")
    )
    pending = literal(LogStatus.PENDING, MedicationLog.status.type)
    due = select(of.c.medicine_id, of.c.patient_id, of.c.user_id, of.c.at, of.c.at, pending)
    columns = ("medication_id", "patient_id", "logged_by", "scheduled_time", "remind_at", "status")
    return (
        insert(MedicationLog)
        .from_select(list(columns), due, include_defaults=False)
        .on_conflict_do_nothing(
            index_elements=[MedicationLog.medication_id, MedicationLog.scheduled_time]
        )
    )


def claim(connection: Connection, claims: Iterable[tuple[UUID, UUID]]) -> None:
    """Have reminders claim doses that no other claims and nobody has told of.

    Args:
        connection: In a transaction.
        claims: Each dose with the message that reminds of it.
    """
    claims = list(claims)
    of = (
        func.unnest(
            literal([log_id for log_id, _ in claims], ARRAY(Uuid)),
            literal([outbound_id for _, outbound_id in claims], ARRAY(Uuid)),
        )
        .table_valued(column("log_id", Uuid), column("outbound_id", Uuid))
        .render_derived("of_claim")
    )
    connection.execute(
        update(MedicationLog)
        .where(MedicationLog.id == of.c.log_id)
        .where(MedicationLog.reminder_message_id.is_(None))
        .where(MedicationLog.status == LogStatus.PENDING)
        .values(reminder_message_id=of.c.outbound_id)
    )


def mark_missed(connection: Connection, until: datetime, at_once: int) -> int:
    """Mark the doses as missed that were due, or to be asked for again, at or before a moment.

    Returns:
        How many there were; `at_once` where there may be more.
    """
    asked_at = func.coalesce(MedicationLog.remind_at, MedicationLog.scheduled_time)
    forgotten = (
        select(MedicationLog.id)
        .join(Medication, Medication.id == MedicationLog.medication_id)
        .where(MedicationLog.status == LogStatus.PENDING, Medication.is_active)
        .where(
            or_(Medication.end_date.is_(None), MedicationLog.scheduled_time < Medication.end_date)
        )
        .where(MedicationLog.scheduled_time <= until, asked_at <= until)
        .order_by(MedicationLog.scheduled_time, MedicationLog.medication_id)
        .limit(at_once)
        .with_for_update(of=MedicationLog, skip_locked=True)
        .cte("forgotten")
    )
    missed = (
        update(MedicationLog)
        .where(MedicationLog.id == forgotten.c.id)
        .values(status=LogStatus.MISSED)
    )
    return connection.execute(missed).rowcount
