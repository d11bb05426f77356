"""A short memory that PostgreSQL is away, so that a hung server does not use up every thread.

While it lasts, messages go to the spool at once. One caller after another is let through to see
whether the server is back, so the memory needs no end of its own.
"""

from threading import Lock

from app.clock import monotonic

PROBE_EVERY_S = 2.0
"""How long a failure is taken to last (house): far below Twilio's patience of 15 s."""


class Outage:
    """What one web application knows of the server."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._until = 0.0

    def begin(self) -> None:
        """Note that the server failed just now."""
        with self._lock:
            self._until = monotonic() + PROBE_EVERY_S

    def is_on(self) -> bool:
        """Tell whether to go without the server; when it may be back, one caller tries."""
        with self._lock:
            if self._until == 0.0:
                return False
            if monotonic() < self._until:
                return True
            self._until = 0.0
            return False
