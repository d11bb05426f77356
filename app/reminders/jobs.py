"""What the clock has done for reminders: doses made ahead, reminders queued, missed doses marked.

Each is harmless twice and with many workers at it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection

from app import db, log
from app.errors import DatabaseAway
from app.medications.doses import store as doses
from app.medications.times import Timetable, doses_ahead
from app.messaging.outbox import store as outbox
from app.messaging.outbox.outgoing import Outgoing, Priority, Purpose
from app.queue import wake_delivery
from app.reminders import store
from app.reminders.plan import Planned, plan
from app.reminders.wording import DoseDue, medicine_reminder

AHEAD = timedelta(hours=36)
"""How far ahead doses are made (house)."""
MISSED_AFTER = timedelta(hours=4)
"""A dose nobody told of for so long is missed (house)."""
SENT_WITHIN = timedelta(minutes=60)
"""A reminder that could not be sent so long after it was due is not sent any more (house)."""
LEAST_TO_SEND = timedelta(minutes=15)
"""What a reminder that is late itself, as after an emergency, has to be sent in (house)."""
AT_ONCE = 200


def make_doses(now: datetime) -> None:
    """Make the doses of the next 36 hours, a few medicines a transaction."""
    after: UUID | None = None
    while True:
        with db.transaction() as connection:
            page = doses.timetables(connection, now, after=after, at_once=AT_ONCE)
            doses.make(connection, list(_ahead(page, now)))
        if len(page) < AT_ONCE:
            return
        after = page[-1].medicine_id


def _ahead(page: Sequence[Timetable], now: datetime) -> Iterator[tuple[Timetable, datetime]]:
    for timetable in page:
        try:
            yield from [(timetable, at) for at in doses_ahead(timetable, now, now + AHEAD)]
        except (KeyError, ValueError) as fault:
            log.error("timetable_not_understood", fault)


def send_due(now: datetime) -> None:
    """Queue the reminders that are due, each patient's in a transaction of its own."""
    with db.transaction() as connection:
        patients = store.patients_due(connection, now)
    queued = sum(_remind_patient(patient_id, now) for patient_id in patients)
    if queued:
        wake_delivery()


def _remind_patient(patient_id: UUID, now: datetime) -> int:
    """Queue one patient's reminders; a fault keeps nobody else's back."""
    try:
        with db.transaction() as connection:
            return _remind(connection, patient_id, now)
    except DatabaseAway:
        raise
    except Exception as fault:  # noqa: BLE001 - whatever it is, the next patient is reminded
        log.error("reminder_failed", fault)
        return 0


def _remind(connection: Connection, patient_id: UUID, now: datetime) -> int:
    recipient = store.lock(connection, patient_id)
    if recipient is None:
        return 0
    day, said = store.day_of(connection, recipient, now)
    messages = plan(day)
    for planned in messages:
        outgoing = _outgoing(recipient, planned, [said[due.due_id] for due in planned.due], now)
        outbox.queue(connection, outgoing, now)
        doses.claim(connection, [due.due_id for due in planned.due], outgoing.outbound_id)
    return len(messages)


def _outgoing(
    recipient: store.Recipient, planned: Planned, due: Sequence[DoseDue], now: datetime
) -> Outgoing:
    return Outgoing(
        key=f"reminder:{recipient.patient_id}:{planned.due_at.isoformat()}",
        user_id=recipient.user_id,
        patient_id=recipient.patient_id,
        purpose=Purpose.MEDICATION_REMINDER,
        priority=Priority.TIMELY,
        language=recipient.language,
        texts=medicine_reminder(due, asks_value=planned.asks_value),
        due_at=now,
        not_after=max(planned.due_at + SENT_WITHIN, now + LEAST_TO_SEND),
        counts=True,
    )


def mark_missed(now: datetime) -> None:
    """Mark the doses nobody told of for hours as missed, without a word."""
    with db.transaction() as connection:
        doses.mark_missed(connection, now - MISSED_AFTER)
