"""The wall clock, read at the edges only."""

from datetime import UTC, datetime
from time import monotonic

__all__ = ["HEARTBEAT", "monotonic", "now"]

HEARTBEAT = "clock"
"""The name under which the clock process notes that it is at work."""


def now() -> datetime:
    """Read the present moment, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that reads the clock
