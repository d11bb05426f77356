"""The numbers of medicine, against the sources that `constants.py` names."""

from datetime import timedelta

from app.emergency import constants as c


def test_the_limits_of_lows_are_those_of_ada() -> None:
    assert (c.VERY_LOW_BELOW, c.LOW_BELOW) == (54, 70)


def test_the_limits_of_highs_stand_in_order() -> None:
    limits = (c.KETONES_ABOVE, c.HIGH_FROM, c.VERY_HIGH_FROM, c.CRITICAL_HIGH_FROM)
    assert limits == (240, 300, 400, 600)


def test_a_low_is_treated_for_fifteen_minutes_at_most_three_times() -> None:
    assert (c.TREAT_WAIT_MINUTES, c.MOST_ROUNDS) == (15, 3)


def test_danger_signs_are_followed_up_after_5_10_and_20_minutes() -> None:
    assert c.FOLLOW_UP_RED == (5, 10, 20)


def test_a_reading_is_old_after_two_hours_and_future_after_ten_minutes() -> None:
    assert (timedelta(hours=2), timedelta(minutes=10)) == (c.OLD_AFTER, c.FUTURE_AFTER)
