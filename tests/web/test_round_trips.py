"""A turn asks PostgreSQL eight times at most, counted on the wire."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import create_app, db
from app.cli.demo import DEMO_CAREGIVER, seed
from app.config import use
from app.conversation.handle import warm_up
from tests.settings import settings as make_settings
from tests.web.calls import say
from tests.web.wire import Wire

MOST = 8


@pytest.fixture
def wire(database: str) -> Iterator[Wire]:
    made = Wire(database)
    yield made
    made.close()


@pytest.fixture
def wired_service(wire: Wire, tmp_path: Path) -> Iterator[FlaskClient]:
    made = make_settings(spool_dir=tmp_path / "spool", DATABASE_URL=wire.url)
    use(made)
    with db.transaction() as connection:
        seed(connection)
    warm_up()  # the word lists are read before the first turn, as a web process does
    service = create_app(made).test_client()
    say(service, "thanks")
    yield service
    db.engine().dispose()


@pytest.mark.parametrize(
    "words",
    [
        "hello",
        "fasting 126",
        "khane ke baad sugar 212, metformin le li",
        "48",
        "fasting 128 pp 174, metformin taken, glimepiride skipped, feeling dizzy",
        "undo",
        "lunch: 2 roti and dal",
        "my medicines",
        "kya maine metformin li?",
        "sugar before lunch 118, had rice and dal for lunch",
        "sugar 9",
        "report",
        "settings",
        "DOC-ABC123",
        "kya main aam kha sakta hu",
    ],
)
def test_a_turn_takes_at_most_eight_round_trips(
    wired_service: FlaskClient, wire: Wire, words: str
) -> None:
    before = wire.round_trips
    say(wired_service, words)
    assert 1 < wire.round_trips - before <= MOST


@pytest.mark.parametrize("words", ["hello", "fasting 126", "48", "mummy behosh hai", "settings"])
def test_a_caregivers_turn_takes_at_most_eight_round_trips(
    wired_service: FlaskClient, wire: Wire, words: str
) -> None:
    before = wire.round_trips
    say(wired_service, words, sender=DEMO_CAREGIVER)
    assert 1 < wire.round_trips - before <= MOST


def test_a_newcomers_first_turn_takes_at_most_eight_round_trips(
    wired_service: FlaskClient, wire: Wire
) -> None:
    before = wire.round_trips
    say(wired_service, "hello", sender="+919812345678")
    assert wire.round_trips - before <= MOST
