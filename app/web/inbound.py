"""Twilio's form as a message of ours. Bad fields are refused, unknown ones kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import regex

from app.channels.words import cleaned
from app.messaging.message import InboundMessage, Source

SID = regex.compile(r"(?:SM|MM)[0-9a-fA-F]{32}")
PHONE_ADDRESS = regex.compile(r"whatsapp:(\+[1-9][0-9]{6,14})")
NUMBERLESS_ADDRESS = regex.compile(r"whatsapp:[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")
MOST_MEDIA = 10


class BadFieldError(ValueError):
    """A field that Twilio always sends is missing or is not what it can be; it is named."""


def message_from(form: Mapping[str, str], received_at: datetime) -> InboundMessage:
    """Make a message of a signed form.

    Raises:
        BadFieldError: A field is not what it can be.
    """
    clean = {cleaned(name): cleaned(value) for name, value in form.items()}
    sender = _address(clean, "From")
    other = clean.get("ExternalUserId", "")
    return InboundMessage(
        sid=_sid(clean),
        address=sender,
        phone_number=_phone_number(sender),
        other_address=other if other != sender and is_address(other) else None,
        body=clean.get("Body", ""),
        button_payload=clean.get("ButtonPayload") or clean.get("ListId") or None,
        media_count=_media_count(clean),
        form=clean,
        received_at=received_at,
        source=Source.WEBHOOK,
    )


def is_address(words: str) -> bool:
    """Tell whether words are a WhatsApp address, with a number or without."""
    return bool(PHONE_ADDRESS.fullmatch(words) or NUMBERLESS_ADDRESS.fullmatch(words))


def _address(form: Mapping[str, str], field: str) -> str:
    if not is_address(form.get(field, "")):
        raise BadFieldError(field)
    return form[field]


def _phone_number(address: str) -> str | None:
    match = PHONE_ADDRESS.fullmatch(address)
    return match.group(1) if match else None


def _sid(form: Mapping[str, str]) -> str:
    sid = form.get("MessageSid", "")
    if not SID.fullmatch(sid):
        raise BadFieldError("MessageSid")
    return sid


def _media_count(form: Mapping[str, str]) -> int:
    count = form.get("NumMedia") or "0"
    if not (count.isascii() and count.isdigit() and int(count) <= MOST_MEDIA):
        raise BadFieldError("NumMedia")
    return int(count)
