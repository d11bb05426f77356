"""Pictures made for the tests: small ones that a browser shows, and the first bytes of others."""

from __future__ import annotations

import zlib
from base64 import b64encode
from struct import pack

JPEG = b"\xff\xd8\xff\xe0 and so on"
WEBP = b"RIFF\x0a\x00\x00\x00WEBPVP8 and so on"


def png(width: int = 40, height: int = 30) -> bytes:
    """Draw a picture of one grey."""
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    head = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(name, content) for name, content in parts)


def in_base64(content: bytes) -> str:
    """Write a file as the page does."""
    return b64encode(content).decode()


def _part(name: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + name + content + pack(">I", zlib.crc32(name + content))
