"""What every channel can do. A channel knows addresses and words, and no rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Words:
    """Free text: what may be said to somebody who wrote within the last 24 hours.

    Attributes:
        media_url: Where the channel fetches the file that goes with it; None for no file.
    """

    body: str
    media_url: str | None = None


@dataclass(frozen=True, slots=True)
class TemplateCall:
    """A template that the channel approved, and what stands in its places.

    Attributes:
        content_sid: The template's id with the channel.
        variables: In the order of the template's numbers, from 1.
        has_buttons: It says all there is to say, and can be answered by a tap: better than words.
    """

    content_sid: str
    variables: tuple[str, ...] = ()
    has_buttons: bool = False


Said = Words | TemplateCall


@dataclass(frozen=True, slots=True)
class Accepted:
    """The channel took a message; `sid` is its own id for it."""

    sid: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that the channel says it took from us earlier.

    Attributes:
        status: In the channel's own word.
        error_code: The channel's code of what went wrong; None for nothing.
    """

    sid: str
    body: str
    created_at: datetime
    status: str
    error_code: str | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A message that the channel says a person sent to us."""

    sid: str
    address: str
    body: str
    received_at: datetime
    phone_number: str | None = None
    media_count: int = 0


class Channel(Protocol):
    """A way to a person's phone."""

    def send(
        self, address: str, what: Said, *, callback_url: str, valid_for_s: int | None = None
    ) -> Accepted:
        """Hand a message over.

        Args:
            address: As `whatsapp:+91…`.
            what: Free text, or a template.
            callback_url: Where the channel reports what becomes of it.
            valid_for_s: How long it is still wanted; None for as long as the channel likes.

        Raises:
            DeliveryError: It was refused, or nobody knows whether it was taken.
        """

    def find(self, address: str, since: datetime, body: str | None = None) -> list[Sent]:
        """List what the channel took for an address from a moment on, latest first.

        Args:
            address: To whom.
            since: Aware, included.
            body: Only messages of these words; None for all.

        Raises:
            DeliveryError: The channel does not say.
        """

    def received_since(self, moment: datetime) -> list[Received]:
        """List what people sent to us from a moment on, earliest first.

        Raises:
            DeliveryError: The channel does not say.
        """
