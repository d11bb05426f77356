"""What becomes of a sent message: queued, sent, delivered, read; each told to its callback."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Thread
from time import sleep

import requests

from app import clock, log
from app.simulator.twilio import exchange
from app.simulator.twilio.courier import Courier, post
from app.simulator.twilio.faults import Faults
from app.simulator.twilio.fetching import NotFetchedError, fetched
from app.simulator.twilio.message import Message, Status
from app.simulator.twilio.wire import VERSION

THREAD = "twilio-callbacks"
STEP_S = 0.15
"""How long a message stays in each state; people shall see the ticks change."""
DELIVERED = (Status.QUEUED, Status.SENT, Status.DELIVERED, Status.READ)
REFUSED = (Status.QUEUED, Status.FAILED)
NOT_FETCHED = 63019
"""The code of a message whose file could not be fetched."""


@dataclass(frozen=True, slots=True)
class Journey:
    """A sent message on its way.

    Attributes:
        message: As it was kept, queued.
        courier: Tells the message's callback.
        faults: Those of its send.
        error_code: Why it will not arrive; None where it will.
        media_url: Where the file that it brings is fetched; None for no file.
    """

    message: Message
    courier: Courier
    faults: Faults
    error_code: int | None = None
    media_url: str | None = None


def carry(journey: Journey) -> None:
    """Take a message to its end in the background."""
    steps: tuple[Status, ...] = REFUSED if journey.error_code else DELIVERED
    if journey.faults.callback_first:
        for status in steps[:2]:
            _reach(journey, status)
            _tell(journey, status)
        steps = steps[2:]
    Thread(target=_travel, args=(journey, steps), name=THREAD, daemon=True).start()


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


def _travel(journey: Journey, steps: tuple[Status, ...]) -> None:
    is_reversed = journey.faults.callbacks_reversed
    if not _brings_file(journey):
        journey, steps = replace(journey, error_code=NOT_FETCHED), REFUSED
    for status in steps:
        sleep(STEP_S)
        _reach(journey, status)
        if not is_reversed:
            _tell(journey, status)
    for status in reversed(steps if is_reversed else ()):
        _tell(journey, status)


def _brings_file(journey: Journey) -> bool:
    """Fetch the file of a message that is under way; a picture is put beside it."""
    if journey.media_url is None or journey.error_code:
        return True
    try:
        picture = fetched(journey.media_url)
    except NotFetchedError as fault:
        log.error("file_not_fetched", fault, sid=journey.message.sid)
        return False
    if picture is not None:
        exchange.attach(journey.courier.folder, journey.message.sid, picture)
    return True


def _reach(journey: Journey, status: Status) -> None:
    code = journey.error_code if status is Status.FAILED else None
    folder, sid = journey.courier.folder, journey.message.sid
    exchange.move(folder, sid, status, clock.now(), error_code=code)


def _tell(journey: Journey, status: Status) -> None:
    message, courier = journey.message, journey.courier
    if message.status_callback is None:
        return
    form = form_of(message, courier.account, status, journey.error_code)
    for _ in range(2 if journey.faults.callbacks_twice else 1):
        try:
            post(courier, message.status_callback, form)
        except requests.RequestException as fault:  # Twilio does not try again either
            log.error("callback_lost", fault, sid=message.sid)
