"""A week's readings as marks on a sheet: where in the day, how high, in range or not. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import inf, isfinite
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.glucose.target import POST_MEAL, PRE_MEAL, target_of
from app.parsing.meanings import Display
from app.parsing.units import Unit, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from app.glucose.history.history import PastReading
    from app.insights.week.week import Beyond

LOWEST_MG_DL = 40.0
"""Where the scale begins: the lowest value that is kept (the data model's)."""
TOPS_MG_DL = (300.0, 400.0, 500.0, 600.0)
"""Where the scale may end; 600 is the highest value that is kept (the data model's)."""
ROOM_MG_DL = 15.0
"""What is left above the highest mark (house)."""
TICKS_MG_DL = (POST_MEAL.low, PRE_MEAL.shown_high, POST_MEAL.shown_high, 250.0)
"""The limits that a reading is held against, in place of round numbers."""


class Kind(StrEnum):
    """How a reading lies to its target; each has a shape of its own, not only a colour."""

    IN_RANGE = "in_range"
    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Mark:
    """One reading on the sheet.

    Attributes:
        hour: Of the local day, from 0 up to 24.
        value_mg_dl: Infinite, or less than any, where the meter showed HI or LO.
    """

    hour: float
    value_mg_dl: float
    kind: Kind


def marks_of(
    readings: Iterable[PastReading], zone: str, beyond: Iterable[Beyond] = ()
) -> tuple[Mark, ...]:
    """Make marks of readings, those in range first, so that no other is hidden behind them.

    Args:
        readings: In any order.
        zone: IANA name; decides the hour on the clock.
        beyond: What a meter showed and no reading can keep, in any order.
    """
    here = ZoneInfo(zone)
    made = [
        *(Mark(_hour(one.recorded_at, here), one.value_mg_dl, kind_of(one)) for one in readings),
        *(Mark(_hour(one.at, here), *BEYOND[one.display]) for one in beyond),
    ]
    return tuple(sorted(made, key=lambda mark: (_ORDER[mark.kind], mark.hour, mark.value_mg_dl)))


BEYOND = {Display.LO: (-inf, Kind.BELOW), Display.HI: (inf, Kind.ABOVE)}
_ORDER = {Kind.IN_RANGE: 0, Kind.ABOVE: 1, Kind.BELOW: 2}


def _hour(moment: datetime, zone: ZoneInfo) -> float:
    local = moment.astimezone(zone)
    return local.hour + local.minute / 60 + local.second / 3600


def kind_of(reading: PastReading) -> Kind:
    """Hold a reading against its target; one without a target against the wider of the two.

    Under 70 and from 180 mg/dL on is outside for anybody (ADA Standards of Care, section 6).
    """
    target = target_of(reading.state) or POST_MEAL
    if reading.value_mg_dl < target.low:
        return Kind.BELOW
    return Kind.ABOVE if reading.value_mg_dl >= target.high else Kind.IN_RANGE


def top_of(marks: Sequence[Mark]) -> float:
    """Say where the scale ends, in mg/dL: no sooner than 300, so that weeks can be compared."""
    numbers = [mark.value_mg_dl for mark in marks if isfinite(mark.value_mg_dl)]
    highest = max(numbers, default=0.0) + ROOM_MG_DL
    return next((top for top in TOPS_MG_DL if highest <= top), TOPS_MG_DL[-1])


def value_of(mark: Mark, unit: Unit) -> str:
    """Write what a meter showed: a number in its unit, or HI or LO."""
    if isfinite(mark.value_mg_dl):
        return shown(mark.value_mg_dl, unit)
    return (Display.HI if mark.value_mg_dl > 0 else Display.LO).value


def ticks_of(top_mg_dl: float) -> tuple[float, ...]:
    """List the values that the scale names: the limits, then hundreds up to its end."""
    return (*TICKS_MG_DL, *(top for top in TOPS_MG_DL if top <= top_mg_dl))
