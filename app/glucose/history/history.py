"""Past readings and days as values, and where a day begins. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from app.parsing.meanings import GlucoseState

DAY_ZONE = "Asia/Kolkata"
"""Whose midnight parts the days of `glucose_daily_avg`: one zone for the deployment, since a day's
average is made once for everybody; India has one, without summer time. SQL says the same words."""

YEARS_KEPT = 5
"""How long a reading is kept (the data model's)."""


@dataclass(frozen=True, slots=True)
class PastReading:
    """A reading of a patient's history.

    Attributes:
        recorded_at: Aware; the time the person said.
    """

    reading_id: UUID
    recorded_at: datetime
    value_mg_dl: float
    state: GlucoseState


@dataclass(frozen=True, slots=True)
class DayOfGlucose:
    """What is kept of a patient's closed day with readings."""

    on_day: date
    average_mg_dl: float
    lowest_mg_dl: float
    highest_mg_dl: float
    readings: int


def midnight(day: date) -> datetime:
    """Give the moment at which a day of `DAY_ZONE` begins."""
    return datetime.combine(day, time(), ZoneInfo(DAY_ZONE))


def day_of(moment: datetime) -> date:
    """Give the day of `DAY_ZONE` in which an aware moment lies."""
    return moment.astimezone(ZoneInfo(DAY_ZONE)).date()


def kept_since(now: datetime) -> datetime:
    """Give the moment before which readings are dropped: a midnight, so that days go whole."""
    today = day_of(now)
    leap_day = (today.month, today.day) == (2, 29)
    return midnight(today.replace(year=today.year - YEARS_KEPT, day=28 if leap_day else today.day))
