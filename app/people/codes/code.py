"""A one-time code: made of an invitation and a key, kept as a keyed hash only. Pure.

Nothing random is needed: without the key the digits cannot be told from chance, and the same
message makes the same code however often it is handled.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

import regex

LIVES = timedelta(minutes=10)
TRIES = 5
AT_MOST, WITHIN = 3, timedelta(hours=1)
"""So many codes a patient may have made within so long."""
WORD = "CARE"
"""What stands before the digits in the link that the patient forwards."""
_DIGITS = 6
_SAID = regex.compile(rf"\s*(?P<word>{WORD}\W*)?(?P<code>[0-9]{{{_DIGITS}}})\s*", regex.IGNORECASE)
NOBODYS = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Said:
    """Six digits that may be a code, and whether the word stood before them."""

    code: str
    with_word: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """An invitation that waits for the sender's code.

    Attributes:
        patient: What the patient is called.
        code_hash: As `hashed` makes it.
    """

    invitation_id: UUID
    patient: str
    code_hash: str


def said_in(body: str) -> Said | None:
    """Read a message that is nothing but a code; None for any other."""
    found = _SAID.fullmatch(body)
    return Said(found["code"], bool(found["word"])) if found else None


def code_of(key: bytes, invitation_id: UUID) -> str:
    """Give the six digits of an invitation."""
    drawn = hmac.new(key, b"code" + invitation_id.bytes, sha256).digest()
    return f"{int.from_bytes(drawn[:8]) % 10**_DIGITS:0{_DIGITS}}"


def hashed(key: bytes, invitation_id: UUID, code: str) -> str:
    """Give what is kept of a code."""
    return hmac.new(key, b"kept" + invitation_id.bytes + code.encode(), sha256).hexdigest()


def offer_of(key: bytes, offers: tuple[Offer, ...], code: str) -> Offer | None:
    """Find the invitation whose code this is; as much work is done where there is none."""
    found = None
    for offer in offers or (Offer(NOBODYS, "", ""),):
        if hmac.compare_digest(hashed(key, offer.invitation_id, code), offer.code_hash):
            found = offer
    return found


def expires_at(sent_at: datetime) -> datetime:
    """Say until when a code may be used."""
    return sent_at + LIVES
