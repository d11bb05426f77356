"""A person's day or week in numbers, counted by hand."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from app.glucose.history.history import PastReading
from app.i18n import render
from app.insights.period import Past, Period, beginning
from app.insights.summary import Summary, summarize
from app.insights.summary_texts import in_words
from app.medications.dose import LogStatus
from app.medications.history.history import PastDose
from app.parsing.meanings import GlucoseState
from app.parsing.units import Unit

ZONE = "Asia/Kolkata"
NOW = datetime(2026, 11, 20, 20, 0, tzinfo=ZoneInfo(ZONE))
"""A Friday evening; its week begins on Saturday the 14th."""
FASTING, AFTER_LUNCH = GlucoseState.MORNING_FASTING, GlucoseState.AFTER_LUNCH
RANDOM = GlucoseState.RANDOM


def read(
    value: float, state: GlucoseState = RANDOM, days_ago: int = 0, hour: int = 8
) -> PastReading:
    at = (NOW - timedelta(days=days_ago)).replace(hour=hour)
    return PastReading(UUID(int=1), at, value, state)


def dose(status: LogStatus, days_ago: int = 0, hour: int = 8, name: str = "metformin") -> PastDose:
    return PastDose(name, (NOW - timedelta(days=days_ago)).replace(hour=hour), status)


def week(*readings: PastReading, doses: tuple[PastDose, ...] = ()) -> Summary:
    return summarize(Past(readings, doses), Period.WEEK, ZONE, NOW)


def words(summary: Summary, unit: Unit = Unit.MG_DL, language: str = "en") -> list[str]:
    return [render(line, language) for line in in_words(summary, unit, ZONE, NOW)]


@pytest.mark.parametrize(
    ("state", "value", "in_range"),
    [
        (FASTING, 79.9, 0),
        (FASTING, 80.0, 1),
        (FASTING, 130.4, 1),
        (FASTING, 130.5, 0),
        (AFTER_LUNCH, 69.9, 0),
        (AFTER_LUNCH, 70.0, 1),
        (AFTER_LUNCH, 179.9, 1),
        (AFTER_LUNCH, 180.0, 0),
    ],
)
def test_a_reading_is_in_range_by_the_target_of_its_meal(
    state: GlucoseState, value: float, in_range: int
) -> None:
    sugar = week(read(value, state)).sugar
    assert sugar is not None
    assert (sugar.in_range, sugar.judged) == (in_range, 1)


def test_a_reading_without_a_meal_is_not_judged() -> None:
    sugar = week(read(300), read(100, FASTING)).sugar
    assert sugar is not None
    assert (sugar.readings, sugar.judged, sugar.in_range) == (2, 1, 1)


def test_an_average_is_told_of_three_readings_or_more() -> None:
    two, three = week(read(100), read(141)).sugar, week(read(100), read(141), read(62)).sugar
    assert two is not None
    assert three is not None
    assert two.average is None
    assert three.average == 101.0  # (100 + 141 + 62) / 3


def test_lows_are_under_70_and_very_high_is_over_250() -> None:
    sugar = week(read(69.9), read(70), read(250), read(250.1), read(40)).sugar
    assert sugar is not None
    assert (sugar.lows, sugar.very_highs) == (2, 1)


def test_a_day_is_a_day_of_the_persons_zone() -> None:
    utc = ZoneInfo("UTC")
    late = replace(read(100), recorded_at=datetime(2026, 11, 19, 18, 29, tzinfo=utc))  # 23:59
    early = replace(read(200), recorded_at=datetime(2026, 11, 19, 18, 30, tzinfo=utc))  # 00:00
    today = summarize(Past((early, late)), Period.TODAY, ZONE, NOW).sugar
    both = week(early, late).sugar
    assert today is not None
    assert both is not None
    assert (today.readings, today.lowest) == (1, 200)
    assert both.days == 2


def test_a_week_is_today_and_the_six_days_before() -> None:
    sugar = week(read(100, days_ago=6, hour=0), read(200, days_ago=7, hour=23)).sugar
    assert sugar is not None
    assert (sugar.readings, sugar.highest) == (1, 100)
    assert beginning(Period.WEEK, ZONE, NOW).isoformat() == "2026-11-14T00:00:00+05:30"


def test_doses_still_to_come_are_not_counted() -> None:
    doses = (
        dose(LogStatus.TAKEN, 1),
        dose(LogStatus.TAKEN_LATE),
        dose(LogStatus.MISSED, hour=13),
        dose(LogStatus.SKIPPED, hour=14),
        dose(LogStatus.PENDING, hour=19),
        dose(LogStatus.PENDING, hour=21),
    )
    counted = week(doses=doses).doses
    assert (counted.taken, counted.decided, counted.untold) == (2, 4, 1)
    assert [one.status for one in counted.not_taken] == [LogStatus.MISSED, LogStatus.SKIPPED]


def test_a_week_is_told_line_by_line() -> None:
    summary = week(
        read(118, FASTING),
        read(212, AFTER_LUNCH, days_ago=1),
        read(62, days_ago=1),
        doses=(dose(LogStatus.TAKEN, 1), dose(LogStatus.MISSED), dose(LogStatus.PENDING, hour=19)),
    )
    assert words(summary) == [
        "Your readings in the last 7 days: 3, on 2 of 7 days.",
        "In range: 1 of the 2 that you told as before or after food.",
        "Lowest 62, highest 212 mg/dL, average 131.",  # (118 + 212 + 62) / 3 = 130.7
        "Low, under 70 mg/dL: 1.",
        "Please tell your doctor about the low readings.",
        "Doses taken: 1 of 2.",
        "Missed: metformin, 08:00.",
        "Due, but not told yet: 1.",
    ]


def test_values_are_told_in_the_unit_of_the_persons_meter() -> None:
    said = words(week(read(54, FASTING), read(300)), Unit.MMOL_L)
    assert "Lowest 3.0, highest 16.6 mmol/L." in said  # 2.997 and 16.6498
    assert "Low, under 3.9 mmol/L: 1." in said
    assert "Very high, over 13.9 mmol/L: 1." in said


def test_of_many_doses_not_taken_the_last_three_are_named() -> None:
    missed = tuple(dose(LogStatus.MISSED, days_ago=days) for days in (5, 4, 3, 2, 1))
    assert words(week(read(100, FASTING), doses=missed))[-5:] == [
        "Doses taken: 0 of 5.",
        "Missed: metformin, 17/11 08:00.",
        "Missed: metformin, 18/11 08:00.",
        "Missed: metformin, 19/11 08:00.",
        "And before that: 2.",
    ]


def test_a_dose_of_a_medicine_without_a_name_is_of_your_medicine() -> None:
    said = words(week(doses=(dose(LogStatus.SKIPPED, name="medicine"),)))
    assert said[-1] == "Not taken: your medicine, 08:00."


@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize("period", list(Period))
def test_where_nothing_is_there_it_is_said_what_to_send(period: Period, language: str) -> None:
    (line,) = words(summarize(Past(), period, ZONE, NOW), language=language)
    assert "126" in line


def test_a_summary_fits_one_short_message() -> None:
    missed = tuple(dose(LogStatus.MISSED, days_ago=days) for days in (5, 4, 3, 2, 1, 0))
    full = week(*(read(value, FASTING) for value in (40, 90, 260)), read(600), doses=missed)
    assert len("\n".join(words(full, language="hi"))) < 600
