"""How fast one sender may speak."""

from threading import Lock

from app.clock import monotonic


class Bucket:
    """A bucket of tokens that fills at a steady rate; each message takes one."""

    def __init__(self, per_second: float) -> None:
        self._lock = Lock()
        self._per_second = per_second
        self._free_at = monotonic()

    def take(self) -> float:
        """Take a token, or promise to; the seconds to wait before it is there."""
        with self._lock:
            now = monotonic()
            self._free_at = max(self._free_at, now - 1) + 1 / self._per_second
            return max(0.0, self._free_at - now)
