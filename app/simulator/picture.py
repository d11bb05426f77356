"""A picture that a phone sends: what kind it is, by its first bytes, and how large. Pure."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass
from typing import Any

import regex

LARGEST = 1024 * 1024
"""Bytes."""
KINDS = {
    "image/jpeg": regex.compile(rb"\xff\xd8\xff"),
    "image/png": regex.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/webp": regex.compile(rb"RIFF....WEBP", regex.DOTALL),
}
"""The content types a phone can send, each with the first bytes of its files."""
STRANGE = "A phone sends JPEG, PNG and WebP pictures only: this file is none."
TOO_LARGE = "A picture has at most 1 MB: this file is larger."


class BadPictureError(ValueError):
    """No phone can send this picture; the reason is a sentence for the page."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it leaves the phone.

    Attributes:
        content_type: One of `KINDS`, whatever the file was called.
        content: The file's bytes.
    """

    content_type: str
    content: bytes


def picture_from(words: Any) -> Picture:
    """Make a picture of a field of the page's JSON: the file in Base64.

    Raises:
        BadPictureError: It is none, of another kind, or too large.
    """
    try:
        content = b64decode(words, validate=True)
    except (TypeError, ValueError):
        raise BadPictureError(STRANGE) from None
    kind = next((kind for kind, begin in KINDS.items() if begin.match(content)), None)
    if kind is None:
        raise BadPictureError(STRANGE)
    if len(content) > LARGEST:
        raise BadPictureError(TOO_LARGE)
    return Picture(kind, content)
