"""A message of a phone: kept in the exchange, posted to the webhook, its answer kept too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import requests

from app import clock
from app.clock import monotonic
from app.config import Config
from app.simulator.twilio import courier, exchange, faults, media, rules
from app.simulator.twilio.callbacks import Journey, carry
from app.simulator.twilio.courier import Courier, courier_of
from app.simulator.twilio.message import Direction, Message, Status
from app.simulator.twilio.sending import new_sid
from app.simulator.twilio.twiml import Reply, read_answer
from app.simulator.twilio.wire import VERSION
from app.simulator.typed import Typed

WEBHOOK = "/whatsapp/inbound"
PROFILE_NAME = "Simulator"
AWAY = "The server is away: nothing answers at {address}."
SLOW = "The server took longer than {seconds} s: Twilio would have given up."
LOST = "The message was lost between Twilio and the webhook, as was asked for."


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a message.

    Attributes:
        sid: The message's own id.
        status: The webhook's HTTP status; None where it did not answer.
        milliseconds: How long the webhook took, or was waited for.
        messages: What the phone shows in answer, in order.
        fault: A sentence for the page; None where all went well.
    """

    sid: str
    status: int | None
    milliseconds: int
    messages: tuple[str, ...] = ()
    fault: str | None = None


def deliver(typed: Typed, config: Config) -> Delivery:
    """Keep a message, and post it to the webhook at our public address, as Twilio does."""
    message, form = taken(typed, config)
    if faults.take_for_inbound(courier_of(config).folder).lost_inbound:
        return Delivery(message.sid, None, 0, fault=LOST)
    return call(message, form, config)


def taken(typed: Typed, config: Config) -> tuple[Message, dict[str, str]]:
    """Keep a message, which can be listed from now on, and write the form that brings it."""
    caller = courier_of(config)
    message = message_of(typed, config)
    kept = exchange.keep(caller.folder, message, typed.picture)
    brought = media.form_of(kept, typed.picture, caller.account, config.public_url)
    return message, form_of(message, caller.account) | brought


def call(
    message: Message,
    form: Mapping[str, str],
    config: Config,
    *,
    patience_s: float = courier.PATIENCE_S,
) -> Delivery:
    """Post a message to the webhook at our public address, and keep what it answers."""
    caller = courier_of(config)
    webhook, began = f"{config.public_url}{WEBHOOK}", monotonic()
    try:
        answer = courier.post(caller, webhook, form, patience_s=patience_s)
    except requests.RequestException as failure:
        why = SLOW if isinstance(failure, requests.Timeout) else AWAY
        said = why.format(address=config.public_url, seconds=patience_s)
        return Delivery(message.sid, None, _milliseconds_since(began), fault=said)
    took = _milliseconds_since(began)
    replies, fault = read_answer(answer.status_code, answer.content, webhook)
    for reply in replies:
        _keep_reply(message, reply, caller)
    bodies = tuple(reply.body for reply in replies)
    return Delivery(message.sid, answer.status_code, took, bodies, fault)


def message_of(typed: Typed, config: Config) -> Message:
    """Make a message of what was typed just now."""
    return Message(
        sid=new_sid(),
        direction=Direction.INBOUND,
        sender=typed.address,
        recipient=config.our_address,
        body=typed.body,
        status=Status.RECEIVED,
        created_at=clock.now(),
    )


def form_of(message: Message, account: str) -> dict[str, str]:
    """Write a message of words as the form that Twilio posts."""
    return {
        "MessageSid": message.sid,
        "SmsMessageSid": message.sid,
        "SmsSid": message.sid,
        "AccountSid": account,
        "From": message.sender,
        "To": message.recipient,
        "Body": message.body,
        "NumMedia": "0",
        "NumSegments": "1",
        "ProfileName": PROFILE_NAME,
        "WaId": message.sender.removeprefix("whatsapp:+"),
        "MessageType": "text",
        "SmsStatus": "received",
        "ReferralNumMedia": "0",
        "ApiVersion": VERSION,
    }


def _keep_reply(message: Message, reply: Reply, caller: Courier) -> None:
    kept = exchange.keep(
        caller.folder,
        Message(
            sid=new_sid(),
            direction=Direction.REPLY,
            sender=message.recipient,
            recipient=message.sender,
            body=reply.body,
            status=Status.QUEUED,
            created_at=clock.now(),
            status_callback=reply.status_callback,
            in_reply_to=message.sid,
        ),
    )
    too_long = len(reply.body) > rules.LONGEST_BODY
    code = rules.BODY_TOO_LONG.code if too_long else None
    carry(Journey(kept.message, caller, faults.current(caller.folder), code))


def _milliseconds_since(began: float) -> int:
    return round((monotonic() - began) * 1000)
