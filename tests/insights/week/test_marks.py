"""A week's readings as marks: in range or not by ADA's targets, at the hour on the clock."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from app.glucose.history.history import PastReading
from app.insights.week.marks import (
    Kind,
    Mark,
    kind_of,
    marks_of,
    ticks_of,
    top_of,
    value_of,
)
from app.insights.week.sheet import y_of
from app.insights.week.week import Beyond
from app.parsing.meanings import Display, GlucoseState
from app.parsing.units import Unit
from tests.insights.week.drawn import AFTER_LUNCH, BEDTIME, FASTING, RANDOM, ZONE, read


@pytest.mark.parametrize(
    ("state", "value", "kind"),
    [
        (FASTING, 79.9, Kind.BELOW),
        (FASTING, 80.0, Kind.IN_RANGE),
        (FASTING, 130.4, Kind.IN_RANGE),
        (FASTING, 130.5, Kind.ABOVE),
        (AFTER_LUNCH, 69.9, Kind.BELOW),
        (AFTER_LUNCH, 70.0, Kind.IN_RANGE),
        (AFTER_LUNCH, 179.9, Kind.IN_RANGE),
        (AFTER_LUNCH, 180.0, Kind.ABOVE),
        (BEDTIME, 69.9, Kind.BELOW),
        (BEDTIME, 150.0, Kind.IN_RANGE),
        (RANDOM, 179.9, Kind.IN_RANGE),
        (RANDOM, 180.0, Kind.ABOVE),
    ],
)
def test_a_reading_is_marked_by_its_own_target_and_without_one_by_the_wider(
    state: GlucoseState, value: float, kind: Kind
) -> None:
    assert kind_of(read(value, state)) is kind


@pytest.mark.parametrize(
    ("zone", "at", "hour"),
    [
        ("Asia/Kolkata", "2026-11-20T01:30:00+00:00", 7.0),
        ("Asia/Kolkata", "2026-11-20T18:29:59+00:00", 23 + 59 / 60 + 59 / 3600),
        ("Asia/Kolkata", "2026-11-20T18:30:00+00:00", 0.0),
        ("Asia/Kathmandu", "2026-11-20T01:30:00+00:00", 7.25),
        # London turned its clocks back on 25 October 2026 at 01:00 UTC: both are half past one.
        ("Europe/London", "2026-10-25T00:30:00+00:00", 1.5),
        ("Europe/London", "2026-10-25T01:30:00+00:00", 1.5),
    ],
)
def test_a_mark_stands_at_the_hour_that_the_clock_showed(zone: str, at: str, hour: float) -> None:
    reading = PastReading(UUID(int=1), datetime.fromisoformat(at), 100, RANDOM)
    (mark,) = marks_of([reading], zone)
    assert mark.hour == pytest.approx(hour)


def test_what_is_out_of_range_is_drawn_over_what_is_in_range() -> None:
    marks = marks_of([read(60), read(100), read(250), read(120, hour=1)], ZONE)
    assert [mark.kind for mark in marks] == [
        Kind.IN_RANGE,
        Kind.IN_RANGE,
        Kind.ABOVE,
        Kind.BELOW,
    ]


def test_the_order_in_which_readings_come_changes_nothing() -> None:
    readings = [read(60 + 10 * n, hour=n) for n in range(20)]
    assert marks_of(readings, ZONE) == marks_of(reversed(readings), ZONE)


@pytest.mark.parametrize(
    ("highest", "top"), [(100, 300), (285, 300), (286, 400), (485, 500), (486, 600), (600, 600)]
)
def test_the_scale_ends_at_a_hundred_with_room_above_the_highest(
    highest: float, top: float
) -> None:
    assert top_of([Mark(0, 90, Kind.IN_RANGE), Mark(1, highest, Kind.ABOVE)]) == top


def test_a_week_without_readings_has_the_usual_scale() -> None:
    assert top_of([]) == 300
    assert marks_of([], ZONE) == ()


def test_the_scale_names_the_limits_and_then_hundreds() -> None:
    assert ticks_of(300) == (70, 130, 180, 250, 300)
    assert ticks_of(600) == (70, 130, 180, 250, 300, 400, 500, 600)


def test_readings_seconds_apart_are_marks_of_their_own() -> None:
    at = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
    twice = [PastReading(UUID(int=n), at + timedelta(seconds=n), 100, RANDOM) for n in (1, 2)]
    assert len(marks_of(twice, ZONE)) == 2


def test_what_a_meter_showed_is_a_mark_at_the_end_of_the_scale_with_its_word() -> None:
    at = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
    beyond = [Beyond(at, Display.HI), Beyond(at, Display.LO)]
    in_range, high, low = marks_of([read(100)], ZONE, beyond)
    assert [mark.kind for mark in (in_range, high, low)] == list(Kind)
    assert (high.hour, low.hour) == (7.0, 7.0)
    assert (value_of(high, Unit.MG_DL), value_of(low, Unit.MMOL_L)) == ("HI", "LO")
    assert value_of(in_range, Unit.MG_DL) == "100"
    assert top_of([in_range, high, low]) == 300
    assert (y_of(high.value_mg_dl, 300), y_of(low.value_mg_dl, 300)) == (186, 618)
