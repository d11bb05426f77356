"""The daily self-test: a message to a number of the operator's own, and whether it arrived."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app import db, metrics
from app.config import config
from app.i18n import ENGLISH
from app.messaging.outbox import store as outbox
from app.messaging.outbox.outgoing import Outgoing, Priority, Purpose
from app.people.reach import store as reach
from app.text import text

INDIA = ZoneInfo("Asia/Kolkata")
SENT_AT = time(9)
"""When it is sent, in India (house): where no clock runs then, later in the day."""
WITHIN = timedelta(minutes=10)
"""How soon it has to have arrived (house); later it is not sent any more."""
A_DAY = timedelta(days=1)
UNKNOWN = float("nan")
SAID = text("This is the daily self-test of ProCare. You need not answer.")


def self_test(now: datetime) -> None:
    """Queue the day's self-test once, and tell whether the last one arrived in time."""
    number = config().self_test_number
    if number is None:
        return
    local = now.astimezone(INDIA)
    today = local.date()
    with db.transaction() as connection:
        if local.time() >= SENT_AT and not outbox.journeys(connection, [key(today)]):
            user_id = reach.with_number(connection, number)
            outbox.queue(connection, _outgoing(user_id, today, now), now)
        last = outbox.journeys(connection, [key(today), key(today - A_DAY)])
    metrics.SELF_TEST_DELIVERED.set(verdict(last, now))


def key(day: date) -> str:
    """Give the outbox key of a day's self-test."""
    return f"self_test:{day}"


def verdict(last: Iterable[outbox.Journey], now: datetime) -> float:
    """Say whether the newest self-test that is decided arrived in time: 1, 0, or not-a-number."""
    for each in last:
        until = each.queued_at + WITHIN
        if each.delivered_at is not None:
            return float(each.delivered_at <= until)
        if now > until:
            return 0.0
    return UNKNOWN


def _outgoing(user_id: UUID, day: date, now: datetime) -> Outgoing:
    return Outgoing(
        key=key(day),
        user_id=user_id,
        patient_id=None,
        purpose=Purpose.SELF_TEST,
        priority=Priority.TIMELY,
        language=ENGLISH,
        texts=(SAID,),
        due_at=now,
        not_after=now + WITHIN,
    )
