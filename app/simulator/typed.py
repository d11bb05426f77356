"""What is typed on the simulator's phone. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import regex

from app.simulator.picture import Picture, picture_from

NUMBER = regex.compile(r"\+[1-9][0-9]{6,14}")
HALF_CHARACTER = regex.compile(r"[\ud800-\udfff]")
"""A lone surrogate, which no form can carry."""
LONGEST_BODY = 4096
"""Characters; WhatsApp takes no more."""


class BadMessageError(ValueError):
    """No phone can send this; the reason is a sentence for the page."""


@dataclass(frozen=True, slots=True)
class Typed:
    """One message as it leaves the phone.

    Attributes:
        number: E.164.
        body: As typed, a picture's caption; empty only beside a picture.
        picture: Sent with it.
    """

    number: str
    body: str
    picture: Picture | None = None

    @property
    def address(self) -> str:
        """The phone's WhatsApp address, as Twilio writes it in `From`."""
        return f"whatsapp:{self.number}"


def typed_from(fields: Any) -> Typed:
    """Make a message of the page's JSON.

    Raises:
        BadMessageError: A field is missing or is not what a phone can send.
        BadPictureError: The picture is none that a phone can send.
    """
    number, body = _field(fields, "number"), _field(fields, "body")
    if not NUMBER.fullmatch(number):
        raise BadMessageError("The phone's number is not written as +919999999998.")
    picture = picture_from(fields["picture"]) if "picture" in fields else None
    if not ((body.strip() or picture) and len(body) <= LONGEST_BODY):
        raise BadMessageError(f"A message has 1 to {LONGEST_BODY} characters.")
    if HALF_CHARACTER.search(body):
        raise BadMessageError("The message holds half a character.")
    return Typed(number, body, picture)


def _field(fields: Any, name: str) -> str:
    field = fields.get(name) if isinstance(fields, dict) else None
    return field if isinstance(field, str) else ""
