"""Reads that may lag a little: from the replica while it is well, else from the primary.

A read that the replica fails may be done again by the primary, whose rows are at least as new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TypeVar

from sqlalchemy import Connection

from app import metrics
from app.db.engines import engine
from app.db.faults import told_as_ours
from app.db.replicas import ReplicaAway, forget_replicas, replica

Answer = TypeVar("Answer")


@contextmanager
def reading() -> Iterator[Connection]:
    """Open a read-only transaction for what may lag: on the replica, or else on the primary.

    What the replica fails inside cannot be done again from here; whoever tries again is given the
    primary. `read` does so at once.

    Raises:
        DatabaseAway: The primary is away, or the replica was lost inside.
    """
    with ExitStack() as ending:
        connection = _from_replica(ending)
        yield connection or ending.enter_context(_reading_primary())


def read(question: Callable[[Connection], Answer]) -> Answer:
    """Ask something that may lag; asked again of the primary where the replica fails on the way.

    Args:
        question: Reads only, and may be asked twice.

    Raises:
        DatabaseAway: The primary is away.
    """
    try:
        with reading() as connection:
            return question(connection)
    except ReplicaAway:
        _count_fallback()
        with _reading_primary() as connection:
            return question(connection)


def _from_replica(ending: ExitStack) -> Connection | None:
    copy = replica()
    if copy is None:
        return None
    try:
        return ending.enter_context(copy.reading())
    except ReplicaAway:
        _count_fallback()
        return None


@contextmanager
def _reading_primary() -> Iterator[Connection]:
    with told_as_ours(), engine().connect() as connection:
        connection.execution_options(postgresql_readonly=True)
        with connection.begin():
            yield connection


def _count_fallback() -> None:
    metrics.FALLBACKS.labels("replica_away").inc()


def close() -> None:
    """Close every connection of this process that nobody uses; the next use opens others."""
    forget_replicas()
    engine().dispose()
