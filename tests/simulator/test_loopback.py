"""Twilio's part: the form it posts, and what it makes of an answer."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from twilio.twiml.messaging_response import MessagingResponse

from app import clock
from app.embedded.server import HOST
from app.messaging.message import InboundMessage
from app.simulator import loopback
from app.simulator.loopback import deliver, form_of, read_answer
from app.simulator.typed import Typed
from app.web.inbound import message_from
from tests.settings import ACCOUNT, OURS, PATIENT, form, settings

TYPED = Typed(PATIENT, "sugar 120")


def sent(tmp_path: Path) -> InboundMessage:
    return message_from(form_of(TYPED, settings(spool_dir=tmp_path)), clock.now())


def test_the_form_has_every_field_of_twilios_and_is_read_as_what_was_typed(tmp_path: Path) -> None:
    fields = form_of(TYPED, settings(spool_dir=tmp_path))
    assert fields.keys() >= form("sugar 120").keys()
    assert fields["AccountSid"] == ACCOUNT
    assert fields["To"] == f"whatsapp:{OURS}"
    message = sent(tmp_path)
    assert (message.phone_number, message.body) == (PATIENT, "sugar 120")


def test_every_message_has_an_id_of_its_own(tmp_path: Path) -> None:
    assert sent(tmp_path).sid != sent(tmp_path).sid


def test_an_answers_messages_are_shown_in_order_and_unescaped() -> None:
    response = MessagingResponse()
    response.message("चीनी < 70 & नीचे\nदो")
    response.message().body("two")
    assert read_answer(200, str(response).encode()) == (("चीनी < 70 & नीचे\nदो", "two"), None)


def test_an_empty_response_shows_nothing_and_is_no_fault() -> None:
    assert read_answer(200, str(MessagingResponse()).encode()) == ((), None)


@pytest.mark.parametrize(
    ("status", "content", "fault"),
    [
        (403, b"", "refused the message (403)"),
        (503, b"", "cannot take messages now (503)"),
        (500, b"<html></html>", "answered 500"),
        (302, b"", "answered 302"),
        (200, b"<html></html>", "no TwiML"),
        (200, b"<html><br></html>", "no TwiML"),
        (200, b"OK", "no TwiML"),
    ],
)
def test_an_answer_that_twilio_would_not_show_is_a_sentence(
    status: int, content: bytes, fault: str
) -> None:
    messages, said = read_answer(status, content)
    assert messages == ()
    assert said is not None
    assert fault in said


def test_a_webhook_that_is_silent_too_long_is_given_up_as_twilio_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loopback, "PATIENCE_S", 0.1)
    with socket.create_server((HOST, 0)) as silent:
        address = f"http://{HOST}:{silent.getsockname()[1]}"
        delivery = deliver(TYPED, settings(spool_dir=tmp_path, PUBLIC_URL=address))
    assert delivery.status is None
    assert delivery.milliseconds >= 100
    assert delivery.fault == "The server took longer than 0.1 s: Twilio would have given up."
