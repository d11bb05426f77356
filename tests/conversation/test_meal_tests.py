"""The reminder to test after a meal."""

from datetime import timedelta

from app.conversation.meal_tests import tests_done as keys_done
from app.meals.meal import MealTestWanted
from tests.conversation.world import BEGIN, PATIENT, after, situation, taken, with_message


def test_a_wanted_test_is_due_two_hours_after_and_withdrawn_by_the_reading_after() -> None:
    now = with_message(situation(PATIENT), "breakfast: 2 idli")
    now = with_message(after(now, taken(now), 1), "yes")
    turn = taken(now)
    (wanted,) = [event for event in turn.events if isinstance(event, MealTestWanted)]
    assert wanted.at == BEGIN + timedelta(hours=2)
    assert keys_done(turn.events) == []

    now = with_message(after(now, turn, 90), "sugar after breakfast 150")
    assert keys_done(taken(now).events) == [f"test:{wanted.meal_id}"]
