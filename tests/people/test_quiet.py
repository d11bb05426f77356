"""Quiet hours: half-open, and across midnight."""

from datetime import time

import pytest

from app.people.person import DEFAULT_QUIET, QuietHours


@pytest.mark.parametrize(
    ("since", "until", "at", "is_quiet"),
    [
        ("22:00", "07:00", "21:59", False),
        ("22:00", "07:00", "22:00", True),
        ("22:00", "07:00", "00:00", True),
        ("22:00", "07:00", "06:59", True),
        ("22:00", "07:00", "07:00", False),
        ("13:00", "15:00", "12:59", False),
        ("13:00", "15:00", "13:00", True),
        ("13:00", "15:00", "15:00", False),
        ("08:00", "08:00", "08:00", False),
    ],
)
def test_quiet_hours_cover_their_beginning_and_not_their_end(
    since: str, until: str, at: str, is_quiet: bool
) -> None:
    assert QuietHours(since, until).covers(time.fromisoformat(at)) is is_quiet


def test_the_night_is_quiet_unless_something_else_is_said() -> None:
    assert QuietHours("22:00", "07:00") == DEFAULT_QUIET
