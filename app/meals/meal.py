"""Meals as values, and what can happen to them. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from app.meals.foods import FoodTable
from app.parsing.meanings import Food

LUNCH_FROM = 11
DINNER_FROM = 17
"""Local hours: a meal nobody named is breakfast before 11:00, lunch until 16:59, dinner from 17:00
(the contract of the parser); a snack only where it is said."""


class MealType(StrEnum):
    """Which meal of the day, in the words of the data model."""

    BREAKFAST = "BREAKFAST"
    LUNCH = "LUNCH"
    DINNER = "DINNER"
    SNACK = "SNACK"


def type_at(local: datetime) -> MealType:
    """Name the meal eaten at a local time."""
    if local.hour < LUNCH_FROM:
        return MealType.BREAKFAST
    return MealType.LUNCH if local.hour < DINNER_FROM else MealType.DINNER


class ReadingKey(NamedTuple):
    """What names a reading: readings lie in a hypertable, so its time belongs to it."""

    reading_id: UUID
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class KeptMeal:
    """A meal that is kept.

    Attributes:
        consumed_at: Aware; the time the person said.
        kept_at: Aware; when it was told to us.
        before: The reading taken before it.
        impact_mg_dl: The first reading after it less the one before it.
        test_offered_at: When the person was asked whether to be reminded of a test after it.
    """

    meal_id: UUID
    meal_type: MealType
    consumed_at: datetime
    kept_at: datetime
    foods: tuple[Food, ...] = ()
    before: ReadingKey | None = None
    impact_mg_dl: float | None = None
    test_offered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MealFacts:
    """What is known of a patient's meals, and of food.

    Attributes:
        latest_told: The meals of the last 24 hours that were told last, newest first, at most ten.
    """

    latest_told: tuple[KeptMeal, ...] = ()
    table: FoodTable = field(default_factory=FoodTable)


@dataclass(frozen=True, slots=True)
class MealLogged:
    """A meal was told.

    Attributes:
        energy_kcal: None unless every food of it has a figure.
        photo_url: Where the channel keeps the photo that it was told under; None for no photo.
    """

    meal_id: UUID
    meal_type: MealType
    consumed_at: datetime
    foods: tuple[Food, ...]
    energy_kcal: float | None
    photo_url: str | None = None


@dataclass(frozen=True, slots=True)
class MealTypeTold:
    """It was told afterwards which meal it was."""

    meal_id: UUID
    meal_type: MealType


@dataclass(frozen=True, slots=True)
class MealFoodsTold:
    """It was told afterwards what was eaten, or how much of it; these are all the foods now."""

    meal_id: UUID
    foods: tuple[Food, ...]
    energy_kcal: float | None


@dataclass(frozen=True, slots=True)
class MealTakenBack:
    """The person took a meal back."""

    meal_id: UUID


@dataclass(frozen=True, slots=True)
class MealMeasured:
    """The readings around a meal are known, or are so no more."""

    meal_id: UUID
    before: ReadingKey | None
    impact_mg_dl: float | None


@dataclass(frozen=True, slots=True)
class MealTestOffered:
    """The person was asked whether to be reminded of a test after a meal."""

    meal_id: UUID
    offered_at: datetime


@dataclass(frozen=True, slots=True)
class MealTestWanted:
    """The person wants to be reminded of a test after a meal."""

    meal_id: UUID
    at: datetime


MealEvent = (
    MealLogged
    | MealTypeTold
    | MealFoodsTold
    | MealTakenBack
    | MealMeasured
    | MealTestOffered
    | MealTestWanted
)
