"""What becomes of a sent message: queued, sent, delivered, read; each told to its callback."""

from __future__ import annotations

from threading import Thread
from time import sleep

import requests

from app import clock, log
from app.simulator.twilio import exchange
from app.simulator.twilio.courier import Courier, post
from app.simulator.twilio.faults import Faults
from app.simulator.twilio.message import Message, Status
from app.simulator.twilio.wire import VERSION

THREAD = "twilio-callbacks"
STEP_S = 0.15
"""How long a message stays in each state; people shall see the ticks change."""
DELIVERED = (Status.QUEUED, Status.SENT, Status.DELIVERED, Status.READ)
REFUSED = (Status.QUEUED, Status.FAILED)


def carry(
    message: Message, courier: Courier, faults: Faults, *, error_code: int | None = None
) -> None:
    """Take a message to its end in the background.

    Args:
        message: Just kept, queued.
        courier: Tells the message's callback.
        faults: Those of this send.
        error_code: Why it will not arrive; None where it will.
    """
    steps: tuple[Status, ...] = REFUSED if error_code else DELIVERED
    if faults.callback_first:
        for status in steps[:2]:
            _step(message, courier, status, error_code)
            _tell(message, courier, faults, status, error_code)
        steps = steps[2:]
    arguments = (message, courier, faults, steps, error_code)
    Thread(target=_carry, args=arguments, name=THREAD, daemon=True).start()


def form_of(
    message: Message, account: str, status: Status, error_code: int | None = None
) -> dict[str, str]:
    """Write a status callback's form."""
    form = {
        "MessageSid": message.sid,
        "SmsSid": message.sid,
        "MessageStatus": status,
        "SmsStatus": status,
        "AccountSid": account,
        "From": message.sender,
        "To": message.recipient,
        "ApiVersion": VERSION,
        "ChannelPrefix": "whatsapp",
        "ChannelToAddress": message.recipient.removeprefix("whatsapp:"),
    }
    if status in {Status.DELIVERED, Status.READ}:
        form["EventType"] = status.upper()
    if status is Status.FAILED and error_code:
        form["ErrorCode"] = str(error_code)
    return form


def _carry(
    message: Message,
    courier: Courier,
    faults: Faults,
    steps: tuple[Status, ...],
    error_code: int | None,
) -> None:
    for status in steps:
        sleep(STEP_S)
        _step(message, courier, status, error_code)
        if not faults.callbacks_reversed:
            _tell(message, courier, faults, status, error_code)
    if faults.callbacks_reversed:
        for status in reversed(steps):
            _tell(message, courier, faults, status, error_code)


def _step(message: Message, courier: Courier, status: Status, error_code: int | None) -> None:
    code = error_code if status is Status.FAILED else None
    exchange.move(courier.folder, message.sid, status, clock.now(), error_code=code)


def _tell(
    message: Message, courier: Courier, faults: Faults, status: Status, error_code: int | None
) -> None:
    if message.status_callback is None:
        return
    form = form_of(message, courier.account, status, error_code)
    for _ in range(2 if faults.callbacks_twice else 1):
        try:
            post(courier, message.status_callback, form)
        except requests.RequestException as fault:  # Twilio does not try again either
            log.error("callback_lost", fault, sid=message.sid, status=status)
