"""How much room a reading takes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text

from tests.benchmarks import report
from tests.benchmarks.history_fill import READINGS, Filled

ROOM = (
    "SELECT pg_relation_size(:t::regclass) AS rows, pg_indexes_size(:t::regclass) AS indexes,"
    " pg_total_relation_size(:t::regclass) AS total"
).replace(":t::regclass", f"'{READINGS}'::regclass")
LINE = "{:<26}{:>12}{:>17}{:>12}{:>12}\n"


def show(filled: Sequence[Filled]) -> None:
    """Print the bytes a reading, of the table, its indexes and what else belongs to it."""
    report.say("\nbytes a reading\n")
    report.say(LINE.format("readings", "table", "indexes", "rest", "in all"))
    for each in filled:
        with each.engine.begin() as connection:
            room = connection.execute(text(ROOM)).one()
        parts = (room.rows, room.indexes, room.total - room.rows - room.indexes, room.total)
        shares = [f"{part / each.size:.1f}" for part in parts]
        report.say(LINE.format(f"{each.size:,}", *shares))
