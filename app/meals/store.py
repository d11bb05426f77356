"""What is kept of meals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Uuid,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.meals.load import food_table
from app.meals.meal import (
    KeptMeal,
    MealEvent,
    MealFacts,
    MealFoodsTold,
    MealLogged,
    MealMeasured,
    MealTakenBack,
    MealTestOffered,
    MealTestWanted,
    MealType,
    MealTypeTold,
    ReadingKey,
)
from app.meals.tables import Meal
from app.parsing.meanings import Food

KNOWN_FOR = timedelta(hours=24)
"""How long a meal can be completed, taken back or joined with readings (house)."""
LATEST = 10


def facts(patient_id: ColumnElement[UUID], now: ColumnElement[datetime]) -> ColumnElement[Any]:
    """Give the column that carries a patient's `MealFacts`; read it with `facts_from`."""
    told = (
        select(Meal)
        .where(Meal.patient_id == patient_id, Meal.consumed_at > now - KNOWN_FOR)
        .order_by(Meal.created_at.desc(), Meal.consumed_at.desc())
        .limit(LATEST)
        .subquery()
    )
    row = func.json_build_array(
        told.c.id,
        told.c.meal_type,
        told.c.consumed_at,
        told.c.created_at,
        told.c.recognized_foods,
        told.c.food_quantities,
        told.c.glucose_reading_before_id,
        told.c.glucose_reading_before_at,
        told.c.glucose_impact,
        told.c.test_offered_at,
    )
    newest_first = aggregate_order_by(row, told.c.created_at.desc(), told.c.consumed_at.desc())
    return select(func.json_agg(newest_first)).scalar_subquery()


def facts_from(told: list[list[Any]] | None) -> MealFacts:
    """Read what the column of `facts` held."""
    return MealFacts(tuple(_kept(row) for row in told or ()), food_table())


def _kept(row: list[Any]) -> KeptMeal:
    meal_id, meal_type, consumed_at, kept_at, foods, quantities, before_id, before_at, *rest = row
    impact, offered_at = rest
    before = ReadingKey(UUID(before_id), datetime.fromisoformat(before_at)) if before_id else None
    return KeptMeal(
        meal_id=UUID(meal_id),
        meal_type=MealType(meal_type),
        consumed_at=datetime.fromisoformat(consumed_at),
        kept_at=datetime.fromisoformat(kept_at),
        foods=_foods(foods, quantities),
        before=before,
        impact_mg_dl=impact,
        test_offered_at=datetime.fromisoformat(offered_at) if offered_at else None,
    )


def _foods(keys: list[str], quantities: list[float | None]) -> tuple[Food, ...]:
    told = quantities or [None] * len(keys)
    return tuple(Food(key, quantity) for key, quantity in zip(keys, told, strict=True))


_OF_MEAL = (Meal.patient_id == bindparam("of_patient"), Meal.id == bindparam("meal"))
_CHANGE = update(Meal).where(*_OF_MEAL)
_SET_TYPE = _CHANGE.values(meal_type=bindparam("told_type"))
_TAKE_BACK = delete(Meal).where(*_OF_MEAL)


def apply(connection: Connection, patient_id: UUID, event: MealEvent, now: datetime) -> None:
    """Write down what happened to a meal."""
    key = {"of_patient": patient_id, "meal": event.meal_id}
    match event:
        case MealLogged():
            connection.execute(insert(Meal).inline(), _row(patient_id, event, now))
        case MealTypeTold(meal_type=meal_type):
            connection.execute(_SET_TYPE, {**key, "told_type": meal_type.value})
        case MealTakenBack():
            connection.execute(_TAKE_BACK, key)
        case _:
            connection.execute(_CHANGE.values(**_changed(event)), key)


def _changed(
    event: MealFoodsTold | MealMeasured | MealTestOffered | MealTestWanted,
) -> Mapping[str, object]:
    """Give the columns that an event changes."""
    match event:
        case MealFoodsTold():
            return _food_columns(event)
        case MealMeasured(before=before, impact_mg_dl=impact):
            return {
                "glucose_reading_before_id": before.reading_id if before else None,
                "glucose_reading_before_at": before.recorded_at if before else None,
                "glucose_impact": impact,
            }
        case MealTestOffered(offered_at=offered_at):
            return {"test_offered_at": offered_at}
        case MealTestWanted(at=at):  # pragma: no branch - mypy holds that it is all
            return {"test_due_at": at}


def _food_columns(event: MealLogged | MealFoodsTold) -> dict[str, object]:
    return {
        "recognized_foods": [food.food for food in event.foods],
        "food_quantities": [food.quantity for food in event.foods],
        "description": food_table().listed(event.foods, "en") or None,
        "estimated_calories": event.energy_kcal,
    }


def _row(patient_id: UUID, event: MealLogged, now: datetime) -> dict[str, object]:
    return {
        "id": event.meal_id,
        "patient_id": patient_id,
        "meal_type": event.meal_type.value,
        "consumed_at": event.consumed_at,
        "photo_url": event.photo_url,
        "is_synced": True,
        "created_at": now,
        **_food_columns(event),
    }


def reminded_of_test(connection: Connection, meal_ids: Iterable[UUID]) -> None:
    """Write down that the tests after some meals are reminded of; once is enough."""
    of = Meal.id == func.any(literal(list(meal_ids), ARRAY(Uuid)))
    connection.execute(update(Meal).where(of).values(test_due_at=None))


def drop_tests(connection: Connection, before: datetime) -> None:
    """Let go of tests that were due before a moment and are of no use any more."""
    connection.execute(update(Meal).where(Meal.test_due_at <= before).values(test_due_at=None))


def forget_readings(connection: Connection, recorded_before: datetime, at_once: int) -> int:
    """Take the oldest readings before a moment out of their meals, and say out of how many."""
    oldest = (
        select(Meal.id)
        .where(Meal.glucose_reading_before_at < recorded_before)
        .order_by(Meal.glucose_reading_before_at)
        .limit(at_once)
    )
    forgotten = update(Meal).where(Meal.id.in_(oldest))
    return connection.execute(
        forgotten.values(glucose_reading_before_id=None, glucose_reading_before_at=None)
    ).rowcount
