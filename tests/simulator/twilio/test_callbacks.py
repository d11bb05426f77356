"""Status callbacks: signed, in order, and in every disorder that was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from twilio.twiml.messaging_response import MessagingResponse

from app.embedded.server import HOST, free_port
from app.simulator.twilio import exchange, faults
from app.simulator.twilio.database import folder
from app.simulator.twilio.message import Status
from app.simulator.twilio.phone import deliver
from app.simulator.typed import Typed
from tests.settings import ACCOUNT, PATIENT, settings
from tests.simulator.serving import served
from tests.simulator.twilio.conftest import FROM, TO, Loopback, Webhook, settle

ALL = ["queued", "sent", "delivered", "read"]


def test_what_becomes_of_a_message_is_told_in_order_signed_and_to_its_own_address(
    twilio: Loopback, webhook: Webhook
) -> None:
    sent = twilio.send(status_callback=webhook.address)
    settle()
    assert (webhook.statuses, webhook.strange) == (ALL, 0)
    delivered = webhook.heard[2]
    assert delivered["MessageSid"] == delivered["SmsSid"] == sent.sid
    assert (delivered["AccountSid"], delivered["From"], delivered["To"]) == (ACCOUNT, FROM, TO)
    assert delivered["EventType"] == "DELIVERED"
    assert "ErrorCode" not in delivered


def test_an_addresss_fragment_is_neither_signed_nor_sent(
    twilio: Loopback, webhook: Webhook
) -> None:
    twilio.send(status_callback=f"{webhook.address}#rc=3&rp=5xx")
    settle()
    assert (webhook.statuses, webhook.strange) == (ALL, 0)


def test_callbacks_come_twice_when_asked_for(twilio: Loopback, webhook: Webhook) -> None:
    faults.change(twilio.folder, {"callbacks_twice": True})
    twilio.send(status_callback=webhook.address)
    settle()
    assert webhook.statuses == [status for status in ALL for _ in range(2)]


def test_callbacks_come_in_reverse_when_asked_for(twilio: Loopback, webhook: Webhook) -> None:
    faults.change(twilio.folder, {"callbacks_reversed": True})
    sent = twilio.send(status_callback=webhook.address)
    settle()
    assert webhook.statuses == ALL[::-1]
    assert twilio.client().messages(sent.sid).fetch().status == "read"


def test_callbacks_come_before_the_answer_when_asked_for(
    twilio: Loopback, webhook: Webhook
) -> None:
    faults.change(twilio.folder, {"callback_first": True})
    sent = twilio.send(status_callback=webhook.address)
    assert webhook.statuses[:2] == ["queued", "sent"]
    assert webhook.heard[0]["MessageSid"] == sent.sid
    settle()
    assert webhook.statuses == ALL


def test_nobody_at_the_callbacks_address_stops_nothing(twilio: Loopback) -> None:
    sent = twilio.send(status_callback=f"http://{HOST}:{free_port()}/away")
    settle()
    assert twilio.client().messages(sent.sid).fetch().status == "read"


@pytest.mark.parametrize(
    ("wanted", "is_open", "code"),
    [
        ({"errors": 1, "error_code": 63024, "errors_late": True}, True, 63024),
        ({"window_late": True}, False, 63016),
    ],
)
def test_a_late_error_comes_as_a_failed_message_with_its_code(
    loopback: Loopback, webhook: Webhook, wanted: dict[str, int], is_open: bool, code: int
) -> None:
    if is_open:
        loopback.open_window()
    faults.change(loopback.folder, wanted)
    sent = loopback.send(status_callback=webhook.address)
    assert (sent.status, sent.error_code) == ("queued", None)
    settle()
    assert webhook.statuses == ["queued", "failed"]
    assert webhook.heard[1]["ErrorCode"] == str(code)
    fetched = loopback.client().messages(sent.sid).fetch()
    assert (fetched.status, fetched.error_code) == ("failed", code)


def test_a_reply_in_twiml_has_callbacks_of_its_own(tmp_path: Path, webhook: Webhook) -> None:
    service, port = Flask("emergency"), free_port()

    @service.post("/whatsapp/inbound")
    def answer() -> str:
        response = MessagingResponse()
        response.message("Call 112 now.", action=webhook.address)
        return str(response)

    config = settings(spool_dir=tmp_path / "spool", PUBLIC_URL=f"http://{HOST}:{port}")
    with served(service, port):
        deliver(Typed(PATIENT, "chest pain"), config)
        settle()
    assert (webhook.statuses, webhook.strange) == (ALL, 0)
    (reply,) = [one for one in exchange.since(folder(config)) if one.message.in_reply_to]
    assert {form["MessageSid"] for form in webhook.heard} == {reply.message.sid}
    assert reply.message.status is Status.READ


def test_a_message_never_goes_back(twilio: Loopback) -> None:
    sent = twilio.send()
    settle()
    kept = exchange.by_sid(twilio.folder, sent.sid)
    assert kept is not None
    exchange.move(twilio.folder, sent.sid, Status.SENT, kept.updated_at)
    exchange.move(twilio.folder, "SM" + "0" * 32, Status.SENT, kept.updated_at)
    assert exchange.by_sid(twilio.folder, sent.sid) == kept
