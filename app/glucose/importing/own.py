"""Our own files: what `export-readings` writes and `import-readings` reads. Pure."""

from datetime import tzinfo
from typing import TypeVar

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
from app.glucose.importing.notes import guarded, unguarded
from app.glucose.importing.values import value_mg_dl
from app.parsing.meanings import GlucoseState
from app.parsing.units import Unit

COLUMNS = ("recorded_at", "value_mg_dl", "unit", "state", "source", "notes", "id")
"""`unit` is the one that the patient said; `value_mg_dl` is in mg/dL all the same."""
NEEDED = {"recorded_at", "value_mg_dl", "unit", "state", "source"}
Word = TypeVar("Word", Unit, GlucoseState, Source)


def _reader(columns: Columns, terms: Terms) -> ReadLine:
    at, value, unit, state, source = (columns[name] for name in COLUMNS[:5])
    notes, own_id = columns.get("notes"), columns.get("id")

    def read(cells: list[str]) -> FileReading:
        return FileReading(
            checked(with_zone(cells[at]), terms.now),
            value_mg_dl(cells[value], Unit.MG_DL),
            _word(Unit, cells[unit], "unit"),
            _word(Source, cells[source], "source"),
            _word(GlucoseState, cells[state], "state"),
            _note(cells[notes]) if notes is not None else None,
            cells[own_id] if own_id is not None else "",
        )

    return read


def _word(kind: type[Word], cell: str, name: str) -> Word:
    try:
        return kind(cell.strip())
    except ValueError:
        raise BadCell(f"the {name} is none of {', '.join(kind)}") from None


def _note(cell: str) -> str | None:
    if "\0" in cell:
        raise BadCell("the note holds a character that is no text")
    return unguarded(cell)


def line_of(reading: FileReading, zone: tzinfo) -> list[str]:
    """Write a reading as the cells of a line, its time in a zone; reading them gives it back."""
    return [
        reading.recorded_at.astimezone(zone).isoformat(),
        repr(reading.value_mg_dl),
        reading.unit.value,
        reading.state.value,
        reading.source.value,
        guarded(reading.notes),
        reading.own_id,
    ]


OWN = Format(
    "ProCare's own (recorded_at, value_mg_dl, unit, state, source)", NEEDED.issubset, _reader
)
