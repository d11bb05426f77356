"""What a fault of the database means: refused, busy, or away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.errors import DatabaseAway, DatabaseBusy

BUSY = frozenset({"55P03", "57014"})
"""SQLSTATEs: lock_not_available, query_canceled (by statement_timeout)."""


@contextmanager
def told_as_ours() -> Iterator[None]:
    """Tell of a database that is away or busy in our own words; whatever it refused stays.

    Raises:
        DatabaseAway: PostgreSQL cannot be reached, was lost, or did not answer in time.
        DatabaseBusy: It is there, and gave this one transaction no lock or no time.
    """
    try:
        yield
    except (DBAPIError, PoolTimeout) as fault:
        if is_busy(fault):
            raise DatabaseBusy(type(fault).__name__) from fault
        if is_away(fault):
            raise DatabaseAway(type(fault).__name__) from fault
        raise


def is_busy(fault: Exception) -> bool:
    """Tell whether the server ended one statement: a lock not had, or three seconds over."""
    return isinstance(fault, DBAPIError) and getattr(fault.orig, "sqlstate", None) in BUSY


def is_away(fault: Exception) -> bool:
    """Tell whether a fault means that PostgreSQL is away, rather than that it refused something."""
    if isinstance(fault, PoolTimeout):
        return True
    if not isinstance(fault, DBAPIError):
        return False
    state = getattr(fault.orig, "sqlstate", None)
    return fault.connection_invalidated or (
        isinstance(fault.orig, psycopg.OperationalError) and (state is None or _is_trouble(state))
    )


def _is_trouble(sqlstate: str) -> bool:
    """Connection lost, resources gone (a full disk), shutting down, cancelled, lock not had."""
    return sqlstate[:2] in {"08", "53", "57", "58"} or sqlstate == "55P03"
