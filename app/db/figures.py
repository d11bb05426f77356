"""The figures that an operator watches: the queries of sql/monitoring, each asked on its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from app.db.faults import is_away

FOLDER = Path(__file__).parents[2] / "sql" / "monitoring"
NOT_ALLOWED = "this user may not read it: grant it the role pg_monitor."
REFUSED = "the server refused the query."
_IS_RELATION = text("SELECT to_regclass(:name) IS NOT NULL")
_IS_FUNCTION = text("SELECT to_regprocedure(:name) IS NOT NULL")
_NO_PRIVILEGE = "42501"


@dataclass(frozen=True, slots=True)
class Figure:
    """One query, and what its answer should be.

    Attributes:
        name: Of its file, without number and ending.
        title: What it shows.
        expectation: What is right.
        needs: A table, view or function without which it cannot be asked; empty for none.
        unless: One whose presence makes another file's query the better one; empty for none.
        without: What to do, or to know, where `needs` is missing; empty if another one tells it.
        sql: The query.
    """

    name: str
    title: str
    expectation: str
    needs: str
    unless: str
    without: str
    sql: str


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer: the columns' names, and rows of one value a column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]

    def by_name(self) -> list[Mapping[str, object]]:
        """Give each row as values by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Missing:
    """No answer, and why, in a sentence."""

    why: str


@cache
def figures() -> tuple[Figure, ...]:
    """Read the queries, in the order of their files."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.sql")))


def ask(connection: Connection, figure: Figure) -> Rows | Missing | None:
    """Ask for one figure; what the server refuses leaves the transaction as it was.

    Returns:
        None where another figure takes this one's place.

    Raises:
        DBAPIError: PostgreSQL is away.
    """
    if figure.unless and _is_here(connection, figure.unless):
        return None
    if figure.needs and not _is_here(connection, figure.needs):
        return Missing(figure.without) if figure.without else None
    try:
        with connection.begin_nested():
            found = connection.exec_driver_sql(figure.sql)
            return Rows(tuple(found.keys()), tuple(tuple(row) for row in found))
    except DBAPIError as fault:
        if is_away(fault):
            raise
        return Missing(_reason(fault, figure))


def _reason(fault: DBAPIError, figure: Figure) -> str:
    if getattr(fault.orig, "sqlstate", None) == _NO_PRIVILEGE:
        return NOT_ALLOWED
    return figure.without or REFUSED


def _is_here(connection: Connection, name: str) -> bool:
    question = _IS_FUNCTION if name.endswith(")") else _IS_RELATION
    return bool(connection.execute(question, {"name": name}).scalar_one())


def _read(path: Path) -> Figure:
    lines = path.read_text(encoding="utf-8").splitlines()
    remarks = [line.removeprefix("-- ") for line in lines if line.startswith("--")]
    told = dict(line.split(": ", 1) for line in remarks[1:] if ": " in line)
    return Figure(
        name=path.stem.partition("_")[2],
        title=remarks[0],
        expectation=told["Expect"],
        needs=told.get("Needs", ""),
        unless=told.get("Unless", ""),
        without=told.get("Without", ""),
        sql="\n".join(line for line in lines if not line.startswith("--")),
    )
