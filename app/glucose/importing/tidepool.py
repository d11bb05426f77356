"""Tidepool's export as CSV. Pure.

The columns are those of config.json in the repository tidepool-org/node-data-tools: the sheets
CGM and SMBG have `Zulu Time`, `Local Time`, `Tidepool Data Type`, `Value`, `Units`, `Id`; a plain
CSV has the fields' own names, `time`, `type`, `value`, `units`, `id`. Types `cbg` and `smbg` are
glucose; others are insulin, food and settings.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from app.glucose.importing.instants import checked, with_zone
from app.glucose.importing.line import (
    BadCell,
    Columns,
    FileReading,
    Format,
    ReadLine,
    Source,
    Terms,
)
from app.glucose.importing.values import agreed, unit_named, value_mg_dl
from app.parsing.units import Unit

TYPES = ("tidepool data type", "type")
TIMES = ("zulu time", "time", "local time")
"""Best first: the first two are in UTC."""
GLUCOSE = {"cbg": Source.BLUETOOTH, "smbg": Source.MANUAL}


def _recognised(columns: Columns) -> bool:
    names = columns.keys()
    return "value" in names and not names.isdisjoint(TYPES) and not names.isdisjoint(TIMES)


def _reader(columns: Columns, terms: Terms) -> ReadLine:
    kind = next(columns[name] for name in TYPES if name in columns)
    time_of = _time_reader(columns, terms)
    unit_of = _unit_reader(columns, terms)
    value, own_id = columns["value"], columns.get("id")

    def read(cells: list[str]) -> FileReading | None:
        source = GLUCOSE.get(cells[kind].strip())
        if source is None:
            return None
        unit = unit_of(cells)
        return FileReading(
            checked(time_of(cells), terms.now),
            value_mg_dl(cells[value], unit),
            unit,
            source,
            own_id=cells[own_id] if own_id is not None else "",
        )

    return read


def _time_reader(columns: Columns, terms: Terms) -> Callable[[list[str]], datetime]:
    name = next(name for name in TIMES if name in columns)
    zone = {"zulu time": UTC, "local time": terms.zone}.get(name)
    return lambda cells: with_zone(cells[columns[name]], zone)


def _unit_reader(columns: Columns, terms: Terms) -> Callable[[list[str]], Unit]:
    place = columns.get("units")
    if place is None:
        of_file = agreed(None, terms.unit)
        return lambda _: of_file

    def unit_of(cells: list[str]) -> Unit:
        unit = unit_named(cells[place]) or terms.unit
        if unit is None:
            raise BadCell("the line names no unit")
        if terms.unit not in {None, unit}:
            raise BadCell(f"the line is in {unit}, and --unit says {terms.unit}")
        return unit

    return unit_of


TIDEPOOL = Format(
    "Tidepool (Tidepool Data Type or type, Value, Zulu Time or time or Local Time)",
    _recognised,
    _reader,
)
