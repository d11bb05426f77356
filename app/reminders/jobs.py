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
from app.medications.dose import MISSED_AFTER
from app.medications.doses import store as doses
from app.medications.times import Timetable, doses_ahead
from app.messaging.outbox import store as outbox
from app.messaging.outbox.outgoing import Outgoing
from app.queue import wake_delivery
from app.reminders import store
from app.reminders.kinds.store import KINDS, Kind
from app.reminders.plan import Planned, plan
from app.reminders.recipient import key_of, reminder, sent_until

AHEAD = timedelta(hours=36)
"""How far ahead doses are made (house)."""
AT_ONCE = 200
MARKED_AT_ONCE = 1000


def make_doses(now: datetime) -> None:
    """Make the doses of the next 36 hours where they run out, a few medicines a transaction."""
    page = AT_ONCE
    while page == AT_ONCE:
        with db.transaction() as connection:
            needing = doses.timetables(connection, now, AT_ONCE)
            doses.make(connection, needing, _ahead(needing, now), now + AHEAD)
        page = len(needing)


def _ahead(page: Sequence[Timetable], now: datetime) -> Iterator[tuple[Timetable, datetime]]:
    for timetable in page:
        try:
            yield from [(timetable, at) for at in doses_ahead(timetable, now, now + AHEAD)]
        except (KeyError, ValueError) as fault:
            log.error("timetable_not_understood", fault)


def send_due(now: datetime, kinds: Sequence[Kind] = KINDS) -> None:
    """Queue the reminders that are due, a batch of patients a transaction."""
    with db.transaction() as connection:
        for kind in kinds:
            if kind.pass_over is not None:
                kind.pass_over(connection, now - kind.rule.stale_after, now)
    for kind in kinds:
        for patients in _pages(kind, now):
            if _remind(patients, kinds, now):
                wake_delivery()


def _pages(kind: Kind, now: datetime) -> Iterator[list[UUID]]:
    """Give the patients who have something of a kind due, a page at a time."""
    after: store.Place | None = None
    while True:
        with db.transaction() as connection:
            page = store.page_due(connection, kind, now, after)
        if page:
            yield sorted({patient_id for _due_at, patient_id in page})
            after = page[-1]
        if len(page) < store.PAGE:
            return


def _remind(patients: Sequence[UUID], kinds: Sequence[Kind], now: datetime) -> int:
    """Queue the reminders of some patients; a fault of one keeps nobody else's back."""
    try:
        with db.transaction() as connection:
            return _reminded(connection, patients, kinds, now)
    except DatabaseAway:
        raise
    except Exception as fault:  # noqa: BLE001 - whatever it is, the next patient is reminded
        log.error("reminder_failed", fault)
    if len(patients) == 1:
        return 0
    return sum(_remind([patient_id], kinds, now) for patient_id in patients)


def _reminded(
    connection: Connection, patients: Sequence[UUID], kinds: Sequence[Kind], now: datetime
) -> int:
    """Lock, read, plan and write a batch, each in as many statements as one patient takes."""
    recipients = store.lock(connection, patients)
    if not recipients:
        return 0
    rules = [kind.rule for kind in kinds]
    by_name = {kind.rule.kind: kind for kind in kinds}
    days = store.days_of(connection, recipients, kinds, now)
    messages = [
        (by_name[planned.kind], planned, _outgoing(by_name[planned.kind], planned, known))
        for known in days
        for planned in plan(known.day, rules)
    ]
    outbox.queue_all(connection, [outgoing for _kind, _planned, outgoing in messages], now)
    for kind in kinds:
        claims = [
            (due.due_id, outgoing.outbound_id)
            for of, planned, outgoing in messages
            if of is kind
            for due in planned.due
        ]
        if claims and kind.claim is not None:
            kind.claim(connection, claims, now)
    return len(messages)


def _outgoing(kind: Kind, planned: Planned, known: store.DayKnown) -> Outgoing:
    said = [known.said[due.kind, due.due_id] for due in planned.due]
    now = known.day.now
    return reminder(
        known.to,
        kind.voice,
        kind.texts(planned, said, known.to),
        key=key_of(known.to, planned, said[0]),
        not_after=sent_until(planned, kind.rule, now),
        now=now,
    )


def mark_missed(now: datetime) -> None:
    """Mark the doses nobody told of for hours as missed, without a word."""
    marked = MARKED_AT_ONCE
    while marked == MARKED_AT_ONCE:
        with db.transaction() as connection:
            marked = doses.mark_missed(connection, now - MISSED_AFTER, MARKED_AT_ONCE)
