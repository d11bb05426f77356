"""The clock moved in development: in small steps, each followed by what falls due; else refused."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select, update

from app import clock, db, ticker
from app.clock import monotonic
from app.config import config
from app.errors import ConfigError, DatabaseAway
from app.messaging.outbox import store as outbox
from app.messaging.outbox.outgoing import Outgoing, Priority, Purpose
from app.messaging.outbox.outgoing import Status as Row
from app.messaging.tables import Outbound
from app.people.tables import User
from app.simulator import moving
from app.simulator.moving import Position, position
from app.simulator.twilio import exchange
from app.simulator.twilio.database import folder
from app.simulator.twilio.message import Direction, Message, Status
from app.simulator.twilio.sending import new_sid
from app.text import Text
from tests.settings import OURS, PATIENT

ROOT = Path(__file__).parents[2]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def movable(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "clock" / "offset"
    clock.follow(path)
    yield path
    clock.follow(None)


@pytest.fixture
def stop() -> Event:
    return Event()


def test_production_refuses_a_file_that_moves_the_clock() -> None:
    with pytest.raises(ConfigError, match="CLOCK_OFFSET_FILE"):
        clock.file_in({"CLOCK_OFFSET_FILE": "offset"})
    assert clock.file_in({"PROCARE_ENV": "production"}) is None
    moved = clock.file_in({"CLOCK_OFFSET_FILE": "offset", "PROCARE_ENV": "development"})
    assert moved == Path("offset")


def test_a_process_of_production_does_not_start_with_such_a_file(tmp_path: Path) -> None:
    environment = {"CLOCK_OFFSET_FILE": str(tmp_path / "offset"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", "import app.ticker"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode != 0
    assert "CLOCK_OFFSET_FILE is for development and tests only" in ended.stderr


def test_without_a_file_the_clock_stands_still() -> None:
    assert clock.offset() == timedelta()
    assert position() == Position(timedelta(), timedelta())
    with pytest.raises(ConfigError, match="CLOCK_OFFSET_FILE"):
        moving.ask(MINUTE)
    with pytest.raises(ConfigError, match="CLOCK_OFFSET_FILE"):
        clock.move_to(MINUTE)


@pytest.mark.usefixtures("movable")
def test_the_time_told_is_moved_by_the_file_each_time_it_changes() -> None:
    assert clock.offset() == timedelta()
    for offset in (timedelta(hours=2), timedelta(hours=5)):
        clock.move_to(offset)
        assert clock.now() - datetime.now(UTC) >= offset - MINUTE  # noqa: TID251 - beside the real time


@pytest.mark.usefixtures("movable", "settings")
def test_time_goes_on_in_steps_of_five_minutes_and_ticks_after_each(stop: Event) -> None:
    moving.ask(7 * MINUTE)
    assert moving.ask(5 * MINUTE) == Position(timedelta(), 12 * MINUTE)
    assert moving.still_to_go() == 12 * MINUTE
    ticked: list[timedelta] = []

    def tick() -> bool:
        ticked.append(clock.offset())
        return True

    moving.move_on(tick, stop)
    assert ticked == [5 * MINUTE, 10 * MINUTE, 12 * MINUTE]
    assert position() == Position(12 * MINUTE, 12 * MINUTE)


@pytest.mark.usefixtures("movable", "settings")
def test_a_step_waits_while_another_clock_process_ticks(stop: Event) -> None:
    moving.ask(MINUTE)
    turns = iter([False, False, True])
    moving.move_on(lambda: next(turns), stop)
    assert list(turns) == []


@pytest.mark.usefixtures("movable", "settings")
def test_a_step_whose_tick_finds_no_database_is_taken_back_and_tried_again(stop: Event) -> None:
    moving.ask(MINUTE)
    tried: list[timedelta] = []

    def tick() -> bool:
        tried.append(clock.offset())
        if len(tried) == 1:
            raise DatabaseAway
        return True

    moving.rest(tick, stop, 0.3)
    assert (tried, clock.offset()) == ([MINUTE], timedelta())
    moving.rest(tick, stop, 0.3)
    assert (tried, clock.offset()) == ([MINUTE, MINUTE], MINUTE)


@pytest.mark.usefixtures("movable", "settings")
def test_the_clock_process_moves_the_clock_between_its_ticks(
    stop: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticker, "EVERY_S", 0.3)
    moving.ask(MINUTE)
    ticker.rest(stop)
    assert clock.offset() == MINUTE


@pytest.mark.usefixtures("movable", "settings")
def test_a_message_that_never_arrives_does_not_hold_time_for_ever(
    stop: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "PATIENCE_S", 0.4)
    exchange.keep(
        folder(config()),
        Message(
            sid=new_sid(),
            direction=Direction.API,
            sender=f"whatsapp:{OURS}",
            recipient=f"whatsapp:{PATIENT}",
            body="hi",
            status=Status.QUEUED,
            created_at=clock.now(),
        ),
    )
    began = monotonic()
    moving.let_arrive(stop)
    assert 0.2 < monotonic() - began < 4


@pytest.mark.usefixtures("movable", "service")
def test_time_waits_for_a_row_that_a_worker_is_sending(
    stop: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "PATIENCE_S", 0.4)
    now = clock.now()
    with db.transaction() as connection:
        user_id = connection.execute(select(User.id).limit(1)).scalar_one()
        said = Outgoing(
            key="a",
            user_id=user_id,
            patient_id=None,
            purpose=Purpose.LATE_ANSWER,
            priority=Priority.TIMELY,
            language="en",
            texts=(Text("hi"),),
            due_at=now,
        )
        outbox.queue(connection, said, now)
        in_hand = {"status": Row.SENDING, "attempts": 1, "lease_until": now + MINUTE}
        connection.execute(update(Outbound).values(**in_hand))
    began = monotonic()
    moving.let_arrive(stop)
    assert 0.2 < monotonic() - began < 4


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        # India is 5:30 ahead: 06:30 UTC is noon there, 18:30 UTC is midnight.
        ("2026-11-22T06:30:00+00:00", 20),
        ("2026-11-22T18:29:00+00:00", 8 + 1 / 60),
        ("2026-11-22T18:30:00+00:00", 32),
    ],
)
def test_tomorrow_is_the_next_day_in_india(now: str, hours: float) -> None:
    left = moving.until_tomorrow_morning(datetime.fromisoformat(now))
    assert left == timedelta(hours=hours)
