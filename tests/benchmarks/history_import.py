"""A file's readings imported, beside a bare COPY of the same rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import NamedTuple

from sqlalchemy import Connection, text

from app.glucose.importing.line import FileReading, Source
from app.glucose.importing.store import Imported, import_readings
from app.parsing.units import Unit
from tests.benchmarks import report
from tests.benchmarks.history_fill import COUNT, READINGS, Filled, WrongHistoryError, copy
from tests.benchmarks.history_rows import NOW, patient_id

ROWS = 50_000
"""What a sensor that measures every five minutes keeps in half a year."""
EVERY = timedelta(minutes=5)
LAST = NOW - timedelta(seconds=30)
"""Between the minutes, so that nothing in the file is known yet."""
BARE = "floor_imported"
BARE_TABLE = "CREATE TABLE floor_imported AS SELECT * FROM glucose_readings WITH NO DATA"
LINE = "{:<26}{:>12}{:>17}{:>12}{:>17}\n"
TO_BARE = "COPY, no index"
TO_READINGS = "COPY, glucose_readings"
IMPORTED = "import_readings"
AGAIN = "  the same file again"


class File(NamedTuple):
    """What one patient's file holds: for COPY, and as the readers of files give it."""

    number: int
    lines: Sequence[str]
    readings: Sequence[FileReading]


def measure(filled: Filled, *, rounds: int) -> None:
    """Import in rounds in which the ways take turns, and print it."""
    with filled.engine.begin() as connection:
        connection.execute(text(BARE_TABLE))
    before = filled.number(COUNT)
    seen: dict[str, list[float]] = {name: [] for name in WAYS}
    for number in range(rounds):
        copied, imported = _file(2 * number), _file(2 * number + 1)
        for name, way in WAYS.items():
            file = imported if name in {IMPORTED, AGAIN} else copied
            seen[name].append(_rows_per_second(filled, way, file))
    if (kept := filled.number(COUNT) - before) != 2 * rounds * ROWS:
        raise WrongHistoryError(f"{kept} readings imported of {2 * rounds * ROWS}")
    _show(filled, seen)


def _file(number: int) -> File:
    patient, moments = patient_id(number), [LAST - EVERY * step for step in range(ROWS)]
    readings = [
        FileReading(moment, float(60 + step * 37 % 240), Unit.MG_DL, Source.BLUETOOTH)
        for step, moment in enumerate(moments)
    ]
    lines = [
        f"{patient}\t{at}\t{number:012x}{step:020x}\t{value}\tmg/dL\tRANDOM\tBLUETOOTH"
        f"\tf\tt\t{NOW}\t{NOW}\n"
        for step, (at, value, *_) in enumerate(readings)
    ]
    return File(number, lines, readings)


def _rows_per_second(filled: Filled, way: Callable[[Connection, File], None], file: File) -> float:
    started = perf_counter()
    with filled.engine.begin() as connection:
        way(connection, file)
    return ROWS / (perf_counter() - started)


def _import(connection: Connection, file: File) -> None:
    _check(import_readings(connection, patient_id(file.number), file.readings, NOW), ROWS)


def _import_again(connection: Connection, file: File) -> None:
    _check(import_readings(connection, patient_id(file.number), file.readings, NOW), 0)


def _check(imported: Imported, new: int) -> None:
    if imported != Imported(new, ROWS - new):
        raise WrongHistoryError(f"{imported}, where {new} were new")


WAYS: Mapping[str, Callable[[Connection, File], None]] = {
    TO_BARE: lambda connection, file: copy(connection, BARE, file.lines),
    TO_READINGS: lambda connection, file: copy(connection, READINGS, file.lines),
    IMPORTED: _import,
    AGAIN: _import_again,
}


def _show(filled: Filled, seen: Mapping[str, Sequence[float]]) -> None:
    rounds = len(seen[IMPORTED])
    report.say(f"\n{ROWS:,} readings of a file into {filled.size:,}, medians of {rounds} rounds\n")
    report.say(LINE.format("", "rows/s", "lowest-highest", "x no index", "x COPY"))
    floors = [median(seen[name]) for name in (TO_BARE, TO_READINGS)]
    for name, rates in seen.items():
        ratios = [f"{median(rates) / floor:.2f}" for floor in floors]
        spread = f"{min(rates):,.0f}-{max(rates):,.0f}"
        report.say(LINE.format(name, f"{median(rates):,.0f}", spread, *ratios))
