"""The reminder to test after a meal."""

from datetime import timedelta

from app.conversation.meal_tests import tests_done as keys_done
from app.conversation.meal_tests import tests_wanted as reminders_of
from tests.conversation.world import BEGIN, PATIENT, after, situation, taken, with_message


def test_a_wanted_test_is_reminded_of_once_and_withdrawn_by_the_reading_after() -> None:
    now = with_message(situation(PATIENT), "breakfast: 2 idli")
    now = with_message(after(now, taken(now), 1), "yes")
    wanted = taken(now)
    (reminder,) = reminders_of(now, wanted.events, "en")
    assert reminder.due_at == BEGIN + timedelta(hours=2)
    assert reminder.counts
    assert keys_done(wanted.events) == []

    now = with_message(after(now, wanted, 90), "sugar after breakfast 150")
    assert keys_done(taken(now).events) == [reminder.key]
