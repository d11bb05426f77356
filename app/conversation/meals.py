"""Meals told: which are kept or completed, and what is said to them. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.conversation.log import Log
from app.conversation.meal_questions import question_about
from app.conversation.photos import photo_url
from app.conversation.told import time_in_words
from app.conversation.turn import Situation
from app.glucose.reply import SAME_MOMENT
from app.meals.meal import (
    KeptMeal,
    MealFoodsTold,
    MealLogged,
    MealTakenBack,
    MealType,
    MealTypeTold,
    type_at,
)
from app.meals.reply import MEALS, carbohydrate, meal_noted
from app.parsing.meanings import Food, Meal
from app.text import text

FUTURE_AFTER = timedelta(minutes=10)
"""A meal later than this from now is not kept (as for readings)."""
SAME_MEAL = timedelta(minutes=5)
"""The same foods told for moments closer than this are one meal (house)."""
COMPLETED_WITHIN = timedelta(minutes=60)
"""So long after it was told, a meal's foods, amounts or name may still be added (house)."""


def log_meals(situation: Situation, told: Sequence[Meal]) -> list[Log]:
    """Log each meal told in a message, earliest in the text first."""
    return [_log(situation, meal, number) for number, meal in enumerate(told)]


def _log(situation: Situation, told: Meal, number: int) -> Log:
    at = told.consumed_at or situation.message.received_at
    if at - situation.now > FUTURE_AFTER:
        return _to_come(situation, at)
    latest = next(iter(situation.meals.latest_told), None)
    completed = _completed(situation, told, latest) if latest and not number else None
    if completed:
        return completed
    local = at.astimezone(ZoneInfo(situation.person.zone))
    meal_type = MealType(told.meal_type) if told.meal_type else type_at(local)
    meal = KeptMeal(situation.new_id(f"meal:{number}"), meal_type, at, situation.now, told.foods)
    if any(_is_same(meal, known) for known in situation.meals.latest_told):
        return Log(noted=(text("I have that meal already."),))
    return _logged(situation, meal)


def _to_come(situation: Situation, at: datetime) -> Log:
    time = time_in_words(situation, at)
    line = text("{time} is still to come, so I did not keep that meal.", time=time)
    return Log(noted=(line,))


def _is_same(meal: KeptMeal, known: KeptMeal) -> bool:
    is_near = abs(meal.consumed_at - known.consumed_at) < SAME_MEAL
    return is_near and (meal.foods, meal.meal_type) == (known.foods, known.meal_type)


def _completed(situation: Situation, told: Meal, latest: KeptMeal) -> Log | None:
    """Add to the meal told last what was left open: its foods, their amounts, or its name."""
    is_fresh = situation.now - latest.kept_at <= COMPLETED_WITHIN
    if not is_fresh or told.consumed_at is not None or situation.is_late:
        return None
    if told.meal_type and not told.foods:
        return type_told(situation, latest, MealType(told.meal_type))
    if told.meal_type not in {None, latest.meal_type.value}:
        return None
    foods = _filled(latest.foods, told.foods)
    return foods_told(situation, latest, foods) if foods else None


def type_told(situation: Situation, meal: KeptMeal, meal_type: MealType) -> Log | None:
    """Name a meal that was just told; one that is named so already is another meal."""
    if meal_type is meal.meal_type or not meal.foods:
        return None
    foods = situation.meals.table.listed(meal.foods, situation.person.language)
    return Log((MealTypeTold(meal.meal_id, meal_type),), (meal_noted(meal_type, foods, None),))


def _filled(known: Sequence[Food], told: Sequence[Food]) -> tuple[Food, ...]:
    """Fill the amounts that were not told; empty where what is told is something else."""
    if not known:
        return tuple(told)
    amounts = {food.food: food.quantity for food in told}
    left_open = {food.food for food in known if food.quantity is None}
    if not amounts or not amounts.keys() <= left_open or None in amounts.values():
        return ()
    return tuple(replace(f, quantity=amounts.get(f.food, f.quantity)) for f in known)


def foods_told(situation: Situation, meal: KeptMeal, foods: tuple[Food, ...]) -> Log:
    """Put foods with their amounts in the place of those told before."""
    event = MealFoodsTold(meal.meal_id, foods, situation.meals.table.energy_kcal(foods))
    return _noted(situation, replace(meal, foods=foods), event)


def _logged(situation: Situation, meal: KeptMeal) -> Log:
    energy_kcal = situation.meals.table.energy_kcal(meal.foods)
    event = MealLogged(
        meal.meal_id,
        meal.meal_type,
        meal.consumed_at,
        meal.foods,
        energy_kcal,
        photo_url(situation.message),
    )
    return _noted(situation, meal, event)


def _noted(situation: Situation, meal: KeptMeal, event: MealLogged | MealFoodsTold) -> Log:
    table, language = situation.meals.table, situation.person.language
    is_past = situation.now - meal.consumed_at > SAME_MOMENT
    at = time_in_words(situation, meal.consumed_at) if is_past else None
    return Log(
        (event,),
        (meal_noted(meal.meal_type, table.listed(meal.foods, language), at),),
        carbohydrate(table, meal.foods, language),
        follow_up=question_about(situation, meal),
    )


def meal_taken_back(situation: Situation, meal: KeptMeal) -> Log:
    """Take a meal back."""
    line = text(
        "Taken back: {meal} of {time}.",
        meal=MEALS[meal.meal_type],
        time=time_in_words(situation, meal.consumed_at),
    )
    return Log((MealTakenBack(meal.meal_id),), (line,))
