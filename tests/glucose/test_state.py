"""The state of a reading from what was told and when it was taken."""

from datetime import UTC, datetime

import pytest

from app.glucose.state import state_at
from app.parsing.meanings import GlucoseState


@pytest.mark.parametrize(
    ("told", "hour", "minute", "state"),
    [
        ("fasting", 13, 0, "MORNING_FASTING"),
        ("before_meal", 0, 0, "MORNING_FASTING"),
        ("before_meal", 10, 59, "MORNING_FASTING"),
        ("before_meal", 11, 0, "BEFORE_LUNCH"),
        ("before_meal", 16, 59, "BEFORE_LUNCH"),
        ("before_meal", 17, 0, "BEFORE_DINNER"),
        ("after_meal", 0, 0, "AFTER_DINNER"),
        ("after_meal", 3, 59, "AFTER_DINNER"),
        ("after_meal", 4, 0, "AFTER_BREAKFAST"),
        ("after_meal", 10, 59, "AFTER_BREAKFAST"),
        ("after_meal", 11, 0, "AFTER_LUNCH"),
        ("after_meal", 16, 59, "AFTER_LUNCH"),
        ("after_meal", 17, 0, "AFTER_DINNER"),
        ("bedtime", 23, 0, "BEDTIME"),
        ("other", 9, 0, "RANDOM"),
    ],
)
def test_a_meal_not_named_is_that_of_the_hour(
    told: str, hour: int, minute: int, state: str
) -> None:
    local = datetime(2026, 11, 20, hour, minute, tzinfo=UTC)
    assert state_at(told, local) is GlucoseState(state)
