"""Statements of the turn, compiled once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ClauseElement, ColumnElement, Connection, CursorResult, Dialect, or_
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler

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
