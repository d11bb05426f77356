"""`flask db-report`: what the database is doing, each figure beside what it should be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

import click
from sqlalchemy import Connection

from app import clock, db
from app.db import figures
from app.db.figures import Missing, Rows
from app.errors import DatabaseAway


@click.command("db-report")
def report_command() -> None:
    """Show what the database is doing, and what it should be doing."""
    try:
        with db.transaction() as connection:
            for line in report(connection):
                click.echo(line)
    except DatabaseAway as fault:
        raise click.ClickException("PostgreSQL is away.") from fault


def report(connection: Connection) -> Iterator[str]:
    """Give the whole report, line by line."""
    yield from _part("The read replica", "under 10 s behind.", [replica_line(connection)])
    for figure in figures.figures():
        answer = figures.ask(connection, figure)
        if answer is not None:
            yield from _part(figure.title, figure.expectation, answer_lines(answer))


def replica_line(connection: Connection) -> str:
    """Say how the replica is that we read from, by the heartbeats that have reached it."""
    copy = db.replica()
    if copy is None:
        return "DATABASE_READ_URL is not set: everything is read from the primary."
    try:
        lag = copy.lag(db.last_beat(connection, clock.HEARTBEAT))
    except DatabaseAway:
        return "AWAY: everything is read from the primary."
    return "No clock has run yet." if lag is None else f"{lag / timedelta(seconds=1):.0f} s behind."


def answer_lines(answer: Rows | Missing) -> list[str]:
    """Give an answer as a table of plain text, or why there is none."""
    match answer:
        case Missing(why):
            return [f"Not here: {why}"]
        case Rows(_, ()):
            return ["None."]
        case Rows(columns, rows):
            return table(columns, rows)


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """Set values in columns, numbers to the right."""
    words = [list(columns), *([_word(value) for value in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*words, strict=True)]
    numeric = [all(_is_number(row[place]) for row in rows) for place in range(len(columns))]
    ruled = [words[0], ["-" * width for width in widths], *words[1:]]
    return [
        "  ".join(
            word.rjust(width) if is_number else word.ljust(width)
            for word, width, is_number in zip(line, widths, numeric, strict=True)
        ).rstrip()
        for line in ruled
    ]


def _part(title: str, expectation: str, lines: list[str]) -> Iterator[str]:
    yield f"{title}  (expected: {expectation.rstrip('.')})"
    yield from (f"  {line}" for line in lines)
    yield ""


def _word(value: object) -> str:
    return "-" if value is None else str(value)


def _is_number(value: object) -> bool:
    return value is None or isinstance(value, int | float | Decimal)
