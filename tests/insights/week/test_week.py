"""A week told of our own accord, counted by hand."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from app.glucose.history.history import PastReading
from app.i18n import render
from app.insights.period import Past
from app.insights.week.week import Week, told
from app.medications.dose import LogStatus
from app.medications.history.history import PastDose
from app.parsing.meanings import GlucoseState
from app.parsing.units import Unit

ZONE = "Asia/Kolkata"
SUNDAY = datetime(2026, 11, 22, 18, 0, tzinfo=ZoneInfo(ZONE))
"""Its week begins on Monday the 16th."""
MONDAY = datetime(2026, 11, 16, tzinfo=ZoneInfo(ZONE))


def read(at: datetime, value: float = 100) -> PastReading:
    return PastReading(UUID(int=1), at, value, GlucoseState.MORNING_FASTING)


def week(*readings: PastReading, doses: tuple[PastDose, ...] = ()) -> Week:
    return Week(Unit.MG_DL, ZONE, Past(readings, doses))


def words(of: Week) -> list[str]:
    return [render(each, "en") for each in told(of, SUNDAY)]


def test_a_week_is_told_under_a_heading_in_one_text() -> None:
    taken = PastDose("metformin", MONDAY + timedelta(hours=8), LogStatus.TAKEN)
    said = words(week(read(SUNDAY, 62), read(MONDAY, 100), doses=(taken,)))
    heading, numbers = said
    assert heading == "Here is your week."
    assert numbers == (
        "Your readings in the last 7 days: 2, on 2 of 7 days.\n"
        "In range: 1 of 2.\n"
        "Lowest 62, highest 100 mg/dL.\n"
        "Low, under 70 mg/dL: 1.\n"
        "Please tell your doctor about the low readings.\n"
        "Doses taken: 1 of 1."
    )


def test_of_a_week_in_which_nothing_was_kept_nothing_is_told() -> None:
    assert words(week()) == []
    assert words(week(read(MONDAY - timedelta(minutes=1)))) == []


def test_doses_alone_are_a_week_to_tell_of() -> None:
    due = PastDose("metformin", MONDAY, LogStatus.MISSED)
    assert "There is no reading of the last 7 days" in words(week(doses=(due,)))[1]


@pytest.mark.parametrize(
    ("at", "is_in_it"),
    [(MONDAY, True), (MONDAY - timedelta(seconds=1), False), (SUNDAY, True)],
)
def test_a_picture_is_made_of_the_seven_local_days(at: datetime, *, is_in_it: bool) -> None:
    assert week(read(at)).has_readings(SUNDAY) is is_in_it
