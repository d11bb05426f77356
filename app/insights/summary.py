"""A person's day or week in numbers. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from app.glucose.target import target_of
from app.insights.period import Past, Period, day_in, within
from app.medications.dose import LogStatus
from app.medications.history.history import TAKEN, PastDose

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from app.glucose.history.history import PastReading
    from app.insights.score.inputs import Inputs

LOW_BELOW_MG_DL = 70.0
"""A low: under 70 mg/dL (ADA Standards of Care, section 6, level 1)."""
VERY_HIGH_ABOVE_MG_DL = 250.0
"""A very high value: over 250 mg/dL (ADA Standards of Care, section 6, level 2)."""
AVERAGED_FROM = 3
"""Of fewer readings no average is told (house)."""


@dataclass(frozen=True, slots=True)
class Sugar:
    """The readings of a period in numbers; values in mg/dL.

    Attributes:
        judged: How many have a target: those told as before or after a meal.
        in_range: How many of these lie in it.
        days: How many of the person's days have a reading.
        average: None of fewer than three readings.
    """

    readings: int
    judged: int
    in_range: int
    lows: int
    very_highs: int
    days: int
    lowest: float
    highest: float
    average: float | None


@dataclass(frozen=True, slots=True)
class Doses:
    """The doses of a period that are decided, and those nobody has told of.

    Attributes:
        not_taken: The missed and the skipped ones, earliest first.
        untold: How many were due and are not told of yet.
    """

    taken: int
    not_taken: tuple[PastDose, ...]
    untold: int

    @property
    def decided(self) -> int:
        """How many were taken or not."""
        return self.taken + len(self.not_taken)


@dataclass(frozen=True, slots=True)
class Summary:
    """A period in numbers.

    Attributes:
        sugar: None without a reading.
        score: What the health score was last made of; only of a week, and None where there is none.
    """

    period: Period
    sugar: Sugar | None
    doses: Doses
    score: Inputs | None = None


def summarize(past: Past, period: Period, zone: str, now: datetime) -> Summary:
    """Count what was kept in a period of a person's days, today up to now.

    Args:
        past: What was kept, of at least that period.
        period: Which days.
        zone: IANA name; parts the days.
        now: Aware.
    """
    lately = within(past, period, zone, now)
    scored = lately.score if period is Period.WEEK else None
    sugar = sugar_of(lately.readings, zone)
    return Summary(period, sugar, doses_of(lately.doses), scored)


def sugar_of(readings: Sequence[PastReading], zone: str) -> Sugar | None:
    """Count readings; None of none.

    Args:
        readings: In any order.
        zone: IANA name; parts the days.
    """
    if not readings:
        return None
    values = [one.value_mg_dl for one in readings]
    held = [(one.value_mg_dl, target_of(one.state)) for one in readings]
    judged = [(value, target) for value, target in held if target is not None]
    return Sugar(
        readings=len(values),
        judged=len(judged),
        in_range=sum(target.low <= value < target.high for value, target in judged),
        lows=sum(value < LOW_BELOW_MG_DL for value in values),
        very_highs=sum(value > VERY_HIGH_ABOVE_MG_DL for value in values),
        days=len({day_in(zone, one.recorded_at) for one in readings}),
        lowest=min(values),
        highest=max(values),
        average=fmean(values) if len(values) >= AVERAGED_FROM else None,
    )


def doses_of(doses: Sequence[PastDose]) -> Doses:
    """Count doses, given earliest first."""
    return Doses(
        taken=sum(one.status in TAKEN for one in doses),
        not_taken=tuple(
            one for one in doses if one.status in {LogStatus.MISSED, LogStatus.SKIPPED}
        ),
        untold=sum(one.status is LogStatus.PENDING for one in doses),
    )
