"""What the page is told as it happens: one stream of server-sent events for all its phones."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from json import dumps
from pathlib import Path
from threading import Event, Lock
from typing import Any

from app import clock
from app.clock import monotonic
from app.simulator.moving import Position, position
from app.simulator.twilio import exchange
from app.simulator.twilio.message import Direction, Kept

LOOK_S = 0.2
LASTS_S = 25.0
"""A stream holds one of the server's few threads, so it ends; the browser comes back by itself."""
MOST = 2
"""Streams of one process; there are two, and each has four threads."""
RETRY_MS = 300
QUIET = ":\n\n"
"""A comment: sent at each look, so that a stream whose page is gone ends."""


class Places:
    """The streams of this process: where there are too many, the oldest ends."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: deque[Event] = deque()
        self._lock = Lock()

    def take(self) -> Event:
        """Begin a stream; it is over when the event is set."""
        over = Event()
        with self._lock:
            self._taken.append(over)
            if len(self._taken) > self._most:
                self._taken.popleft().set()
        return over

    def leave(self, over: Event) -> None:
        """End a stream."""
        with self._lock:
            if over in self._taken:
                self._taken.remove(over)


places = Places(MOST)


def stream(folder: Path, cursor: int) -> Iterator[str]:
    """Tell what was said since a cursor and is said from now on, and how the clock moves."""
    over = places.take()
    try:
        yield f"retry: {RETRY_MS}\n\n"
        yield from _told(folder, cursor, over)
    finally:
        places.leave(over)


def _told(folder: Path, cursor: int, over: Event) -> Iterator[str]:
    until, stood = monotonic() + LASTS_S, None
    while monotonic() < until and not over.is_set():
        at, news = position(), exchange.since(folder, cursor)
        if news:
            cursor = news[-1].cursor
            yield _event("said", shown(news), cursor)
        if at != stood:  # after what was said: a clock that has arrived has left nothing behind
            stood = at
            yield _event("clock", clock_state(at))
        yield QUIET
        over.wait(LOOK_S)


def clock_state(at: Position) -> dict[str, Any]:
    """Write where the clock stands for the page."""
    return {
        "now": clock.now().isoformat(),
        "offset_s": int(at.offset.total_seconds()),
        "wanted_s": int(at.wanted.total_seconds()),
    }


def shown(news: Iterable[Kept]) -> list[dict[str, Any]]:
    """Write messages for the page."""
    return [
        {
            "sid": each.message.sid,
            "number": each.number,
            "phone": each.message.phone.removeprefix("whatsapp:"),
            "is_mine": each.message.direction is Direction.INBOUND,
            "body": each.message.body,
            "media_sid": each.media_sid,
            "status": each.message.status,
            "at": each.message.created_at.isoformat(),
            "error_code": each.error_code,
        }
        for each in news
    ]


def _event(name: str, told: Any, cursor: int | None = None) -> str:
    mark = "" if cursor is None else f"id: {cursor}\n"
    return f"{mark}event: {name}\ndata: {dumps(told)}\n\n"
