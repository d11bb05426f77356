"""The clock moved on in development: in small steps, and whatever falls due in each is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app import clock, db, log
from app.clock import monotonic
from app.config import config
from app.delivery import jobs as delivery
from app.errors import ConfigError, DatabaseAway
from app.messaging.outbox import store as outbox
from app.messaging.outbox.outgoing import Status as Row
from app.messaging.tables import Outbound
from app.simulator.hearing import HOME
from app.simulator.twilio import exchange
from app.simulator.twilio.database import folder
from app.simulator.twilio.message import Direction, Status

STEP = timedelta(minutes=5)
MORNING = time(8)
LOOK_S = 0.1
PATIENCE_S = 5.0
"""How long a step waits for messages under way: where they hang, time goes on all the same."""
AT_REST = frozenset({Status.READ, Status.FAILED, Status.UNDELIVERED})

_all_quiet: dict[Path, int] = {}
"""Up to which change of an exchange nothing is on its way: it is not looked at again."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where the clock stands, and where it was asked to go.

    Attributes:
        offset: How far it has been moved from the real time.
        wanted: How far it is going to be; not less.
    """

    offset: timedelta
    wanted: timedelta


def position() -> Position:
    """Tell where the clock stands."""
    offset = clock.offset()
    path = _wanted_file()
    wanted = timedelta(seconds=int(path.read_text())) if path and path.exists() else offset
    return Position(offset, max(offset, wanted))


def ask(distance: timedelta) -> Position:
    """Ask for the clock to be moved on; the clock process does it.

    Raises:
        ConfigError: No file may move it.
    """
    path = _wanted_file()
    if path is None:
        raise ConfigError("CLOCK_OFFSET_FILE is missing: the clock cannot be moved")
    clock.write(path, position().wanted + distance)
    return position()


def still_to_go() -> timedelta:
    """Say how far the clock has yet to be moved."""
    at = position()
    return at.wanted - at.offset


def until_tomorrow_morning(now: datetime) -> timedelta:
    """Say how long it is until eight o'clock of the next day in India."""
    here = now.astimezone(ZoneInfo(HOME))
    morning = datetime.combine(here.date() + timedelta(days=1), MORNING, here.tzinfo)
    return morning - here


def rest(tick: Callable[[], bool], stop: Event, seconds: float) -> None:
    """Wait as the clock process does between its ticks, and move the clock where that is asked.

    Args:
        tick: Does what is due; False where another process is at it.
        stop: Ends the wait.
        seconds: How long.
    """
    until = monotonic() + seconds
    while monotonic() < until and not stop.wait(LOOK_S):
        try:
            move_on(tick, stop)
        except DatabaseAway as fault:
            log.error("clock_waits_for_database", fault)
            stop.wait(max(0.0, until - monotonic()))


def move_on(tick: Callable[[], bool], stop: Event) -> None:
    """Move the clock to where it was asked to go, and tick after each step.

    Raises:
        DatabaseAway: The step that could not be completed is taken back.
    """
    at = position()
    while at.offset < at.wanted and not stop.is_set():
        let_arrive(stop)
        clock.move_to(min(at.offset + STEP, at.wanted))
        try:
            _tick(tick, stop)
        except DatabaseAway:
            clock.move_to(at.offset)
            raise
        let_arrive(stop)
        at = position()


def let_arrive(stop: Event) -> None:
    """Send what is due, and let it and its reports arrive before time goes on."""
    until = monotonic() + PATIENCE_S
    while _is_under_way(clock.now()) and monotonic() < until and not stop.is_set():
        delivery.drain()
        stop.wait(LOOK_S)


def _tick(tick: Callable[[], bool], stop: Event) -> None:
    while not tick() and not stop.wait(LOOK_S):
        pass


def _is_under_way(now: datetime) -> bool:
    with db.transaction() as connection:
        if outbox.waiting(connection, now).due:
            return True
        in_a_hand = select(func.count()).where(Outbound.status == Row.SENDING)
        if connection.execute(in_a_hand).scalar_one():
            return True
    return _is_on_the_line(now)


def _is_on_the_line(now: datetime) -> bool:
    """Tell whether Twilio has just moved a message that is not at its end."""
    place = folder(config())
    news = exchange.since(place, _all_quiet.get(place, 0))
    moving = any(
        each.message.direction is not Direction.INBOUND
        and each.message.status not in AT_REST
        and now - each.updated_at < timedelta(seconds=PATIENCE_S)
        for each in news
    )
    if news and not moving:
        _all_quiet[place] = news[-1].cursor
    return moving


def _wanted_file() -> Path | None:
    path = clock.offset_file()
    return path.with_name(f"{path.name}.wanted") if path else None
