"""One message between a phone and the service, as the loopback Twilio keeps it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Direction(StrEnum):
    """Who spoke, and how: Twilio's words."""

    INBOUND = "inbound"
    API = "outbound-api"
    REPLY = "outbound-reply"


class Status(StrEnum):
    """How far a message is: those of Twilio's words that the loopback uses."""

    RECEIVED = "received"
    QUEUED = "queued"
    SENT = "sent"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    DELIVERED = "delivered"
    READ = "read"

    @property
    def rank(self) -> int:
        """How far along; a message never goes back."""
        return list(Status).index(self)


@dataclass(frozen=True, slots=True)
class Message:
    """What one side said to the other.

    Attributes:
        sid: `SM` and 32 hexadecimal digits.
        sender: A WhatsApp address: `whatsapp:+919999999998`.
        recipient: Likewise.
        body: What the phone shows; a template's text with its parameters filled in.
        created_at: Aware, UTC.
        status_callback: The whole address; None where nobody wants to know.
        content_sid: The template it was made of.
        in_reply_to: The inbound message's id that a TwiML answer belongs to.
    """

    sid: str
    direction: Direction
    sender: str
    recipient: str
    body: str
    status: Status
    created_at: datetime
    status_callback: str | None = None
    content_sid: str | None = None
    content_variables: str | None = None
    in_reply_to: str | None = None

    @property
    def phone(self) -> str:
        """The address of the phone that shows it: the side that is not the service."""
        return self.sender if self.direction is Direction.INBOUND else self.recipient


@dataclass(frozen=True, slots=True)
class Kept:
    """A message with what has become of it.

    Attributes:
        number: Its place in the order of all messages.
        cursor: Its place in the order of all changes; given to `exchange.since`.
        updated_at: Aware, UTC.
        sent_at: Aware, UTC; None until it was sent, or handed to the webhook.
        error_code: Twilio's; None while nothing went wrong.
        deleted: Whether the service had Twilio delete it. The phone still shows it.
        media_sid: The id of the picture that came with it: `ME` and 32 hexadecimal digits.
    """

    number: int
    cursor: int
    message: Message
    updated_at: datetime
    sent_at: datetime | None = None
    error_code: int | None = None
    deleted: bool = False
    media_sid: str | None = None
