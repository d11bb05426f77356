"""The health score, 0 to 100, from counts: the one place of the formula. Pure.

The formula is that of the clinical rules. Its weights of low and high readings are those of the
glycemia risk index (Klonoff and others, 2022), here of single readings and not of time. Everything
marked "house" is a choice of this project, to be approved by a clinician.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.insights.score.inputs import LATELY

if TYPE_CHECKING:
    from app.insights.score.inputs import Inputs

PSEUDO_READINGS = 6
"""So many readings of an ordinary person are thought beside those there are (house)."""
PRIOR_BELOW_54, PRIOR_54_TO_70, PRIOR_180_TO_250, PRIOR_ABOVE_250 = 0.01, 0.03, 0.22, 0.08
"""The shares of those readings (house)."""
WEIGHT_BELOW_54, WEIGHT_54_TO_70, WEIGHT_ABOVE_250, WEIGHT_180_TO_250 = 3.0, 2.4, 1.6, 0.8
"""Of a percentage of readings (glycemia risk index, Klonoff 2022)."""
CREDIT_LATE = 0.75
"""Of a dose taken late; in time it is 1 (house)."""
PSEUDO_CREDIT, PSEUDO_DOSES = 4, 5
"""Four of five doses are thought beside those there are (house)."""
OFF_LEVEL_2, OFF_LEVEL_3, OFF_FROM_300 = 25, 60, 15
"""Taken off safety, each time (house)."""
SHARE_GLUCOSE, SHARE_MEDICINES, SHARE_SAFETY, SHARE_TESTS = 0.50, 0.25, 0.15, 0.10
"""Of the score (house)."""
CAP_IN_DANGER, CAP_AT_RISK = 39.0, 59.0
TWICE = 2
"""Readings of 300 or more in 7 days that cap a score."""
ENOUGH, WELL_ENOUGH = 5, 10
"""Readings: of fewer than five there is no score, of fewer than ten a provisional one."""
ON_TRACK_FROM, WATCH_FROM, AT_RISK_FROM = 80.0, 60.0, 40.0


class Band(StrEnum):
    """What a score means; not enough known is a band of its own, neither good nor bad."""

    NEEDS_ATTENTION = "NEEDS_ATTENTION"
    AT_RISK = "AT_RISK"
    WATCH = "WATCH"
    ON_TRACK = "ON_TRACK"
    UNKNOWN = "UNKNOWN"


class Cap(StrEnum):
    """Why a score is held down."""

    LEVEL_3 = "LEVEL_3"
    CRITICAL_OPEN = "CRITICAL_OPEN"
    BELOW_54 = "BELOW_54"
    TWICE_FROM_300 = "TWICE_FROM_300"


class Reason(StrEnum):
    """Why there is no score."""

    TOO_FEW = "TOO_FEW"
    TOO_OLD = "TOO_OLD"


@dataclass(frozen=True, slots=True)
class Parts:
    """The four parts, each 0 to 100; None where nothing can be said of it."""

    glucose: float
    medicines: float | None
    safety: float
    tests: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """A health score and how it came about.

    Attributes:
        value: Unrounded; None where not enough is known, never 0 for that.
        parts: None where there is no value.
        caps: What could hold it down, gravest first, also where it is lower by itself.
        reasons: Why there is none; empty where there is one.
    """

    value: float | None
    band: Band
    is_provisional: bool = False
    parts: Parts | None = None
    caps: tuple[Cap, ...] = ()
    reasons: tuple[Reason, ...] = ()


def score(inputs: Inputs) -> Score:
    """Work out a patient's health score from what was counted."""
    reasons = _reasons(inputs)
    if reasons:
        return Score(None, Band.UNKNOWN, reasons=reasons)
    parts, caps = parts_of(inputs), _caps(inputs)
    value = min([_mean(parts), *(_height(cap) for cap in caps)])
    return Score(value, band_of(value), inputs.readings < WELL_ENOUGH, parts, caps)


def band_of(value: float | None) -> Band:
    """Say in which band a score lies; the bands are half-open, so that 79.9 has one."""
    if value is None:
        return Band.UNKNOWN
    if value >= ON_TRACK_FROM:
        return Band.ON_TRACK
    if value >= WATCH_FROM:
        return Band.WATCH
    return Band.AT_RISK if value >= AT_RISK_FROM else Band.NEEDS_ATTENTION


def parts_of(inputs: Inputs) -> Parts:
    """Work out the four parts."""
    return Parts(_glucose(inputs), _medicines(inputs), _safety(inputs), _tests(inputs))


def _reasons(inputs: Inputs) -> tuple[Reason, ...]:
    last = inputs.last_reading_at
    is_old = last is not None and last < inputs.at - LATELY
    return (
        *((Reason.TOO_FEW,) if inputs.readings < ENOUGH or last is None else ()),
        *((Reason.TOO_OLD,) if is_old else ()),
    )


def _glucose(inputs: Inputs) -> float:
    def percentage(count: int, prior: float) -> float:
        return 100 * (count + PSEUDO_READINGS * prior) / (inputs.readings + PSEUDO_READINGS)

    risk = (
        WEIGHT_BELOW_54 * percentage(inputs.below_54, PRIOR_BELOW_54)
        + WEIGHT_54_TO_70 * percentage(inputs.from_54_to_70, PRIOR_54_TO_70)
        + WEIGHT_ABOVE_250 * percentage(inputs.above_250, PRIOR_ABOVE_250)
        + WEIGHT_180_TO_250 * percentage(inputs.above_180_to_250, PRIOR_180_TO_250)
    )
    return 100 - min(100, risk)


def _medicines(inputs: Inputs) -> float | None:
    if not inputs.has_plan:
        return None
    credit = inputs.taken + CREDIT_LATE * inputs.taken_late
    return 100 * (credit + PSEUDO_CREDIT) / (inputs.doses_due + PSEUDO_DOSES)


def _safety(inputs: Inputs) -> float:
    off = (
        OFF_LEVEL_2 * inputs.level_2 + OFF_LEVEL_3 * inputs.level_3 + OFF_FROM_300 * inputs.from_300
    )
    return max(0.0, 100.0 - off)


def _tests(inputs: Inputs) -> float | None:
    if not inputs.tests_planned:
        return None
    return 100 * min(1.0, inputs.tests_done / inputs.tests_planned)


def _mean(parts: Parts) -> float:
    """Weigh the parts that are known; the shares of the others fall to them."""
    weighed = (
        (SHARE_GLUCOSE, parts.glucose),
        (SHARE_MEDICINES, parts.medicines),
        (SHARE_SAFETY, parts.safety),
        (SHARE_TESTS, parts.tests),
    )
    known = [(share, part) for share, part in weighed if part is not None]
    return sum(share * part for share, part in known) / sum(share for share, _ in known)


def _caps(inputs: Inputs) -> tuple[Cap, ...]:
    holds = {
        Cap.LEVEL_3: inputs.level_3_lately > 0,
        Cap.CRITICAL_OPEN: inputs.critical_lately > 0,
        Cap.BELOW_54: inputs.below_54_lately > 0,
        Cap.TWICE_FROM_300: inputs.from_300_lately >= TWICE,
    }
    return tuple(cap for cap, does_hold in holds.items() if does_hold)


def _height(cap: Cap) -> float:
    return CAP_IN_DANGER if cap in {Cap.LEVEL_3, Cap.CRITICAL_OPEN} else CAP_AT_RISK
