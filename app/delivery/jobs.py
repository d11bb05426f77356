"""What workers and the clock do for delivery. Each is harmless twice, and at the same time."""

from __future__ import annotations

from datetime import datetime, timedelta

from app import clock, db, metrics, queue
from app.channels.choice import channel
from app.config import config
from app.delivery import reports
from app.delivery.crew import empty, empty_of_emergencies
from app.delivery.templates import tell_of_missing
from app.messaging.outbox import store as outbox
from app.messaging.outbox.standing import store as standing

BUDGET_S = 45.0
"""How long one job empties the outbox; RQ ends jobs after 180 s."""
CLOCK_BUDGET_S = 4.0
"""How long the clock empties it itself: less than from one tick to the next."""
OVERDUE = timedelta(seconds=4)
"""An emergency that no worker took within so long is sent by the clock (house)."""
PARKED_FOR = timedelta(days=1)
CALLED_EVERY = timedelta(minutes=1)


def drain() -> None:
    """Send what is due, most urgent first, until nothing is left or the time is up."""
    queue.awake(queue.DRAIN)
    with db.transaction() as connection:
        db.beat(connection, queue.HEARTBEAT, clock.now())
    empty(channel(config()), BUDGET_S)


def drain_if_redis_is_away(now: datetime) -> None:
    """Wake a worker where something is due; send emergencies from here where none comes.

    None comes where Redis is away, and where workers are dead or busy with something long.
    """
    tell_of_missing(config())
    with db.transaction() as connection:
        waiting = outbox.waiting(connection, now)
    metrics.WAITING.labels("outbox").set(waiting.due)
    metrics.WAITING.labels("uncertain").set(waiting.expired)
    if waiting.is_nothing:
        return
    is_heard = queue.wake_delivery()
    if (waiting.is_urgent and not is_heard) or waiting.is_overdue(now - OVERDUE):
        metrics.FALLBACKS.labels("sent_by_clock").inc()
        empty_of_emergencies(channel(config()), CLOCK_BUDGET_S)


def call_worker(now: datetime) -> None:
    """Call a worker where none was at work for a minute, if only to hear that there is one."""
    with db.transaction() as connection:
        is_heard = db.is_fresh(connection, queue.HEARTBEAT, now, CALLED_EVERY)
    if not is_heard:
        queue.wake_delivery()


def take_up_parked(now: datetime) -> None:
    """Bring reports to rows that have become known since; forget those that never did."""
    with db.transaction() as connection:
        afters = reports.take_up(connection)
        standing.forget_parked(connection, now - PARKED_FOR)
    reports.follow(afters)
