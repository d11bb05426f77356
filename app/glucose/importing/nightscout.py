"""Nightscout's entries as CSV. Pure.

The server itself writes five columns without a header (`csv` of api/v1/entries in the repository
nightscout/cgm-remote-monitor); a compatible server writes
`_id,mills,date,dateString,sgv,mbg,type,…` (EntriesController of Nocturne), and exporters write
`dateString`, `date`, `sgv`. Values are in mg/dL everywhere in Nightscout.
"""

from datetime import datetime

import regex

from app.glucose.importing.instants import checked, since_epoch, with_zone
from app.glucose.importing.line import (
    BadCell,
    Columns,
    FileReading,
    Format,
    ReadLine,
    Source,
    Terms,
)
from app.glucose.importing.values import value_mg_dl
from app.parsing.units import Unit

TIMES = ("mills", "date", "datestring")
"""Best first: numbers need no zone."""
SENSOR, STRIP = "sgv", "mbg"
HEADERLESS = ("datestring", "date", "sgv", "direction", "device")
FIRST_CELLS = (regex.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T.+"), regex.compile("[0-9]{13}"))


def is_headerless(cells: list[str]) -> bool:
    """Tell whether a first line is already an entry, as the server writes it."""
    return len(cells) == len(HEADERLESS) and all(
        form.fullmatch(cell) for form, cell in zip(FIRST_CELLS, cells, strict=False)
    )


def _recognised(columns: Columns) -> bool:
    return not columns.keys().isdisjoint(TIMES) and not columns.keys().isdisjoint((SENSOR, STRIP))


def _reader(columns: Columns, terms: Terms) -> ReadLine:
    unit = terms.unit or Unit.MG_DL
    times = [columns[name] for name in TIMES if name in columns]
    values = [
        (columns[name], source)
        for name, source in ((SENSOR, Source.BLUETOOTH), (STRIP, Source.MANUAL))
        if name in columns
    ]
    kind, own_id = columns.get("type"), columns.get("_id")

    def read(cells: list[str]) -> FileReading | None:
        if kind is not None and cells[kind].strip() not in {"", SENSOR, STRIP}:
            return None
        found = _value(cells, values)
        return FileReading(
            checked(_time(cells, times), terms.now),
            value_mg_dl(found[0], unit),
            unit,
            found[1],
            own_id=cells[own_id] if own_id is not None else "",
        )

    return read


def _value(cells: list[str], values: list[tuple[int, Source]]) -> tuple[str, Source]:
    """Find the first value that is there; a compatible server writes 0 for the other."""
    for place, source in values:
        if cells[place].strip() not in {"", "0"}:
            return cells[place], source
    return "", Source.BLUETOOTH


def _time(cells: list[str], times: list[int]) -> datetime:
    for place in times:
        cell = cells[place].strip()
        if cell.isdecimal():
            return since_epoch(cell)
        if cell:
            return with_zone(cell)
    raise BadCell("there is no time")


NIGHTSCOUT = Format("Nightscout (date or dateString or mills, sgv or mbg)", _recognised, _reader)
