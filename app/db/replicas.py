"""What this process knows of the read replica: how to reach it, and whether it failed of late."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from threading import Lock

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app import clock, log
from app.clock import monotonic
from app.config import config
from app.db.engines import Pool, make_engine, process_pool
from app.db.faults import is_away, is_busy, told_as_ours
from app.db.limits import STATEMENT_MS, deadline
from app.db.store import last_beat
from app.errors import DatabaseAway

AWAY_S = 10.0
"""How long a replica that failed is left alone (house)."""
LOOK_S = 1.0
"""How long the replica may take to show that it is well (house)."""
LONGEST_WAIT_S = STATEMENT_MS / 1000 + 1
"""The server ends a statement before that, unless it is frozen."""
MOST_LAG = timedelta(seconds=60)
"""A replica further behind is not read (house): a digest would miss what was told meanwhile."""
POOL_SIZE = 10
CONFLICT = "40001"
"""SQLSTATE: a standby that replays a clean-up cancels the reads that still need the rows."""


class ReplicaAway(DatabaseAway):
    """The replica did not answer, not in time, or not with what is new enough."""


class Replica:
    """The read replica, as this process sees it."""

    def __init__(self, url: str, pool: Pool) -> None:
        own = replace(pool, wait_s=LOOK_S, size=POOL_SIZE)
        made = make_engine(url, pool=own, longest_wait_s=LONGEST_WAIT_S)
        self.engine = made.execution_options(postgresql_readonly=True)
        self._lock = Lock()
        self._away_until = 0.0

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a read-only transaction.

        Raises:
            ReplicaAway: It is to be left alone, does not show that it is well, or was lost inside.
        """
        self._refuse_while_away()
        with told_as_ours(), self._losing(_is_lost), ExitStack() as ending:
            with self._losing(_whatever), deadline(LOOK_S):
                connection = ending.enter_context(self.engine.begin())
                self._refuse_if_behind(connection)
            self._note_well()
            yield connection

    def lag(self, newest: datetime | None) -> timedelta | None:
        """Say how far it is behind the newest heartbeat on the primary; None where nobody knows."""
        with told_as_ours(), deadline(LOOK_S), self.engine.begin() as connection:
            beaten = last_beat(connection, clock.HEARTBEAT)
        return newest - beaten if newest and beaten else None

    @contextmanager
    def _losing(self, is_lost: Callable[[Exception], bool]) -> Iterator[None]:
        """Note which faults inside are the replica's own."""
        try:
            yield
        except (DBAPIError, PoolTimeout) as fault:
            if not is_lost(fault):
                raise
            raise self._lost(fault) from fault

    def _refuse_while_away(self) -> None:
        """Let nobody wait for a replica that failed of late; then one reader looks after it."""
        with self._lock:
            if monotonic() < self._away_until:
                raise ReplicaAway
            if self._away_until:
                self._away_until = monotonic() + AWAY_S

    def _refuse_if_behind(self, connection: Connection) -> None:
        """Read the clock's heartbeat, which is never old on a replica that follows."""
        beaten = last_beat(connection, clock.HEARTBEAT)
        if beaten is not None and clock.now() - beaten > MOST_LAG:
            raise self._lost(None)

    def _lost(self, fault: Exception | None) -> ReplicaAway:
        with self._lock:
            self._away_until = monotonic() + AWAY_S
        log.error("replica_away", fault)
        return ReplicaAway(type(fault).__name__ if fault else "behind")

    def _note_well(self) -> None:
        with self._lock:
            self._away_until = 0.0


def _is_lost(fault: Exception) -> bool:
    """Tell whether the primary may answer what the replica did not; it is no faster, though."""
    conflict = isinstance(fault, DBAPIError) and getattr(fault.orig, "sqlstate", None) == CONFLICT
    return conflict or (is_away(fault) and not is_busy(fault))


def _whatever(_fault: Exception) -> bool:
    """Take any fault of a replica that is only looked at for its own: the address may be wrong."""
    return True


@cache
def _replica_at(url: str, pool: Pool) -> Replica:
    return Replica(url, pool)


def replica() -> Replica | None:
    """Give this process's replica; None where the deployment has none."""
    url = config().database_read_url
    return _replica_at(url, process_pool()) if url else None


def forget_replicas() -> None:
    """Close every connection to a replica, and forget how it was."""
    copy = replica()
    if copy:
        copy.engine.dispose()
    _replica_at.cache_clear()
