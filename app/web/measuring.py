"""PostgreSQL's own figures as gauges; asked now and then, and never worth a failed scrape."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from threading import Lock
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from app import clock, db, log, metrics
from app.clock import monotonic
from app.db.figures import Rows, ask, figures
from app.errors import DatabaseAway

Row = Mapping[str, Any]
EVERY_S = 15.0
"""How old the figures may be (house): they are costlier than a count of ours."""
MEASURE_S = 2.0
UNKNOWN = float("nan")
STATES = ("active", "idle", "idle in transaction")
REFRESH = "policy_refresh_continuous_aggregate"

_lock = Lock()
_next: list[float] = [0.0]


def measure_database() -> None:
    """Set the gauges, unless they were set within the last 15 s or are being set now."""
    if not _lock.acquire(blocking=False):
        return
    try:
        if monotonic() >= _next[0]:
            _next[0] = monotonic() + EVERY_S
            measure_now()
    finally:
        _lock.release()


def measure_now() -> None:
    """Set the gauges; what cannot be asked is not-a-number."""
    _unset()
    try:
        with db.deadline(MEASURE_S), db.transaction() as connection:
            _ask_all(connection)
            newest = db.last_beat(connection, clock.HEARTBEAT)
        copy = db.replica()
        lag = copy.lag(newest) if copy else None
    except (DatabaseAway, DBAPIError) as fault:
        log.error("measuring_failed", fault)
        return
    if lag is not None:
        metrics.REPLICA_LAG_SECONDS.set(lag / timedelta(seconds=1))


def forget() -> None:
    """Let the next scrape ask again."""
    _next[0] = 0.0


def _ask_all(connection: Connection) -> None:
    for figure in figures():
        if figure.name in GAUGES:
            answer = ask(connection, figure)
            if isinstance(answer, Rows):
                GAUGES[figure.name](answer.by_name())


def _unset() -> None:
    for gauge in (
        metrics.SLOW_STATEMENTS,
        metrics.DATABASE_BYTES,
        metrics.REPLICA_LAG_SECONDS,
        metrics.AVERAGE_LAG_SECONDS,
        *(metrics.CACHE_HIT_RATIO.labels(of) for of in ("indexes", "tables")),
        *(metrics.CONNECTIONS.labels(state) for state in (*STATES, "other")),
    ):
        gauge.set(UNKNOWN)


def _cache_hits(rows: Sequence[Row]) -> None:
    for row in rows:
        if row["hit_percent"] is not None:
            metrics.CACHE_HIT_RATIO.labels(row["of"]).set(float(row["hit_percent"]) / 100)


def _connections(rows: Sequence[Row]) -> None:
    for state in STATES:
        found = [row["connections"] for row in rows if row["state"] == state]
        metrics.CONNECTIONS.labels(state).set(sum(found))
    others = [row["connections"] for row in rows if row["state"] not in STATES]
    metrics.CONNECTIONS.labels("other").set(sum(others))


def _slow_statements(rows: Sequence[Row]) -> None:
    metrics.SLOW_STATEMENTS.set(rows[0]["slow_statements"] if rows else 0)


def _sizes(rows: Sequence[Row]) -> None:
    metrics.DATABASE_BYTES.set(rows[0]["bytes"])


def _daily_average_lag(rows: Sequence[Row]) -> None:
    metrics.AVERAGE_LAG_SECONDS.set(rows[0]["lag_seconds"])


def _timescaledb_jobs(rows: Sequence[Row]) -> None:
    for row in rows:
        if row["procedure"] == REFRESH and row["lag_seconds"] is not None:
            metrics.AVERAGE_LAG_SECONDS.set(row["lag_seconds"])


def _chunks(rows: Sequence[Row]) -> None:
    for state, column in (("all", "chunks"), ("compressed", "compressed")):
        metrics.CHUNKS.labels(state).set(sum(row[column] for row in rows))


GAUGES: Mapping[str, Callable[[Sequence[Row]], None]] = {
    "cache_hits": _cache_hits,
    "connections": _connections,
    "slow_statements": _slow_statements,
    "sizes": _sizes,
    "daily_average_lag": _daily_average_lag,
    "timescaledb_jobs": _timescaledb_jobs,
    "chunks": _chunks,
}
