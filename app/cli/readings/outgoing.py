"""`flask export-readings`: a patient's history becomes a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkstemp
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import click
from sqlalchemy import Connection, Row, Select, select

from app import db
from app.cli.readings.operator import holder_of, refusals
from app.glucose.importing.line import FileReading, Source
from app.glucose.importing.own import COLUMNS, line_of
from app.glucose.tables import GlucoseReading
from app.parsing.meanings import GlucoseState
from app.parsing.units import Unit

AT_ONCE = 2000
"""Readings fetched at once: there may be more than memory holds."""
INSTANT = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%z"])


class Asked(NamedTuple):
    """What of a patient's readings is wanted."""

    phone_number: str
    since: datetime | None
    until: datetime | None


@click.command("export-readings")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--patient", "phone_number", required=True, help="The patient's number, as +91….")
@click.option("--since", type=INSTANT, help="Included; a day begins in the patient's zone.")
@click.option("--until", type=INSTANT, help="Not included.")
def export_command(
    file: Path, phone_number: str, since: datetime | None, until: datetime | None
) -> None:
    """Write a patient's readings to FILE, a CSV that import-readings reads.

    The file holds a patient's values and words: keep it as the database is kept.
    """
    asked = Asked(phone_number, since, until)
    with refusals():
        count = db.read(lambda connection: _write(file, _lines(connection, asked)))
    click.echo(f"Exported: {count}.")


def _lines(connection: Connection, asked: Asked) -> Iterator[list[str]]:
    """Give the readings in [since, until) as lines, earliest first."""
    patient_id, zone = holder_of(connection, asked.phone_number)
    wanted = _readings(patient_id)
    if asked.since is not None:
        wanted = wanted.where(GlucoseReading.recorded_at >= _in(zone, asked.since))
    if asked.until is not None:
        wanted = wanted.where(GlucoseReading.recorded_at < _in(zone, asked.until))
    with connection.execute(wanted, execution_options={"yield_per": AT_ONCE}) as found:
        for row in found:
            yield line_of(_of_file(row), zone)


def _in(zone: ZoneInfo, given: datetime) -> datetime:
    return (given if given.tzinfo else given.replace(tzinfo=zone)).astimezone(UTC)


def _readings(patient_id: UUID) -> Select[*tuple[Any, ...]]:
    kept = GlucoseReading
    return (
        select(
            kept.recorded_at, kept.value, kept.unit, kept.source, kept.state, kept.notes, kept.id
        )
        .where(kept.patient_id == patient_id)
        .order_by(kept.recorded_at, kept.id)
    )


def _of_file(row: Row[*tuple[Any, ...]]) -> FileReading:
    return FileReading(
        row.recorded_at,
        row.value,
        Unit(row.unit),
        Source(row.source),
        GlucoseState(row.state),
        row.notes,
        str(row.id),
    )


def _write(file: Path, lines: Iterator[list[str]]) -> int:
    """Write the lines aside, for nobody else to read, and name them when all are there."""
    handle, name = mkstemp(dir=file.parent, prefix=f".{file.name}.")
    aside, count = Path(name), 0
    try:
        with open(handle, "w", encoding="utf-8", newline="") as text:  # noqa: PTH123 - a handle
            table = csv.writer(text)
            table.writerow(COLUMNS)
            for line in lines:
                table.writerow(line)
                count += 1
        aside.replace(file)
    except BaseException:
        aside.unlink()
        raise
    return count
