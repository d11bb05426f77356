"""Twilio's part, played on the loopback: a signed form, posted to the real webhook."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4
from xml.etree import ElementTree as ET

import requests
from twilio.request_validator import RequestValidator

from app.clock import monotonic
from app.config import Config
from app.simulator.typed import Typed

WEBHOOK = "/whatsapp/inbound"
PATIENCE_S = 15
"""Twilio waits no longer for a webhook."""
PROFILE_NAME = "Simulator"

REFUSALS = {
    403: "The webhook refused the message (403): signature, account or number is not its own.",
    503: "The webhook cannot take messages now (503): neither database nor spool could keep it.",
}
AWAY = "The server is away: nothing answers at {address}."
SLOW = "The server took longer than {seconds} s: Twilio would have given up."
NO_TWIML = "The webhook answered 200, but no TwiML: Twilio would show nothing."
STRANGE = "The webhook answered {status}: Twilio would show nothing."


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
    """Post a message to the webhook at our public address, as Twilio does, and read its answer."""
    form = form_of(typed, config)
    sid, began = form["MessageSid"], monotonic()
    try:
        answer = _posted(f"{config.public_url}{WEBHOOK}", form, config.twilio_auth_tokens[0])
    except requests.RequestException as failure:
        why = SLOW if isinstance(failure, requests.Timeout) else AWAY
        said = why.format(address=config.public_url, seconds=PATIENCE_S)
        return Delivery(sid, None, _milliseconds_since(began), fault=said)
    messages, fault = read_answer(answer.status_code, answer.content)
    return Delivery(sid, answer.status_code, _milliseconds_since(began), messages, fault)


def form_of(typed: Typed, config: Config) -> dict[str, str]:
    """Write a message as the form that Twilio posts."""
    sid = f"SM{uuid4().hex}"
    return {
        "MessageSid": sid,
        "SmsMessageSid": sid,
        "SmsSid": sid,
        "AccountSid": config.twilio_account_sid,
        "From": typed.address,
        "To": config.our_address,
        "Body": typed.body,
        "NumMedia": "0",
        "NumSegments": "1",
        "ProfileName": PROFILE_NAME,
        "WaId": typed.number.removeprefix("+"),
        "MessageType": "text",
        "SmsStatus": "received",
        "ReferralNumMedia": "0",
        "ApiVersion": "2010-04-01",
    }


def read_answer(status: int, content: bytes) -> tuple[tuple[str, ...], str | None]:
    """Read what the phone shows of an answer.

    Returns:
        The messages, in order; and a sentence that says why nothing can be shown, or None.
    """
    if status != requests.codes.ok:
        return (), REFUSALS.get(status, STRANGE.format(status=status))
    try:
        response = ET.fromstring(content)  # noqa: S314 - our own server wrote it
    except ET.ParseError:
        return (), NO_TWIML
    if response.tag != "Response":
        return (), NO_TWIML
    return tuple("".join(message.itertext()) for message in response.iter("Message")), None


def _posted(address: str, form: dict[str, str], token: str) -> requests.Response:
    signature = RequestValidator(token).compute_signature(address, form)
    with requests.Session() as session:
        session.trust_env = False  # a proxy of the developer's shell does not know this machine
        return session.post(
            address,
            data=form,
            headers={"X-Twilio-Signature": signature},
            timeout=PATIENCE_S,
            allow_redirects=False,
        )


def _milliseconds_since(began: float) -> int:
    return round((monotonic() - began) * 1000)
