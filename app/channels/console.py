"""Messages on the screen, for development without Twilio."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TextIO
from uuid import uuid4

from typing_extensions import override

from app import clock
from app.channels.base import Accepted, Channel, Received, Said, Sent, TemplateCall
from app.channels.words import cleaned


class Console(Channel):
    """Prints what is sent and keeps it until the process ends; nobody answers."""

    def __init__(self, screen: TextIO | None = None) -> None:
        self._screen = screen or sys.stdout
        self._kept: list[tuple[str, Sent]] = []

    @override
    def send(
        self, address: str, what: Said, *, callback_url: str, valid_for_s: int | None = None
    ) -> Accepted:
        sent = Sent(f"SM{uuid4().hex}", _shown(what), clock.now(), "sent")
        self._kept.append((address, sent))
        self._screen.write(f"to {address}\n{sent.body}\n\n")
        return Accepted(sent.sid)

    @override
    def find(self, address: str, since: datetime, body: str | None = None) -> list[Sent]:
        return [
            sent
            for to, sent in reversed(self._kept)
            if to == address and sent.created_at >= since and body in {None, sent.body}
        ]

    @override
    def received_since(self, moment: datetime) -> list[Received]:
        return []


def _shown(what: Said) -> str:
    if isinstance(what, TemplateCall):
        return f"[template {what.content_sid}] {' | '.join(what.variables)}".rstrip()
    file = f"\n[file {what.media_url}]" if what.media_url else ""
    return cleaned(what.body) + file
