"""A file outside the window: its words go as a template, and it follows when the person writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from app import create_app
from app.channels.base import TemplateCall, Words
from app.config import Config, config, use
from app.delivery.fate import ways
from app.messaging.outbox.claimed import FILE_WAITS, file_to_come
from app.messaging.outbox.outgoing import Media, Outgoing, Purpose
from app.text import text
from tests.delivery.scripted import DROP, Scripted
from tests.delivery.test_fate import NOW, row
from tests.delivery.world import (
    change,
    empty_all,
    lease_over,
    outcome,
    outgoing,
    person,
    queue,
    send_all,
    statuses,
)
from tests.web.calls import rows, say

TEMPLATE = "HX" + "1" * 32
WEEK = (text("Your week, {name}.", name="Asha"), text("{n} readings.", n=9))
A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def template(delivery: Config, tmp_path: Path) -> Iterator[None]:
    path = tmp_path / "templates.toml"
    path.write_text(f'[LATE_ANSWER.en]\nsid = "{TEMPLATE}"\n')
    use(replace(delivery, twilio_templates=path))
    yield
    use(delivery)


@pytest.fixture
def chat() -> FlaskClient:
    """The service with these templates."""
    return create_app(config()).test_client()


def week(who: tuple[UUID, UUID], **changed: object) -> Outgoing:
    brings = {"texts": WEEK, "media": Media.EXPORT, "purpose": Purpose.LATE_ANSWER}
    return outgoing(who, **brings | changed)


def _from(who: tuple[UUID, UUID]) -> dict[str, str]:
    query = f"SELECT phone_number FROM users WHERE id = '{who[0]}'"  # noqa: S608 - an id
    return {"sender": str(rows(query)[0][0])}


def test_its_words_go_as_a_template_and_all_of_it_follows_when_the_person_writes(
    twilio: Scripted, chat: FlaskClient
) -> None:
    who = person(wrote_ago=A_DAY)
    (first,) = queue(week(who))
    send_all()
    send_all()
    assert [form.get("ContentSid") for form in twilio.forms] == [TEMPLATE]
    assert "MediaUrl" not in twilio.forms[0]
    assert statuses() == {"ACCEPTED": 1, "PENDING": 1}
    say(chat, "hello", **_from(who))
    change("UPDATE outbound_messages SET accepted_at = accepted_at - interval '7 seconds'")
    send_all()
    assert len(twilio.forms) == 2
    assert twilio.forms[1]["Body"] == "Your week, Asha.\n\n9 readings."
    assert "/media/" in twilio.forms[1]["MediaUrl"]
    assert str(first) not in twilio.forms[1]["MediaUrl"]


def test_what_another_person_writes_brings_nothing(twilio: Scripted, chat: FlaskClient) -> None:
    queue(week(person(wrote_ago=A_DAY)))
    send_all()
    say(chat, "hello", **_from(person()))
    send_all()
    assert len(twilio.forms) == 1


def test_who_does_not_write_is_not_asked_twice(twilio: Scripted) -> None:
    queue(week(person(wrote_ago=A_DAY)))
    send_all()
    change(
        "UPDATE outbound_messages SET next_attempt_at = next_attempt_at - :waits,"
        " not_after = not_after - :waits WHERE status = 'PENDING'",
        waits=FILE_WAITS + timedelta(seconds=1),
    )
    send_all()
    assert statuses() == {"ACCEPTED": 1, "CANCELLED": 1}
    assert rows("SELECT error_code FROM outbound_messages WHERE status = 'CANCELLED'") == [
        ("STALE",)
    ]
    assert len(twilio.forms) == 1


def test_refused_as_outside_the_window_it_follows_as_well(twilio: Scripted) -> None:
    twilio.script = [63016]
    (first,) = queue(week(person()))
    send_all()
    assert outcome(first)[0] == "ACCEPTED"
    assert statuses() == {"ACCEPTED": 1, "PENDING": 1}


def test_inside_the_window_nothing_follows() -> None:
    queue(week(person()))
    send_all()
    assert statuses() == {"ACCEPTED": 1}


def test_what_brings_no_file_has_nothing_to_follow() -> None:
    queue(week(person(wrote_ago=A_DAY), media=None))
    send_all()
    assert statuses() == {"ACCEPTED": 1}
    assert file_to_come(row(), NOW) is None


@pytest.mark.parametrize(("wrote_ago", "follows"), [(A_DAY, 1), (timedelta(hours=1), 0)])
def test_a_template_whose_answer_was_lost_is_followed_all_the_same(
    twilio: Scripted, wrote_ago: timedelta, follows: int
) -> None:
    twilio.script = [DROP]
    (first,) = queue(week(person(wrote_ago=wrote_ago)))
    send_all()
    lease_over()
    empty_all()
    assert outcome(first)[0] == "ACCEPTED"
    assert statuses().get("PENDING", 0) == follows
    assert len(twilio.forms) == 1


def test_no_buttons_are_worth_a_file() -> None:
    tapped = TemplateCall(TEMPLATE, has_buttons=True)
    with_file = Words("Your week.", "https://procare.test/media/1")
    assert ways(row(), with_file, tapped, is_in_window=True) == (with_file, tapped)


def test_the_parameters_are_those_of_the_first_text(twilio: Scripted, tmp_path: Path) -> None:
    path = tmp_path / "named.toml"
    path.write_text(f'[LATE_ANSWER.en]\nsid = "{TEMPLATE}"\nvariables = ["name", "lines"]\n')
    use(replace(config(), twilio_templates=path))
    queue(week(person(wrote_ago=A_DAY)))
    send_all()
    assert json.loads(twilio.forms[0]["ContentVariables"]) == {"1": "Asha", "2": "9 readings."}
