"""What the loopback Twilio makes of a webhook's answer."""

from __future__ import annotations

import pytest
from twilio.twiml.messaging_response import MessagingResponse

from app.simulator.twilio.twiml import Reply, read_answer

WEBHOOK = "https://procare.test/whatsapp/inbound"


def read(response: MessagingResponse) -> tuple[Reply, ...]:
    replies, fault = read_answer(200, str(response).encode(), WEBHOOK)
    assert fault is None
    return replies


def test_an_answers_messages_are_shown_in_order_and_unescaped() -> None:
    response = MessagingResponse()
    response.message("चीनी < 70 & नीचे\nदो")
    response.message().body("two")
    assert read(response) == (Reply("चीनी < 70 & नीचे\nदो"), Reply("two"))


def test_an_empty_response_shows_nothing_and_is_no_fault() -> None:
    assert read(MessagingResponse()) == ()


@pytest.mark.parametrize(
    ("callback", "address"),
    [
        ("https://elsewhere.test/s?o=1&n=2", "https://elsewhere.test/s?o=1&n=2"),
        ("/whatsapp/status?o=1", "https://procare.test/whatsapp/status?o=1"),
        ("status", "https://procare.test/whatsapp/status"),
    ],
)
@pytest.mark.parametrize("attribute", ["action", "status_callback"])
def test_a_messages_callback_is_found_under_either_name_and_relative_to_the_webhook(
    attribute: str, callback: str, address: str
) -> None:
    response = MessagingResponse()
    response.message("one", **{attribute: callback})
    assert read(response) == (Reply("one", address),)


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
    replies, said = read_answer(status, content, WEBHOOK)
    assert replies == ()
    assert said is not None
    assert fault in said
