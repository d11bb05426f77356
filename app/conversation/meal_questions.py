"""What is asked about a meal that was told: how much of a food, and a test after it. Pure."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.conversation.log import FollowUp
from app.conversation.turn import Situation, SlotValue
from app.meals.meal import KeptMeal
from app.parsing.meanings import Food

FLOW = "log_meal"
WORTH_ASKING_G = 10.0
"""Carbohydrate in a usual portion from which the amount is asked for (house)."""
TEST_AFTER = timedelta(hours=2)
"""When glucose after a meal is measured (ADA Standards of Care: 1 to 2 hours after it begins)."""
LEAST_AHEAD = timedelta(minutes=45)
"""A test nearer than this needs no reminder (house)."""
TESTS_FROM, TESTS_UNTIL = time(7), time(22, 30)
"""Local time; nobody is offered to be woken for a test (house)."""


def question_about(situation: Situation, meal: KeptMeal) -> FollowUp | None:
    """Find what is to be asked about a meal just told, as the slots of `log_meal`."""
    food = None if _was_asked(situation, meal) else _uncounted(situation, meal)
    is_test = is_test_offered(situation, meal)
    if situation.is_late or not (food or is_test):
        return None
    return FollowUp(FLOW, _slots(situation, meal, food, is_test=is_test))


def _slots(
    situation: Situation, meal: KeptMeal, food: str | None, *, is_test: bool
) -> Mapping[str, SlotValue]:
    table, language = situation.meals.table, situation.person.language
    local = _test_at(situation, meal)
    return {
        "meal_id": str(meal.meal_id),
        "food": food or "",
        "counted": table.counted(food, language) if food else "",
        "begins": "amount" if food else "test",
        "ends": "test" if is_test else "nothing",
        "test_at": local.isoformat(),
        "test_time": f"{local:%H:%M}",
    }


def _was_asked(situation: Situation, meal: KeptMeal) -> bool:
    place = situation.node.place
    return place is not None and place.slots.get("meal_id") == str(meal.meal_id)


def _uncounted(situation: Situation, meal: KeptMeal) -> str | None:
    """Find the food whose amount matters most, of those that no amount was told of."""
    table = situation.meals.table
    open_ones = {
        food.food: grams
        for food in meal.foods
        if food.quantity is None and (grams := table.carbohydrate_g(food)) is not None
    }
    most = max(open_ones, key=lambda key: open_ones[key], default=None)
    return most if most and open_ones[most] >= WORTH_ASKING_G else None


def is_test_offered(situation: Situation, meal: KeptMeal) -> bool:
    """Say whether a reminder of a test may be offered: once a day, in time, and by day."""
    zone = ZoneInfo(situation.person.zone)
    today = situation.now.astimezone(zone).date()
    offered = (known.test_offered_at for known in situation.meals.latest_told)
    if any(at is not None and at.astimezone(zone).date() == today for at in offered):
        return False
    at = _test_at(situation, meal)
    return at - situation.now >= LEAST_AHEAD and TESTS_FROM <= at.time() <= TESTS_UNTIL


def _test_at(situation: Situation, meal: KeptMeal) -> datetime:
    """Give the time of the test on the person's clock."""
    return (meal.consumed_at + TEST_AFTER).astimezone(ZoneInfo(situation.person.zone))


def with_amount(slots: Mapping[str, SlotValue], meal: KeptMeal) -> tuple[Food, ...]:
    """Give the foods of a meal with the amount that was answered."""
    quantity = float(str(slots["amount"]))
    return tuple(
        Food(food.food, quantity) if food.food == slots["food"] else food for food in meal.foods
    )


def meal_asked_about(slots: Mapping[str, SlotValue], situation: Situation) -> KeptMeal | None:
    """Find the meal a question is about; None where it was taken back meanwhile."""
    meal_id = UUID(str(slots["meal_id"]))
    known = (meal for meal in situation.meals.latest_told if meal.meal_id == meal_id)
    return next(known, None)
