"""The whole way, over HTTP: outbox, Twilio's client, the loopback Twilio, its signed callbacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from time import monotonic, sleep
from typing import Any
from uuid import UUID

import pytest

from app import create_app, db
from app.cli.demo import seed
from app.config import Config, use
from app.delivery import jobs
from app.embedded.server import HOST, free_port
from app.simulator.twilio import callbacks, exchange, faults
from app.simulator.twilio.database import folder
from app.simulator.twilio.message import Direction
from tests.delivery.world import alert, due_now, lease_over, outcome, outgoing, queue, someone
from tests.simulator.serving import served
from tests.web.calls import rows


@pytest.fixture
def loop(settings: Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[Config]:
    """The service on a port, with the loopback Twilio in it."""
    monkeypatch.setattr(callbacks, "STEP_S", 0.05)
    port = free_port()
    address = f"http://{HOST}:{port}"
    made = replace(settings, public_url=address, twilio_api_url=f"{address}/simulator/twilio")
    use(made)
    with db.transaction() as connection:
        seed(connection)
    with served(create_app(made), port):
        yield made


def until(row: UUID, status: str) -> None:
    """Wait until a row stands somewhere."""
    began = monotonic()
    while outcome(row)[0] != status:
        assert monotonic() - began < 60, outcome(row)
        sleep(0.02)


def taken(config: Config) -> int:
    """Count what the loopback Twilio took from us."""
    return sum(kept.message.direction is Direction.API for kept in exchange.since(folder(config)))


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"callbacks_twice": True},
        {"callbacks_reversed": True},
        {"callback_first": True},
        {"latency_ms": 300},
        {"drops": 1},  # settled by the callbacks, which carry our id
    ],
)
def test_a_message_is_sent_once_and_read_whatever_goes_wrong(
    loop: Config, wrong: dict[str, Any]
) -> None:
    faults.change(folder(loop), wrong)
    (row,) = queue(outgoing(someone(loop), counts=True))
    jobs.drain()
    until(row, "READ")
    jobs.drain()
    assert outcome(row) == ("READ", None, 1)
    assert taken(loop) == 1
    assert rows("SELECT slot, is_read FROM notifications") == [(1, True)]


@pytest.mark.parametrize("wrong", [{"errors": 1, "error_code": 63018}, {"errors": 1}])
def test_what_twilio_could_not_take_is_sent_later(loop: Config, wrong: dict[str, Any]) -> None:
    faults.change(folder(loop), wrong)
    (row,) = queue(alert(someone(loop)))
    jobs.drain()
    lease_over()
    jobs.drain()
    due_now()
    jobs.drain()
    until(row, "READ")


def test_a_late_refusal_for_good_ends_the_row(loop: Config) -> None:
    faults.change(folder(loop), {"errors": 1, "error_code": 63024, "errors_late": True})
    (row,) = queue(outgoing(someone(loop), counts=True))
    jobs.drain()
    until(row, "FAILED")
    assert rows("SELECT slot FROM notifications") == [(None,)]
