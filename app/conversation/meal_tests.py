"""The reminder to test after a meal: taken back when the test is done. Pure."""

from collections.abc import Iterable

from app.conversation.turn import Event
from app.glucose.reading import ReadingOfMeal
from app.meals.meal import MealTakenBack


def tests_done(events: Iterable[Event]) -> list[str]:
    """List the reminders a turn makes needless: the meal was tested after, or taken back."""
    return [
        f"test:{event.meal_id}"
        for event in events
        if isinstance(event, ReadingOfMeal | MealTakenBack) and event.meal_id is not None
    ]
