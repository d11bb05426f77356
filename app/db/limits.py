"""Limits that make hanging impossible, even on a server so frozen that it keeps none itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf
from typing import Any

import psycopg
from psycopg.abc import RV, PQGen
from typing_extensions import override

from app.clock import monotonic

STATEMENT_MS = 3000
LOCK_MS = 2000
CONNECT_S = 2

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Let everything asked of PostgreSQL inside end within so many seconds, or sooner.

    A deadline inside another one cannot put the outer one off.
    """
    token = _deadline.set(monotonic() + min(seconds, seconds_left()))
    try:
        yield
    finally:
        _deadline.reset(token)


def seconds_left() -> float:
    """Say how long the present deadline is still away; endless where there is none."""
    until = _deadline.get()
    return inf if until is None else until - monotonic()


class DeadlineConnection(psycopg.Connection[Any]):
    """A connection that gives up, and is closed, when the deadline of its user has passed.

    Attributes:
        longest_wait_s: How long a single answer may take besides; a server that keeps its own
            limits is never that late.
    """

    longest_wait_s: float = inf

    @override
    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for the server, no longer than the deadline."""
        allowed = min(seconds_left(), self.longest_wait_s)
        if allowed == inf:
            return super().wait(gen, interval, timeout)
        until = monotonic() + allowed
        try:
            return super().wait(gen, interval, max(allowed, 0.001))
        except psycopg.OperationalError:
            if monotonic() >= until:
                self.pgconn.finish()  # what it still sends would answer somebody else's question
            raise
