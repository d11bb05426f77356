"""Readings as values, and what can happen to them. Pure."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.parsing.meanings import GlucoseState
from app.parsing.units import Unit

LOWEST_KEPT_MG_DL = 40.0
HIGHEST_KEPT_MG_DL = 600.0
"""The range that may be stored as a reading, both ends included (the data model's)."""


def is_kept(value_mg_dl: float) -> bool:
    """Say whether a value may be stored as a reading; outside, it only opens what it may mean."""
    return LOWEST_KEPT_MG_DL <= value_mg_dl <= HIGHEST_KEPT_MG_DL


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading that is kept.

    Attributes:
        recorded_at: Aware; the time the person said.
        kept_at: Aware; when it was told to us.
        meal_id: The meal that it was taken after.
    """

    reading_id: UUID
    value_mg_dl: float
    state: GlucoseState
    recorded_at: datetime
    kept_at: datetime
    meal_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class GlucoseFacts:
    """What is known of a patient's readings.

    Attributes:
        latest_told: The readings told last, newest first by `kept_at`, at most five, none older
            than 24 hours.
    """

    latest_told: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingLogged:
    """A reading was told.

    Attributes:
        state: None where nothing was said; kept as RANDOM until it is told.
        unit: The unit it was said in.
    """

    reading_id: UUID
    value_mg_dl: float
    state: GlucoseState | None
    recorded_at: datetime
    unit: Unit
    is_emergency: bool


@dataclass(frozen=True, slots=True)
class ReadingStateTold:
    """It was told afterwards when a reading was taken."""

    reading_id: UUID
    recorded_at: datetime
    state: GlucoseState


@dataclass(frozen=True, slots=True)
class ReadingCorrected:
    """The value told before was wrong."""

    reading_id: UUID
    recorded_at: datetime
    value_mg_dl: float
    is_emergency: bool


@dataclass(frozen=True, slots=True)
class ReadingTakenBack:
    """The person took a reading back."""

    reading_id: UUID
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ReadingOfMeal:
    """It is known which meal a reading was taken after, or that it was none."""

    reading_id: UUID
    recorded_at: datetime
    meal_id: UUID | None


@dataclass(frozen=True, slots=True)
class Telling:
    """Who told something, and in which message."""

    user_id: UUID
    message_sid: str


ReadingPutRight = ReadingStateTold | ReadingCorrected | ReadingTakenBack
GlucoseEvent = ReadingLogged | ReadingPutRight | ReadingOfMeal
