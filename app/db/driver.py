"""What only psycopg can do on a connection: a pipeline, a copy. Its faults are SQLAlchemy's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import psycopg
from psycopg import sql
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


@contextmanager
def pipelined(connection: Connection) -> Iterator[None]:
    """Send the statements inside together, in one round trip; they may not return rows.

    Raises:
        DBAPIError: As `Connection.execute` does, at the end of the block at the latest.
    """
    driver = _driver(connection)
    with _told_as_sqlalchemy(connection, "pipeline"), driver.pipeline():
        yield


def copy_rows(
    connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> int:
    """Copy rows into a table in the connection's transaction; say how many they were.

    Raises:
        DBAPIError: As `Connection.execute` does.
    """
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with _told_as_sqlalchemy(connection, "COPY"), _driver(connection).cursor() as cursor:
        with cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
        return cursor.rowcount


def _driver(connection: Connection) -> psycopg.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)  # noqa: S101 - for the type checker
    return driver


@contextmanager
def _told_as_sqlalchemy(connection: Connection, statement: str) -> Iterator[None]:
    """Raise what SQLAlchemy makes of an error that psycopg raises outside of it."""
    driver = _driver(connection)
    try:
        yield
    except psycopg.Error as fault:
        if driver.closed:
            connection.invalidate()
        raise DBAPIError.instance(
            statement,
            None,
            fault,
            psycopg.Error,
            hide_parameters=True,
            connection_invalidated=driver.closed,
            dialect=connection.dialect,
        ) from fault
