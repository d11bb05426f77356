"""Filling a column of a table in use: a few rows at a time, each batch its own commit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from alembic import op
from sqlalchemy import Connection, text

ROWS = 1_000


@dataclass(frozen=True)
class Backfill:
    """What is to be done to the rows of a table, in SQL; what is done wants it no longer."""

    table: str
    key: tuple[str, ...]
    """The columns of the primary key, in its order."""
    change: str
    """What to set, as in `hba1c_goal = target_hba1c`."""
    todo: str
    """Which rows still want it, as in `hba1c_goal IS DISTINCT FROM target_hba1c`."""


def fill(work: Backfill, rows: int = ROWS) -> None:
    """Do a revision's backfill; offline, one statement is written out in its place."""
    context = op.get_context()
    with context.autocommit_block():
        if context.as_sql:
            op.execute(f"UPDATE {work.table} SET {work.change} WHERE {work.todo}")  # noqa: S608 - a revision's own words
        else:
            backfill(op.get_bind(), work, rows)


def backfill(connection: Connection, work: Backfill, rows: int = ROWS) -> int:
    """Change the rows that want it, in the order of their keys, and say how many were changed.

    A batch locks its rows for one statement, so that a person's message waits for one batch at
    most. Broken off, it is simply started again. A row that is written meanwhile is changed as it
    then is.

    Args:
        connection: In autocommit mode.
        work: What to do.
        rows: The most rows of a batch.

    Raises:
        ValueError: The connection is not in autocommit mode, and would keep every lock to the end.
    """
    if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
        raise ValueError("a backfill commits each batch: give it a connection in autocommit mode")
    changed = 0
    last = connection.execute(text(_batch(work, is_first=True)), {"rows": rows}).first()
    while last is not None:
        count, *key = last
        changed += count
        after = {f"key_{number}": value for number, value in enumerate(key)}
        values: dict[str, Any] = {"rows": rows, **after}
        last = connection.execute(text(_batch(work, is_first=False)), values).first()
    return changed


def _batch(work: Backfill, *, is_first: bool) -> str:
    """Write the statement of one batch; it gives the number of its rows and its last key."""
    names = ", ".join(f"key_{number}" for number, _ in enumerate(work.key))
    after = ", ".join(f":key_{number}" for number, _ in enumerate(work.key))
    key = ", ".join(work.key)
    ours = ", ".join(f"{work.table}.{column}" for column in work.key)
    beyond = "true" if is_first else f"({key}) > ({after})"
    return f"""
        WITH batch ({names}) AS (
            SELECT {key} FROM {work.table} WHERE {beyond} AND ({work.todo})
            ORDER BY {key} LIMIT :rows FOR NO KEY UPDATE
        ), changed AS (
            UPDATE {work.table} SET {work.change} FROM batch
            WHERE ({ours}) = ({names}) RETURNING 1
        )
        SELECT (SELECT count(*) FROM changed), batch.* FROM batch
        ORDER BY ROW({names}) DESC LIMIT 1
    """  # noqa: S608 - a revision's own words
