"""What is said to a meal that is kept. Pure."""

from collections.abc import Sequence

from app.meals.foods import FoodTable
from app.meals.meal import MealType
from app.parsing.meanings import Food
from app.text import Text, text

MEALS = {
    MealType.BREAKFAST: text("breakfast"),
    MealType.LUNCH: text("lunch"),
    MealType.DINNER: text("dinner"),
    MealType.SNACK: text("snack"),
}
STEP_G = 5
"""Grams of carbohydrate are said in steps of this: portions differ more than that (house)."""


def meal_noted(meal_type: MealType, foods: str, at: str | None) -> Text:
    """Say what was understood of a meal; `foods` is empty where none were told."""
    meal = MEALS[meal_type]
    match foods, at:
        case "", None:
            return text("Noted: {meal}.", meal=meal)
        case "", str(time):
            return text("Noted: {meal} at {time}.", meal=meal, time=time)
        case _, None:
            return text("Noted, {meal}: {foods}.", meal=meal, foods=foods)
        case _:
            return text("Noted, {meal} at {time}: {foods}.", meal=meal, foods=foods, time=str(at))


def carbohydrate(table: FoodTable, foods: Sequence[Food], language: str) -> tuple[Text, ...]:
    """Say about how much carbohydrate a meal has; nothing where no food has a figure."""
    figures = [(food, table.carbohydrate_g(food)) for food in foods]
    known = [(food, grams) for food, grams in figures if grams is not None]
    if not known:
        return ()
    is_counted = all(food.quantity is not None for food, _ in known)
    total = _about(sum(grams for _, grams in known), is_counted=is_counted)
    without = [food for food, grams in figures if grams is None]
    if not without:
        return (total,)
    named = ", ".join(dict.fromkeys(table.name(food.food, language) for food in without))
    return (total, text("I have no figure for {foods}.", foods=named))


def _about(grams: float, *, is_counted: bool) -> Text:
    rounded = STEP_G * round(grams / STEP_G)
    if not rounded:
        return text("That has hardly any carbohydrate.")
    if is_counted:
        return text("That is about {grams} g of carbohydrate.", grams=rounded)
    return text("In usual portions that is about {grams} g of carbohydrate.", grams=rounded)
