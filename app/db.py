"""PostgreSQL: one engine a process, made when first needed; limits that make hanging impossible.

Statements are SQLAlchemy Core over the typed tables of each domain. A turn's writes travel in one
round trip (`pipelined`), and everything a turn asks ends at its `deadline`, even when the server
is frozen and its own time-outs no longer run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from math import inf
from typing import Any, Self

import psycopg
from psycopg.abc import RV, PQGen
from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    Connection,
    CursorResult,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    Text,
    create_engine,
    func,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Mapped, mapped_column
from sqlalchemy.sql.compiler import SQLCompiler
from typing_extensions import override

from app.clock import monotonic
from app.config import config
from app.errors import DatabaseAway, DatabaseBusy

WAIT_FOR_CONNECTION_S = 2
STATEMENT_MS = 3000
LOCK_MS = 2000
CONNECT_S = 2
POOL_SIZE = 8
"""Twice the threads of a web process, half those of a drain, whose transactions are short; none is
opened and closed again under load."""

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The parent of every table: text without a length, instants with a zone."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {str: Text, datetime: DateTime(timezone=True)}  # noqa: RUF012 - SQLAlchemy's own form


class Stamped:
    """When a row was made and last changed, for people who look at the database."""

    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), sort_order=900)
    updated_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), onupdate=func.now(), sort_order=901
    )


class Heartbeat(Base):
    """When each of the processes that must not stand still was last at work."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Let everything asked of PostgreSQL inside end within so many seconds."""
    token = _deadline.set(monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


def seconds_left() -> float:
    """Say how long the present deadline is still away; endless where there is none."""
    until = _deadline.get()
    return inf if until is None else until - monotonic()


class DeadlineConnection(psycopg.Connection[Any]):
    """A connection that gives up, and is closed, when the deadline of its user has passed."""

    @override
    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for the server, no longer than the deadline."""
        left = seconds_left()
        if left == inf:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, max(left, 0.001))
        except psycopg.OperationalError:
            if seconds_left() <= 0:
                self.pgconn.finish()  # what it still sends would answer somebody else's question
            raise

    @classmethod
    def open(cls, url: str, limits: str) -> Self:
        """Connect, with the server's own limits set."""
        return cls.connect(url, connect_timeout=CONNECT_S, options=limits)


def make_engine(url: str, *, statement_ms: int = STATEMENT_MS, lock_ms: int = LOCK_MS) -> Engine:
    """Make an engine whose statements, locks and idle transactions have limits.

    There is no ping before use: a stale connection fails its first statement, and the turn, which
    is safe to run twice, is run again on a new one.
    """
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    limits = (
        f"-c statement_timeout={statement_ms} -c lock_timeout={lock_ms}"
        " -c idle_in_transaction_session_timeout=10000 -c timezone=UTC"
    )
    return create_engine(
        url,
        creator=lambda: DeadlineConnection.open(plain, limits),
        pool_size=POOL_SIZE,
        max_overflow=0,
        pool_timeout=WAIT_FOR_CONNECTION_S,
        hide_parameters=True,
    )


_engine_of = cache(make_engine)


def engine() -> Engine:
    """Give this process's engine; made on first use, so never shared over a fork."""
    return _engine_of(config().database_url)


@contextmanager
def transaction() -> Iterator[Connection]:
    """Open a transaction; committed at the end, rolled back on an error.

    Raises:
        DatabaseAway: PostgreSQL cannot be reached, was lost, or did not answer in time. Whether a
            commit that was under way took place is then unknown.
    """
    try:
        with engine().begin() as connection:
            yield connection
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


BUSY = frozenset({"55P03", "57014"})
"""SQLSTATEs: lock_not_available, query_canceled (by statement_timeout)."""
_DIALECT: Dialect = postgresql.psycopg.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own


def one_of(column: InstrumentedAttribute[Any], values: Iterable[object]) -> ColumnElement[bool]:
    """Say that a column holds one of a few fixed values, as a statement compiled once can."""
    return or_(*(column == value for value in values))


class Fixed:
    """A statement of the turn, compiled once: SQLAlchemy's part of each execution is saved.

    Rows come as psycopg gives them: an enum is its word. Everything that varies is a parameter;
    an `IN` list is not one, since its length is not fixed: see `one_of`.
    """

    def __init__(self, statement: ClauseElement, *names: str) -> None:
        """Compile a statement.

        Args:
            statement: Any; inserts and updates without `values` need the names of their columns.
            names: The columns to be written.
        """
        compiled = statement.compile(dialect=_DIALECT, column_keys=list(names) or None)
        assert isinstance(compiled, SQLCompiler)  # noqa: S101 - for the type checker
        binds = compiled.binds
        makers = {
            name: bind.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
            for name, bind in binds.items()
        }
        self._sql = str(compiled)
        self._makers = {name: make for name, make in makers.items() if make is not None}
        self._always = {n: bind.effective_value for n, bind in binds.items() if not bind.required}

    def run(self, connection: Connection, params: Mapping[str, object]) -> CursorResult[Any]:
        """Execute it, with every parameter that it needs."""
        given = {**self._always, **params}
        for name, make in self._makers.items():
            given[name] = make(given[name])
        return connection.exec_driver_sql(self._sql, given)


@contextmanager
def pipelined(connection: Connection) -> Iterator[None]:
    """Send the statements inside together, in one round trip; they may not return rows.

    Raises:
        DBAPIError: As `Connection.execute` does, at the end of the block at the latest.
    """
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)  # noqa: S101 - for the type checker
    try:
        with driver.pipeline():
            yield
    except psycopg.Error as fault:
        raise _wrapped(fault, connection, is_lost=driver.closed) from fault


def _wrapped(fault: psycopg.Error, connection: Connection, *, is_lost: bool) -> BaseException:
    """Give what SQLAlchemy makes of an error that psycopg raised outside of it."""
    if is_lost:
        connection.invalidate()
    return DBAPIError.instance(
        "pipeline",
        None,
        fault,
        psycopg.Error,
        hide_parameters=True,
        connection_invalidated=is_lost,
        dialect=connection.dialect,
    )


def beat(connection: Connection, name: str, now: datetime) -> None:
    """Note that a process is at work."""
    row = insert(Heartbeat).values(name=name, at=now)
    connection.execute(
        row.on_conflict_do_update(index_elements=[Heartbeat.name], set_={"at": row.excluded.at})
    )


def last_beat(connection: Connection, name: str) -> datetime | None:
    """Say when a process was last at work; None for never."""
    return connection.execute(select(Heartbeat.at).where(Heartbeat.name == name)).scalar()
