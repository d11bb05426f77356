"""The file that a message of the service brings: fetched where the message says, as Twilio does."""

from __future__ import annotations

import requests

from app.simulator.picture import KINDS, LARGEST, Picture

PATIENCE_S = 15
"""Twilio waits no longer for a file."""
CHUNK = 65_536


class NotFetchedError(Exception):
    """There is no file at the address, or it is too large."""


def fetched(address: str) -> Picture | None:
    """Fetch a file, first its head and then all of it; None for one that is no picture.

    Raises:
        NotFetchedError: Nobody answered, or answered anything but a file.
    """
    try:
        with requests.Session() as session:
            session.trust_env = False  # a proxy of the developer's shell does not know this machine
            session.head(address, timeout=PATIENCE_S).raise_for_status()
            answer = session.get(address, timeout=PATIENCE_S, allow_redirects=False, stream=True)
            answer.raise_for_status()
            content = _read(answer)
    except requests.RequestException:
        raise NotFetchedError from None  # whose words name the address, which opens the file
    kind = answer.headers.get("Content-Type", "")
    return Picture(kind, content) if kind in KINDS else None


def _read(answer: requests.Response) -> bytes:
    content = b""
    for chunk in answer.iter_content(CHUNK):
        content += chunk
        if len(content) > LARGEST:
            raise NotFetchedError
    return content
