"""What is typed on a phone: kept first, then posted as Twilio posts it, and its answer kept."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, request
from twilio.twiml.messaging_response import MessagingResponse

from app import clock
from app.embedded.server import HOST, free_port
from app.messaging.message import InboundMessage
from app.simulator.twilio import exchange, faults
from app.simulator.twilio.database import folder
from app.simulator.twilio.message import Direction, Status
from app.simulator.twilio.phone import call, deliver, form_of, message_of, taken
from app.simulator.typed import Typed
from app.web.inbound import message_from
from tests.settings import ACCOUNT, OURS, PATIENT, form, settings
from tests.simulator.serving import served

TYPED = Typed(PATIENT, "sugar 120")
ADDRESS = f"whatsapp:{PATIENT}"


def sent(tmp_path: Path) -> InboundMessage:
    message = message_of(TYPED, settings(spool_dir=tmp_path))
    return message_from(form_of(message, ACCOUNT), clock.now())


@pytest.fixture
def echo() -> Iterator[str]:
    """The address of a service whose webhook answers with what it was told, and a long text."""
    service, port = Flask("echo"), free_port()

    @service.post("/whatsapp/inbound")
    def answer() -> str:
        response = MessagingResponse()
        response.message(f"you said {request.form['Body']}")
        response.message("a" * 1601)
        return str(response)

    with served(service, port):
        yield f"http://{HOST}:{port}"


def test_the_form_has_every_field_of_twilios_and_is_read_as_what_was_typed(tmp_path: Path) -> None:
    message = message_of(TYPED, settings(spool_dir=tmp_path))
    fields = form_of(message, ACCOUNT)
    assert fields.keys() >= form("sugar 120").keys()
    assert fields["AccountSid"] == ACCOUNT
    assert fields["To"] == f"whatsapp:{OURS}"
    read = sent(tmp_path)
    assert (read.phone_number, read.body) == (PATIENT, "sugar 120")


def test_every_message_has_an_id_of_its_own(tmp_path: Path) -> None:
    assert sent(tmp_path).sid != sent(tmp_path).sid


def test_what_is_typed_and_what_is_answered_stand_in_the_exchange_in_order(
    tmp_path: Path, echo: str
) -> None:
    made = settings(spool_dir=tmp_path / "spool", PUBLIC_URL=echo)
    delivery = deliver(TYPED, made)
    assert delivery.messages == ("you said sugar 120", "a" * 1601)
    kept = sorted(exchange.since(folder(made)), key=lambda one: one.number)
    assert [(one.message.direction, one.message.body[:20]) for one in kept] == [
        (Direction.INBOUND, "sugar 120"),
        (Direction.REPLY, "you said sugar 120"),
        (Direction.REPLY, "a" * 20),
    ]
    assert {one.message.phone for one in kept} == {ADDRESS}
    assert {one.message.in_reply_to for one in kept[1:]} == {delivery.sid}


def test_a_lost_message_is_in_the_exchange_and_never_reaches_the_webhook(
    tmp_path: Path, echo: str
) -> None:
    made = settings(spool_dir=tmp_path / "spool", PUBLIC_URL=echo)
    faults.change(folder(made), {"lost_inbound": 1})
    lost, heard = deliver(TYPED, made), deliver(TYPED, made)
    assert lost.status is None
    assert lost.fault is not None
    assert "lost" in lost.fault
    assert heard.status == 200
    kept = exchange.by_sid(folder(made), lost.sid)
    assert kept is not None
    assert kept.message.status is Status.RECEIVED


def test_a_webhook_that_is_silent_too_long_is_given_up_as_twilio_does(tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as silent:
        address = f"http://{HOST}:{silent.getsockname()[1]}"
        made = settings(spool_dir=tmp_path / "spool", PUBLIC_URL=address)
        delivery = call(*taken(TYPED, made), made, patience_s=0.1)
    assert delivery.status is None
    assert delivery.milliseconds >= 100
    assert delivery.fault == "The server took longer than 0.1 s: Twilio would have given up."
