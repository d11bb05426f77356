"""WhatsApp through Twilio."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import regex
import requests
from twilio.base.exceptions import TwilioException
from twilio.rest import Client
from typing_extensions import override
from urllib3.exceptions import MaxRetryError, NewConnectionError

from app.channels.base import Accepted, Channel, Received, Said, Sent, TemplateCall
from app.channels.codes import PERMANENT
from app.channels.http import PooledHttp
from app.channels.words import cleaned
from app.errors import DeliveryError

CONNECTIONS = 16
LISTED = 50
"""How many of the latest messages to one person are looked through."""
LARGEST_PAGE = 1000
"""Messages in one answer of the list of messages: as many as Twilio gives."""
LONGEST_VALID_S = 36_000
SERVER_FAULT = 500
PHONE = regex.compile(r"whatsapp:(\+[1-9][0-9]{6,14})")


class WhatsApp(Channel):
    """The real client, whose calls end within 13 seconds."""

    def __init__(self, account: str, token: str, ours: str, api_url: str | None = None) -> None:
        self._ours = ours
        http = PooledHttp(CONNECTIONS, api_url)
        self._messages = Client(account, token, http_client=http).messages

    @override
    def send(
        self, address: str, what: Said, *, callback_url: str, valid_for_s: int | None = None
    ) -> Accepted:
        fields: dict[str, Any] = _fields(what)
        if valid_for_s is not None:
            fields["validity_period"] = min(max(valid_for_s, 1), LONGEST_VALID_S)
        with _faults_told():
            made = self._messages.create(
                to=address, from_=self._ours, status_callback=callback_url, **fields
            )
        if not made.sid:
            raise DeliveryError("NO_SID", uncertain=True)
        return Accepted(made.sid)

    @override
    def find(self, address: str, since: datetime, body: str | None = None) -> list[Sent]:
        # Not by date: a message that is still queued has none, and would be taken for unsent.
        with _faults_told():
            listed = self._messages.list(to=address, from_=self._ours, limit=LISTED)
        sent = [_sent(one) for one in listed if one.direction != "outbound-reply"]
        return [one for one in sent if one.created_at >= since and body in {None, one.body}]

    @override
    def received_since(self, moment: datetime) -> list[Received]:
        with _faults_told():
            listed = list(
                self._messages.stream(to=self._ours, date_sent_after=moment, page_size=LARGEST_PAGE)
            )
        received = [_received(one) for one in listed if one.direction == "inbound"]
        return sorted(received, key=lambda one: one.received_at)


def _fields(what: Said) -> dict[str, Any]:
    if not isinstance(what, TemplateCall):
        file = {"media_url": [what.media_url]} if what.media_url else {}
        return {"body": cleaned(what.body), **file}
    numbered = {str(number): words for number, words in enumerate(what.variables, 1)}
    variables = {"content_variables": json.dumps(numbered, ensure_ascii=False)} if numbered else {}
    return {"content_sid": what.content_sid} | variables


def _sent(one: Any) -> Sent:
    code = str(one.error_code) if one.error_code else None
    return Sent(one.sid, one.body or "", _moment(one), one.status or "", code)


def _received(one: Any) -> Received:
    phone = PHONE.fullmatch(one.from_)
    return Received(
        sid=one.sid,
        address=one.from_,
        body=cleaned(one.body or ""),
        received_at=one.date_sent or _moment(one),
        phone_number=phone.group(1) if phone else None,
        media_count=int(one.num_media or 0),
    )


def _moment(one: Any) -> datetime:
    """When Twilio took it; one without a date is as new as can be."""
    created: datetime | None = one.date_created
    return created or datetime.max.replace(tzinfo=UTC)


@contextmanager
def _faults_told() -> Iterator[None]:
    """Say of every way a call can fail what it means for the message.

    Raises:
        DeliveryError: The call failed.
    """
    try:
        yield
    except TwilioException as fault:
        raise _refused(fault) from fault
    except requests.RequestException as fault:
        raise _unanswered(fault) from fault
    except ValueError as fault:  # an answer that is no JSON, to a call that succeeded
        raise DeliveryError("GARBLED", uncertain=True) from fault


def _refused(fault: TwilioException) -> DeliveryError:
    """Twilio answered. After a fault of its own it may have sent the message all the same."""
    status = getattr(fault, "status", SERVER_FAULT)
    code = str(getattr(fault, "code", None) or status)
    return DeliveryError(code, permanent=code in PERMANENT, uncertain=status >= SERVER_FAULT)


def _unanswered(fault: requests.RequestException) -> DeliveryError:
    """Nothing came back. Only a connection that was never made has certainly sent nothing."""
    cause = fault.args[0] if fault.args else None
    refused = isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)
    if refused or isinstance(fault, requests.ConnectTimeout):
        return DeliveryError("NO_CONNECTION")
    return DeliveryError(type(fault).__name__, uncertain=True)
