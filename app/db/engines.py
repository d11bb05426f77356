"""One engine a process, made when first needed; the kind of process decides on its pool."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url

from app.config import config
from app.db.limits import CONNECT_S, LOCK_MS, STATEMENT_MS, DeadlineConnection

POOL_SIZE = 20
KEEPALIVE: dict[str, Any] = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,  # milliseconds, unlike its neighbours
}
"""A host that vanished without a word is noticed within 25 s; a server that is frozen answers
these, so they are no substitute for a deadline."""


@dataclass(frozen=True, slots=True)
class Pool:
    """How one kind of process holds its connections.

    Attributes:
        name: What PostgreSQL calls the process (`application_name`).
        wait_s: How long a thread waits for a connection while all are in use.
        is_tested: Whether a connection is asked for a sign of life before each use.
        size: How many there are at most; none is opened and closed again under load.
    """

    name: str
    wait_s: float = 10
    is_tested: bool = True
    size: int = POOL_SIZE


WEB = Pool("procare-web", wait_s=2, is_tested=False)
WORKER = Pool("procare-worker")
CLOCK = Pool("procare-clock")
COMMANDS = Pool("procare-cli")

_process: list[Pool] = [COMMANDS]


def serve_as(pool: Pool) -> None:
    """Say which kind of process this is, before its first use of the database."""
    _process[:] = [pool]


def process_pool() -> Pool:
    """Give the pool of this kind of process; a command's, unless another was named."""
    return _process[0]


def make_engine(
    url: str,
    *,
    statement_ms: int = STATEMENT_MS,
    lock_ms: int = LOCK_MS,
    pool: Pool | None = None,
    longest_wait_s: float = inf,
) -> Engine:
    """Make an engine whose statements, locks and idle transactions have limits.

    Args:
        url: Of the database.
        statement_ms: When the server ends a statement.
        lock_ms: When it gives up waiting for a lock.
        pool: This process's own where none is given.
        longest_wait_s: When we close a connection that does not answer.
    """
    pool = pool or process_pool()
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    limits = (
        f"-c statement_timeout={statement_ms} -c lock_timeout={lock_ms}"
        " -c idle_in_transaction_session_timeout=10000 -c timezone=UTC"
    )

    def connect() -> DeadlineConnection:
        made = DeadlineConnection.connect(
            plain,
            connect_timeout=CONNECT_S,
            application_name=pool.name,
            options=limits,
            **KEEPALIVE,
        )
        made.longest_wait_s = longest_wait_s
        return made

    return create_engine(
        url,
        creator=connect,
        pool_size=pool.size,
        max_overflow=0,
        pool_timeout=pool.wait_s,
        pool_pre_ping=pool.is_tested,
        hide_parameters=True,
    )


@cache
def _engine_of(url: str, pool: Pool) -> Engine:
    return make_engine(url, pool=pool)


def engine() -> Engine:
    """Give this process's engine; made on first use, so never shared over a fork."""
    return _engine_of(config().database_url, process_pool())
