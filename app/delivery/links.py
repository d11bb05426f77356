"""Addresses of files that a message brings: signed, and good for a few hours only.

An address names the row of the outbox and nothing else of the person; the file is made when it is
fetched, and lies nowhere. The key is made of the channel's token, so that it changes with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest, digest
from uuid import UUID

GOOD_FOR = timedelta(hours=6)
"""Twilio fetches a file when it sends the message, which it holds back for four hours at most."""
PURPOSE = b"procare media"
"""What sets this use of the token apart from every other."""


def media_url(public_url: str, token: str, outbound_id: UUID, now: datetime) -> str:
    """Give the address of the file that a row of the outbox brings."""
    until = int((now + GOOD_FOR).timestamp())
    signed = signature(token, outbound_id, until)
    return f"{public_url}/media/{outbound_id}?until={until}&signature={signed}"


def is_good(
    tokens: Iterable[str], outbound_id: UUID, until: int, signed: str, now: datetime
) -> bool:
    """Say whether an address is one of ours, and still good."""
    known = [compare_digest(signature(each, outbound_id, until), signed) for each in tokens]
    return any(known) and now.timestamp() < until


def signature(token: str, outbound_id: UUID, until: int) -> str:
    """Sign a row and the moment until which its file may be fetched."""
    key = digest(token.encode(), PURPOSE, sha256)
    return digest(key, f"{outbound_id} {until}".encode(), sha256).hex()
