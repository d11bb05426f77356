"""A stretch of a person's days, and what was kept in it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from app.glucose.history.history import PastReading
    from app.insights.score.inputs import Inputs
    from app.medications.history.history import PastDose


class Period(StrEnum):
    """What a person can look back on."""

    TODAY = "today"
    WEEK = "week"

    @property
    def days(self) -> int:
        """How many of the person's days it has, today being the last."""
        return 1 if self is Period.TODAY else 7


@dataclass(frozen=True, slots=True)
class Past:
    """What was kept of a person lately.

    Attributes:
        readings: Newest first.
        doses: Those due so far, earliest first, whatever became of them.
        score: What the health score was last made of; None where there is none.
    """

    readings: tuple[PastReading, ...] = ()
    doses: tuple[PastDose, ...] = ()
    score: Inputs | None = None


def day_in(zone: str, moment: datetime) -> date:
    """Give the day of an aware moment in a person's zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def beginning(period: Period, zone: str, now: datetime) -> datetime:
    """Give the aware moment at which the first day of a period begins in a person's zone."""
    first = day_in(zone, now) - timedelta(days=period.days - 1)
    return datetime.combine(first, time(), ZoneInfo(zone))


def within(past: Past, period: Period, zone: str, now: datetime) -> Past:
    """Leave what lies in a period, up to now."""
    since = beginning(period, zone, now)
    return Past(
        tuple(one for one in past.readings if since <= one.recorded_at <= now),
        tuple(one for one in past.doses if since <= one.scheduled_time <= now),
        past.score,
    )
