"""Messages as values. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import NAMESPACE_URL, UUID, uuid5


class Source(StrEnum):
    """How a message reached us."""

    WEBHOOK = "WEBHOOK"
    SPOOL = "SPOOL"
    PULL = "PULL"
    RETRY = "RETRY"


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """One message as the channel delivered it, cleaned of what no database keeps.

    Attributes:
        sid: The channel's own id, unique.
        address: Who sent it, as the channel names them: `whatsapp:+91…` or `whatsapp:IN.…`.
        phone_number: E.164, or None for an address that carries none.
        body: The text; empty for a picture or a place.
        other_address: A second address of the same person that the channel named, or None.
        button_payload: The id of the button or list row tapped; None for typed text.
        media_count: How many pictures, voice notes or files came with it.
        form: Every field the channel sent, by name.
        received_at: Aware.
    """

    sid: str
    address: str
    body: str
    received_at: datetime
    phone_number: str | None = None
    other_address: str | None = None
    button_payload: str | None = None
    media_count: int = 0
    form: Mapping[str, str] = field(default_factory=dict)
    source: Source = Source.WEBHOOK

    @property
    def turn_id(self) -> UUID:
        """The id that everything made in this message's turn derives from: the same each time."""
        return uuid5(NAMESPACE_URL, f"message:{self.sid}")
