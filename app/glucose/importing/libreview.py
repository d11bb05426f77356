"""LibreView's export. Pure.

Abbott publishes no specification. As real exports in public repositories have it (the fixtures of
NightscoutLoader, and many parsers, agree): a title line, then `Device,Serial Number,Device
Timestamp,Record Type,Historic Glucose mg/dL,Scan Glucose mg/dL,…,Strip Glucose mg/dL,…`, the unit
in the columns' names, `mmol/L` in half the world. Record types 0, 1 and 2 are sensor, scan and
strip; others are insulin, food and notes. Times are local and without seconds,
`DD-MM-YYYY HH:MM`, or with AM and PM and then mostly the month first.
"""

from app.glucose.importing.instants import checked, local
from app.glucose.importing.line import (
    Columns,
    FileReading,
    Format,
    ReadLine,
    Source,
    Terms,
)
from app.glucose.importing.values import agreed, unit_named, value_mg_dl

TIME, KIND = "device timestamp", "record type"
GLUCOSE = {
    "0": ("historic glucose", Source.BLUETOOTH),
    "1": ("scan glucose", Source.BLUETOOTH),
    "2": ("strip glucose", Source.MANUAL),
}
"""The column and the source of each record type that is glucose."""


def _recognised(columns: Columns) -> bool:
    return {TIME, KIND} <= columns.keys() and any(_column(columns, kind) for kind in GLUCOSE)


def _column(columns: Columns, kind: str) -> str | None:
    name, _ = GLUCOSE[kind]
    return next((column for column in columns if column.startswith(name)), None)


def _reader(columns: Columns, terms: Terms) -> ReadLine:
    found = {kind: column for kind in GLUCOSE if (column := _column(columns, kind))}
    named = next((unit for column in found.values() if (unit := unit_named(column))), None)
    unit = agreed(named, terms.unit)
    places = {kind: (columns[column], GLUCOSE[kind][1]) for kind, column in found.items()}
    at, of_kind = columns[TIME], columns[KIND]

    def read(cells: list[str]) -> FileReading | None:
        place = places.get(cells[of_kind].strip())
        if place is None:
            return None
        instant = checked(local(cells[at], terms.dates, terms.zone), terms.now)
        return FileReading(instant, value_mg_dl(cells[place[0]], unit), unit, place[1])

    return read


LIBREVIEW = Format(
    "LibreView (Device Timestamp, Record Type, Historic Glucose …)", _recognised, _reader
)
