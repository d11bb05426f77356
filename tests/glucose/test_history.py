"""Where a day begins, and how long a reading is kept."""

from datetime import UTC, date, datetime

import pytest

from app.glucose.history.history import day_of, kept_since, midnight


def test_a_day_begins_at_half_past_six_in_the_evening_before_in_utc() -> None:
    assert midnight(date(2026, 3, 5)) == datetime(2026, 3, 4, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "minute", "day"), [(18, 29, date(2026, 3, 4)), (18, 30, date(2026, 3, 5))]
)
def test_a_moment_lies_in_the_day_that_has_begun(hour: int, minute: int, day: date) -> None:
    assert day_of(datetime(2026, 3, 4, hour, minute, tzinfo=UTC)) == day


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (datetime(2026, 3, 4, 18, 29, tzinfo=UTC), date(2021, 3, 4)),
        (datetime(2026, 3, 4, 18, 30, tzinfo=UTC), date(2021, 3, 5)),
        (datetime(2028, 2, 29, 12, 0, tzinfo=UTC), date(2023, 2, 28)),
    ],
)
def test_readings_are_kept_for_five_years_of_whole_days(now: datetime, first: date) -> None:
    assert kept_since(now) == midnight(first)
