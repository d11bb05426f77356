"""Twilio's own client of the Content API against the loopback."""

from __future__ import annotations

import pytest

from app.channels.content import Button, Content, Contents, Registered
from app.config import Config
from app.embedded.server import HOST, free_port
from app.errors import DeliveryError
from app.simulator.twilio.contents import contents, judge
from tests.settings import ACCOUNT, TOKEN
from tests.simulator.twilio.conftest import Loopback, loopback  # noqa: F401 - a fixture

TAKEN = Content(
    topic="procare_medication_reminder",
    language="hi",
    body="दवा का समय है: {{1}}। क्या आपने ले ली?",
    samples=("metformin 500", "0" * 32),
    buttons=(Button("{{2}}:taken", "ले ली"), Button("{{2}}:later", "बाद में")),
)
PLAIN = Content("procare_late_answer", "en", "ProCare has read what you wrote.")


@pytest.fixture
def config(loopback: Loopback) -> Config:  # noqa: F811 - the fixture
    return loopback.config


@pytest.fixture
def client(loopback: Loopback) -> Contents:  # noqa: F811 - the fixture
    return Contents(ACCOUNT, TOKEN, f"{loopback.address}/simulator/twilio")


def test_a_content_is_kept_as_a_text_or_with_its_buttons(client: Contents, config: Config) -> None:
    buttons, plain = client.create(TAKEN), client.create(PLAIN)
    kept = contents(config)
    assert kept[buttons.sid]["types"] == TAKEN.types
    assert kept[buttons.sid]["variables"] == {"1": "metformin 500", "2": "0" * 32}
    assert kept[plain.sid]["types"] == {"twilio/text": {"body": PLAIN.body}}
    assert (kept[plain.sid]["friendly_name"], kept[plain.sid]["language"]) == (PLAIN.name, "en")


def test_what_whatsapp_answers_is_listed(client: Contents, config: Config) -> None:
    first, second = client.create(TAKEN), client.create(PLAIN)
    assert client.submit(first).status == "received"
    judge(config, first.sid, "rejected", "ABUSIVE_CONTENT")
    assert client.registered() == [
        Registered(first.sid, TAKEN.name, "rejected", "ABUSIVE_CONTENT"),
        Registered(second.sid, PLAIN.name, "unsubmitted"),
    ]


def test_all_pages_are_listed(client: Contents, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.channels.content.PAGE", 2)
    made = [client.create(Content(f"topic_{n}", "en", "Body.")) for n in range(5)]
    assert [each.sid for each in client.registered()] == [each.sid for each in made]


def test_a_name_changes_with_anything_that_is_approved() -> None:
    names = {
        TAKEN.name,
        Content(TAKEN.topic, "hi", TAKEN.body, TAKEN.samples, TAKEN.buttons[:1]).name,
        Content(TAKEN.topic, "hi", TAKEN.body + "!", TAKEN.samples, TAKEN.buttons).name,
        Content(TAKEN.topic, "hi", TAKEN.body, ("aspirin", "0" * 32), TAKEN.buttons).name,
        Content(TAKEN.topic, "en", TAKEN.body, TAKEN.samples, TAKEN.buttons).name,
    }
    assert len(names) == 5
    assert TAKEN.name == Content(**{n: getattr(TAKEN, n) for n in TAKEN.__slots__}).name


@pytest.mark.parametrize(
    "content",
    [
        Content("topic", "en", "x" * 1025),
        Content("topic", "en", "Body.", buttons=(Button("a", "x" * 21),)),
    ],
)
def test_what_is_too_long_is_refused(client: Contents, content: Content) -> None:
    with pytest.raises(DeliveryError, match="20001") as refused:
        client.create(content)
    assert refused.value.permanent


@pytest.mark.parametrize("body", ["{{1}} is due.", "It is {{1}}", "Take {{1}}{{2}} now."])
def test_places_at_an_end_or_side_by_side_are_rejected(client: Contents, body: str) -> None:
    made = client.create(Content("topic", "en", body, ("a", "b")))
    answer = client.submit(made)
    assert (answer.status, answer.reason) == ("rejected", "INVALID_FORMAT")


def test_a_stranger_is_refused_and_a_twilio_that_is_away_is_told(
    loopback: Loopback,  # noqa: F811 - the fixture
) -> None:
    stranger = Contents(ACCOUNT, "another token", f"{loopback.address}/simulator/twilio")
    with pytest.raises(DeliveryError, match="REFUSED"):
        stranger.registered()
    with pytest.raises(DeliveryError, match="20003"):
        stranger.create(PLAIN)
    away = Contents(ACCOUNT, TOKEN, f"http://{HOST}:{free_port()}")
    with pytest.raises(DeliveryError, match="ConnectionError") as fault:
        away.registered()
    assert fault.value.uncertain


def test_an_unknown_content_and_a_name_whatsapp_does_not_take_are_refused(
    client: Contents,
) -> None:
    with pytest.raises(DeliveryError, match="20404"):
        client.submit(Registered("HX" + "0" * 32, "name", "unsubmitted"))
    made = client.create(PLAIN)
    with pytest.raises(DeliveryError, match="20001"):
        client.submit(Registered(made.sid, "A Name", "unsubmitted"))
