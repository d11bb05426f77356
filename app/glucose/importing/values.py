"""Values and units as files write them. Pure."""

from functools import lru_cache

import regex

from app.glucose.importing.line import BadCell, BadFile
from app.glucose.reading import HIGHEST_KEPT_MG_DL, LOWEST_KEPT_MG_DL
from app.parsing.units import Unit, to_mg_dl

NUMBER = regex.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,20})?")
"""Either decimal mark. A thousand's separator is read as one too, and the result is out of range:
no value is ever read ten times too high."""
DISPLAYS = {"lo": "LO", "low": "LO", "hi": "HI", "high": "HI"}
UNITS = {"mg/dl": Unit.MG_DL, "mmol/l": Unit.MMOL_L}
SHOWN = 12
"""So many characters of a number are shown in a reason."""


@lru_cache(maxsize=8192)
def value_mg_dl(cell: str, unit: Unit) -> float:
    """Read a value, in mg/dL, unrounded.

    A value in the wrong unit is refused too, since 40-600 mg/dL and 2.2-33.3 mmol/L do not meet.

    Raises:
        BadCell: It is none, or not between 40 and 600 mg/dL.
    """
    written = cell.strip()
    if not NUMBER.fullmatch(written):
        raise BadCell(_why_no_number(written))
    value = to_mg_dl(float(written.replace(",", ".")), unit)
    shown = written[:SHOWN] + ("" if unit is Unit.MG_DL else f" {unit}")
    if value < LOWEST_KEPT_MG_DL:
        raise BadCell(f"value {shown} is under {LOWEST_KEPT_MG_DL:.0f} mg/dL")
    if value > HIGHEST_KEPT_MG_DL:
        raise BadCell(f"value {shown} is over {HIGHEST_KEPT_MG_DL:.0f} mg/dL")
    return value


def _why_no_number(written: str) -> str:
    if not written:
        return "there is no value"
    display = DISPLAYS.get(written.casefold())
    if display:
        return f"{display} is no number: the meter was beyond its range"
    return "the value is no number"


def unit_named(text: str) -> Unit | None:
    """Find the unit that a cell or a column's name tells; None for none."""
    folded = text.casefold()
    return next((unit for name, unit in UNITS.items() if name in folded), None)


def agreed(named: Unit | None, said: Unit | None) -> Unit:
    """Settle a file's unit from what it names and what the operator says.

    Raises:
        BadFile: Nobody says which it is, or they contradict each other.
    """
    unit = named or said
    if unit is None:
        raise BadFile("The file does not name its unit: say --unit mg/dL or --unit mmol/L.")
    if said is not None and said is not unit:
        raise BadFile(f"The file is in {unit}, and --unit says {said}.")
    return unit
