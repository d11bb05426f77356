"""The stream of events: what was said, what is said, how the clock moves; and that it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from json import loads
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import clock
from app.config import config
from app.simulator import events
from app.simulator.events import QUIET, Places, stream
from app.simulator.twilio import exchange
from app.simulator.twilio.database import folder
from app.simulator.twilio.message import Direction, Kept, Message, Status
from app.simulator.twilio.sending import new_sid
from tests.settings import OURS, PATIENT

MANY = 100


def say(place: Path, body: str) -> Kept:
    """Have the service say something to the patient."""
    message = Message(
        sid=new_sid(),
        direction=Direction.API,
        sender=f"whatsapp:{OURS}",
        recipient=f"whatsapp:{PATIENT}",
        body=body,
        status=Status.QUEUED,
        created_at=clock.now(),
    )
    return exchange.keep(place, message)


def next_said(told: Iterator[str]) -> list[dict[str, Any]]:
    """Read the stream up to the next event that tells what was said."""
    for _ in range(MANY):
        event = next(told)
        if "event: said\n" in event:
            said: list[dict[str, Any]] = loads(event.partition("data: ")[2])
            return said
    pytest.fail("Nothing was told.")


def test_what_was_said_and_what_is_said_then_is_told_in_order(tmp_path: Path) -> None:
    first = say(tmp_path, "one")
    told = stream(tmp_path, 0)
    assert next(told).startswith("retry: ")
    (one,) = next_said(told)
    assert "event: clock\n" in next(told)
    assert (one["sid"], one["body"], one["status"]) == (first.message.sid, "one", "queued")
    assert (one["phone"], one["is_mine"]) == (PATIENT, False)
    say(tmp_path, "two")
    say(tmp_path, "three")
    assert [each["body"] for each in next_said(told)] == ["two", "three"]


def test_a_message_is_told_again_when_it_is_further_on(tmp_path: Path) -> None:
    kept = say(tmp_path, "one")
    told = stream(tmp_path, kept.cursor)
    exchange.move(tmp_path, kept.message.sid, Status.FAILED, clock.now(), error_code=63016)
    (one,) = next_said(told)
    assert (one["status"], one["error_code"]) == ("failed", 63016)


def test_the_stream_tells_each_place_of_the_clock_once(tmp_path: Path) -> None:
    clock.follow(tmp_path / "clock")
    try:
        told = stream(tmp_path, 0)
        assert '"offset_s": 0' in [next(told) for _ in range(3)][1]
        clock.move_to(timedelta(minutes=5))
        assert '"offset_s": 300' in next(told)
        assert [next(told) for _ in range(2)] == [QUIET, QUIET]
    finally:
        clock.follow(None)


def test_a_stream_ends_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "LASTS_S", 0.3)
    assert len(list(stream(tmp_path, 0))) < MANY


def test_of_too_many_streams_the_oldest_ends() -> None:
    places = Places(2)
    first, second, third = places.take(), places.take(), places.take()
    assert [first.is_set(), second.is_set(), third.is_set()] == [True, False, False]
    places.leave(first)
    places.leave(second)
    places.take()
    assert not third.is_set()


@pytest.mark.parametrize("named", ["header", "query"])
def test_the_page_names_the_last_event_it_had(service: FlaskClient, named: str) -> None:
    place = folder(config())
    seen = say(place, "seen")
    say(place, "new")
    headers = {"Last-Event-ID": str(seen.cursor)} if named == "header" else {}
    cursor = "0" if named == "header" else str(seen.cursor)
    answer = service.get(f"/simulator/events?cursor={cursor}", headers=headers)
    assert answer.mimetype == "text/event-stream"
    assert answer.headers["Cache-Control"] == "no-store"
    told = (chunk.decode() for chunk in answer.iter_encoded())
    assert [each["body"] for each in next_said(told)] == ["new"]
    answer.close()


@pytest.mark.parametrize("cursor", ["-1", "x", "१"])
def test_a_cursor_that_is_no_number_is_refused(service: FlaskClient, cursor: str) -> None:
    assert service.get("/simulator/events", query_string={"cursor": cursor}).status_code == 400
