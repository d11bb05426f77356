"""Twilio's JSON: a message, and an error. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from app.simulator.twilio.message import Direction, Kept

VERSION = "2010-04-01"
SEGMENT = 160
"""Characters; roughly, as Twilio counts no segments for WhatsApp."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why Twilio does not do what it is asked.

    Attributes:
        status: HTTP's.
        code: Twilio's own; its list is at twilio.com/docs/api/errors.
    """

    status: int
    code: int
    message: str


def error(refusal: Refusal) -> dict[str, Any]:
    """Write an error as Twilio's API does."""
    return {
        "code": refusal.code,
        "message": refusal.message,
        "more_info": f"https://www.twilio.com/docs/errors/{refusal.code}",
        "status": refusal.status,
    }


def message(kept: Kept, account: str) -> dict[str, Any]:
    """Write a message as Twilio's API does."""
    said = kept.message
    path = f"{messages_path(account)}/{said.sid}"
    return {
        "account_sid": account,
        "api_version": VERSION,
        "body": said.body,
        "date_created": moment(said.created_at),
        "date_sent": moment(kept.sent_at) if kept.sent_at else None,
        "date_updated": moment(kept.updated_at),
        "direction": said.direction,
        "error_code": kept.error_code,
        "error_message": None,
        "from": said.sender,
        "messaging_service_sid": None,
        "num_media": "1" if kept.media_sid else "0",
        "num_segments": "1" if said.direction is Direction.INBOUND else segments(said.body),
        "price": None,
        "price_unit": None,
        "sid": said.sid,
        "status": said.status,
        "subresource_uris": {"media": f"{path}/Media.json"},
        "to": said.recipient,
        "uri": f"{path}.json",
    }


def messages_path(account: str) -> str:
    """Give the path of an account's messages, as Twilio's own pages name it."""
    return f"/{VERSION}/Accounts/{account}/Messages"


def moment(at: datetime) -> str:
    """Write an aware moment as RFC 2822 has it, to the second."""
    return format_datetime(at)


def segments(body: str) -> str:
    """Count the parts of a text, at least one."""
    return str(max(1, -(-len(body) // SEGMENT)))
