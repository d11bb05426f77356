"""Readings into files and out of them: `flask import-readings`, `flask export-readings`."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import mkstemp
from typing import NamedTuple, TextIO
from uuid import UUID
from zoneinfo import ZoneInfo

import click
from sqlalchemy import Connection, select

from app import clock, db
from app.errors import DatabaseAway
from app.glucose.importing.encoding import LOOKED_AT, encoding_of
from app.glucose.importing.line import (
    BadFile,
    BadLine,
    DateOrder,
    FileReading,
    Terms,
)
from app.glucose.importing.own import COLUMNS
from app.glucose.importing.store import Imported, exported, import_readings
from app.glucose.importing.table import readings
from app.parsing.units import Unit
from app.people.tables import Patient, User

LONGEST_LINE = 1_000_000
TOLD_EVERY = 1000
"""Lines between two movements of the progress bar."""
INSTANT = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%z"])


class Holder(NamedTuple):
    """The patient whose readings they are."""

    patient_id: UUID
    zone: ZoneInfo


class Sieve:
    """Lets the readings through and tells the operator of the lines that are none.

    After the first bad line nothing more passes, unless bad lines are to be left out: nothing
    will be kept, and the rest is only read for its faults.
    """

    def __init__(self, *, leave_out_bad_lines: bool) -> None:
        self.bad = 0
        self._leaves_out = leave_out_bad_lines

    @property
    def refuses(self) -> bool:
        """Whether nothing may be kept."""
        return self.bad > 0 and not self._leaves_out

    def through(self, found: Iterator[FileReading | BadLine]) -> Iterator[FileReading]:
        """Give the readings."""
        for each in found:
            if isinstance(each, BadLine):
                self.bad += 1
                click.echo(f"Line {each.number}: {each.reason}.", err=True)
            elif not self.refuses:
                yield each


@click.command("import-readings")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--patient", "phone_number", required=True, help="The patient's number, as +91….")
@click.option("--unit", type=click.Choice(list(Unit)), help="Where the file does not name it.")
@click.option(
    "--dates",
    type=click.Choice(list(DateOrder)),
    help="What comes first in dates of LibreView; day-first unless times have AM and PM.",
)
@click.option("--leave-out-bad-lines", is_flag=True, help="Import the other lines; otherwise none.")
def import_command(
    file: Path,
    phone_number: str,
    unit: Unit | None,
    dates: DateOrder | None,
    *,
    leave_out_bad_lines: bool,
) -> None:
    """Add the readings of FILE, a CSV, to a patient's history.

    Read are LibreView's, Tidepool's and Nightscout's exports, and what export-readings writes.
    Local times are taken in the patient's zone. All of the file is imported or, with a line that
    is not fit, nothing; the same file again adds nothing. Imported readings are history: none
    alerts anybody, however low or high it is.
    """
    sieve = Sieve(leave_out_bad_lines=leave_out_bad_lines)
    with refusals(), db.transaction() as connection:
        holder = _holder(connection, phone_number)
        terms = Terms(holder.zone, clock.now(), unit, dates)
        with opened(file) as lines:
            kept = sieve.through(readings(lines, terms))
            imported = import_readings(connection, holder.patient_id, kept, terms.now)
        if sieve.refuses:
            raise BadFile(f"Nothing was imported: lines that are not fit: {sieve.bad}.")
    click.echo(_told(imported, sieve.bad))


def _told(imported: Imported, bad: int) -> str:
    told = f"Imported: {imported.added}. There already: {imported.known}."
    if not imported.added:
        told = f"Nothing new. {told}"
    return f"{told} Left out: {bad}." if bad else told


@contextmanager
def refusals() -> Iterator[None]:
    """Tell the operator in a sentence why a command ends with 1."""
    try:
        yield
    except BadFile as fault:
        raise click.ClickException(str(fault)) from None
    except UnicodeDecodeError:
        raise click.ClickException("The file is neither UTF-8 nor UTF-16.") from None
    except DatabaseAway:
        raise click.ClickException("The database was lost or gave no time; run it again.") from None


@contextmanager
def opened(file: Path) -> Iterator[Iterator[str]]:
    """Give the lines of a file, and show on stderr how far they have been read.

    Raises:
        BadFile: It is no text.
    """
    with file.open("rb") as raw:
        encoding = encoding_of(raw.read(LOOKED_AT))
    with file.open(encoding=encoding, newline="") as text:
        yield _lines(text)


def _lines(text: TextIO) -> Iterator[str]:
    size = os.fstat(text.fileno()).st_size
    with click.progressbar(length=size, label="Reading", file=sys.stderr) as bar:
        for number, line in enumerate(iter(partial(text.readline, LONGEST_LINE), ""), start=1):
            if len(line) == LONGEST_LINE:
                raise BadFile(f"Line {number} has over {LONGEST_LINE:,} characters.")
            if number % TOLD_EVERY == 0:
                bar.update(text.buffer.tell() - bar.pos)
            yield line
        bar.update(size - bar.pos)


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
    with refusals(), db.transaction() as connection:
        holder = _holder(connection, phone_number)
        lines = exported(
            connection,
            holder.patient_id,
            holder.zone,
            since=_in(holder.zone, since),
            until=_in(holder.zone, until),
        )
        count = _write(file, lines)
    click.echo(f"Exported: {count}.")


def _in(zone: ZoneInfo, given: datetime | None) -> datetime | None:
    if given is None:
        return None
    return (given if given.tzinfo else given.replace(tzinfo=zone)).astimezone(UTC)


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


def _holder(connection: Connection, phone_number: str) -> Holder:
    """Find a patient by their number.

    Raises:
        ClickException: There is none.
    """
    found = connection.execute(
        select(Patient.id, User.timezone)
        .join(User, User.id == Patient.user_id)
        .where(User.phone_number == phone_number)
    ).one_or_none()
    if found is None:
        raise click.ClickException("There is no patient with this number.")
    return Holder(found.id, ZoneInfo(found.timezone))
