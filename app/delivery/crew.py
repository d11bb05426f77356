"""The threads that empty the outbox: most take what comes, some are kept for emergencies."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import Event

from app import log
from app.channels.base import Channel
from app.clock import monotonic
from app.delivery.pace import Bucket
from app.delivery.sending import send_next
from app.delivery.settling import look_up_next, settle_next
from app.errors import DatabaseAway
from app.messaging.outbox.outgoing import Priority

THREADS, RESERVED = 16, 4
PER_SECOND = 80
"""Meta's limit of one sender; Twilio queues what is more."""
LOOK_S = 0.25
"""How often the reserved threads look for an emergency while the others are at work (house)."""

_bucket = Bucket(PER_SECOND)


@dataclass(frozen=True, slots=True)
class Shift:
    """One emptying of the outbox.

    Attributes:
        until: On the monotonic clock; nothing is begun after it.
        over: Set when the threads that take what comes found nothing more.
    """

    channel: Channel
    until: float
    over: Event

    @property
    def is_on(self) -> bool:
        """Whether something may still be begun."""
        return monotonic() < self.until


def empty(channel: Channel, budget_s: float) -> None:
    """Settle and send, most urgent first, until nothing is due or the time is up."""
    shift = Shift(channel, monotonic() + budget_s, Event())
    with ThreadPoolExecutor(THREADS, thread_name_prefix="deliver") as pool:
        reserved = [pool.submit(watch, shift) for _ in range(RESERVED)]
        common = [pool.submit(work, shift, Priority.WHENEVER) for _ in range(THREADS - RESERVED)]
        wait(common)
        shift.over.set()
        wait(reserved)


def empty_of_emergencies(channel: Channel, budget_s: float) -> None:
    """Settle and send emergencies only, with the threads that are kept for them."""
    shift = Shift(channel, monotonic() + budget_s, Event())
    with ThreadPoolExecutor(RESERVED, thread_name_prefix="deliver") as pool:
        wait([pool.submit(work, shift, Priority.EMERGENCY) for _ in range(RESERVED)])


def work(shift: Shift, least: Priority) -> None:
    """Take one row after the other until there is none."""
    while shift.is_on and step(shift, least):
        pass


def watch(shift: Shift) -> None:
    """Take emergencies as they come, for as long as the others are at work."""
    while shift.is_on and not shift.over.is_set():
        if not step(shift, Priority.EMERGENCY):
            shift.over.wait(LOOK_S)


def step(shift: Shift, least: Priority) -> bool:
    """Settle or send one row; False when there is none, or when nothing can be done now."""
    try:
        return _step_of_emergency(shift) if least is Priority.EMERGENCY else _step(shift, least)
    except DatabaseAway as fault:
        log.error("delivery_waits_for_database", fault)
        return False
    except Exception as fault:  # noqa: BLE001 - one row's fault must not end the thread's work
        log.error("delivery_fault", fault)
        shift.over.wait(LOOK_S)
        return True


def _step_of_emergency(shift: Shift) -> bool:
    """An emergency of which nobody knows comes before one that is still to be sent."""
    channel, least = shift.channel, Priority.EMERGENCY
    return settle_next(channel, least) or send_next(channel, least) or look_up_next(channel)


def _step(shift: Shift, least: Priority) -> bool:
    if delay := _bucket.take():
        shift.over.wait(delay)
    return send_next(shift.channel, least) or settle_next(shift.channel, least)
