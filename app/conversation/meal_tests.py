"""The reminder to test after a meal: queued when it is wanted, withdrawn when it is done. Pure."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from uuid import UUID

from app.conversation.turn import Event, Situation
from app.glucose.reading import ReadingOfMeal
from app.meals.meal import MealTakenBack, MealTestWanted
from app.messaging.outbox.outgoing import Outgoing, Priority, Purpose
from app.text import text

STALE_AFTER = timedelta(minutes=45)
"""A test later than this is none of two hours after the meal any more (house)."""
TEST_NOW = text(
    "It is about two hours after your meal. Please test your sugar and send me the number."
)


def tests_wanted(
    situation: Situation, events: Iterable[Event], language: str
) -> Iterator[Outgoing]:
    """Give the reminders that a turn asks for; each takes one of the day's five messages."""
    for event in events:
        if isinstance(event, MealTestWanted):
            yield Outgoing(
                key=_key(event.meal_id),
                user_id=situation.person.user_id,
                patient_id=situation.person.patient_id,
                purpose=Purpose.TEST_REMINDER,
                priority=Priority.TIMELY,
                language=language,
                texts=(TEST_NOW,),
                due_at=event.at,
                not_after=event.at + STALE_AFTER,
                counts=True,
            )


def tests_done(events: Iterable[Event]) -> list[str]:
    """List the reminders a turn makes needless: the meal was tested after, or taken back."""
    return [
        _key(event.meal_id)
        for event in events
        if isinstance(event, ReadingOfMeal | MealTakenBack) and event.meal_id is not None
    ]


def _key(meal_id: UUID) -> str:
    return f"test:{meal_id}"
