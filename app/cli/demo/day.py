"""The day of a made-up patient, as values. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from app.medications.dose import LogStatus
from app.parsing.meanings import GlucoseState


@dataclass(frozen=True, slots=True)
class DemoReading:
    """A reading; `meal_id` names the meal that it was taken after."""

    reading_id: UUID
    at: datetime
    value_mg_dl: float
    state: GlucoseState
    meal_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DemoMeal:
    """A meal, with the readings before and after it where they were taken."""

    meal_id: UUID
    at: datetime
    meal: str
    foods: tuple[str, ...]
    before: DemoReading | None
    after: DemoReading | None


@dataclass(frozen=True, slots=True)
class DemoDose:
    """A dose that was due, and what became of it."""

    due_at: datetime
    status: LogStatus
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class Day:
    """What one day brought, or several, each in the order of time."""

    readings: list[DemoReading] = field(default_factory=list)
    meals: list[DemoMeal] = field(default_factory=list)
    doses: list[DemoDose] = field(default_factory=list)


class Somebody(NamedTuple):
    """A made-up patient; everything about their days follows from `name`."""

    name: str
    patient_id: UUID
    zone: ZoneInfo
