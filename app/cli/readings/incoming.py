"""`flask import-readings`: a file becomes a patient's history."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, TextIO

import click
from typing_extensions import override

from app import clock, db
from app.cli.readings.operator import holder_of, refusals
from app.glucose.importing.encoding import LOOKED_AT, encoding_of
from app.glucose.importing.line import (
    BadFile,
    BadLine,
    DateOrder,
    FileReading,
    Terms,
)
from app.glucose.importing.store import Imported, import_readings
from app.glucose.importing.table import readings
from app.glucose.jobs import average_imported
from app.parsing.units import Unit

LONGEST_LINE = 1_000_000
TOLD_EVERY = 1000
"""Lines between two movements of the progress bar."""


class WordOf(click.Choice[str]):
    """One of the values of an enumeration, as the operator writes them; its names are ours."""

    name = "word"

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__([word.value for word in words])
        self._words = words

    @override
    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> StrEnum:
        """Give the member whose value was written."""
        return self._words(super().convert(value, param, ctx))


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
@click.option("--unit", type=WordOf(Unit), help="Where the file does not name it.")
@click.option(
    "--dates",
    type=WordOf(DateOrder),
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
        holder = holder_of(connection, phone_number)
        terms = Terms(holder.zone, clock.now(), unit, dates)
        with opened(file) as lines:
            kept = sieve.through(readings(lines, terms))
            imported = import_readings(connection, holder.patient_id, kept, terms.now)
        if sieve.refuses:
            raise BadFile(f"Nothing was imported: lines that are not fit: {sieve.bad}.")
    average_imported(clock.now())
    click.echo(_told(imported, sieve.bad))


def _told(imported: Imported, bad: int) -> str:
    told = f"Imported: {imported.added}. There already: {imported.known}."
    if not imported.added:
        told = f"Nothing new. {told}"
    return f"{told} Left out: {bad}." if bad else told


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
