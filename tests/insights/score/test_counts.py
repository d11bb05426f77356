"""What scores are made of, counted in a real PostgreSQL."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from uuid import UUID

import pytest

from app import db
from app.emergency.event import EmergencyType, Level
from app.insights.score.counts.store import count_for
from app.insights.score.inputs import Inputs
from app.parsing.meanings import Display
from tests.insights.score.days import (
    NOW,
    ago,
    counted,
    dose,
    event,
    inputs,
    plain_readings,
    reading,
)
from tests.reminders.patients import medicine, patient

pytestmark = pytest.mark.usefixtures("settings")


@pytest.fixture
def one(settings: object) -> UUID:
    """A patient of whom nothing is known."""
    assert settings
    return patient()


def test_of_a_patient_without_anything_all_counts_are_nothing(one: UUID) -> None:
    assert inputs(one) == Inputs(NOW, window_days=30)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (40, "below_54"),
        (53.9, "below_54"),
        (54, "from_54_to_70"),
        (69.9, "from_54_to_70"),
        (70, None),
        (180, None),
        (180.5, "above_180_to_250"),
        (181, "above_180_to_250"),
        (250, "above_180_to_250"),
        (250.5, "above_250"),
        (251, "above_250"),
        (299.9, "above_250"),
        (600, "above_250"),
    ],
)
def test_a_reading_is_of_one_kind_by_its_unrounded_value(
    one: UUID, value: float, kind: str | None
) -> None:
    reading(one, value, ago(days=1))
    found = inputs(one)
    kinds = ("below_54", "from_54_to_70", "above_180_to_250", "above_250")
    assert {each for each in kinds if getattr(found, each)} == ({kind} if kind else set())
    assert found.readings == 1


def test_readings_of_300_are_counted_among_the_very_high_ones(one: UUID) -> None:
    for hours, value in enumerate((299.9, 300, 410)):
        reading(one, value, ago(days=1, hours=hours))
    found = inputs(one)
    assert (found.above_250, found.from_300, found.from_300_lately) == (3, 2, 2)


def test_fourteen_days_are_counted_from_ten_readings_on(one: UUID) -> None:
    reading(one, 60, ago(days=20))
    plain_readings(one, 9)
    wide = inputs(one)
    assert (wide.window_days, wide.readings, wide.lows) == (30, 10, 1)
    reading(one, 110, ago(hours=1))
    narrow = inputs(one)
    assert (narrow.window_days, narrow.readings, narrow.lows) == (14, 10, 0)


def test_a_window_ends_with_now_and_begins_after_its_first_moment(one: UUID) -> None:
    plain_readings(one, 9)
    reading(one, 110, NOW)
    reading(one, 60, NOW + timedelta(seconds=1))
    reading(one, 110, ago(days=14))
    assert (inputs(one).readings, inputs(one).lows) == (10, 0)
    reading(one, 60, ago(days=14) + timedelta(seconds=1))
    assert (inputs(one).readings, inputs(one).lows) == (11, 1)


def test_of_a_low_and_its_retests_the_first_is_counted(one: UUID) -> None:
    for minutes, value in ((0, 62), (15, 66), (35, 95), (50, 140)):
        reading(one, value, ago(days=1) + timedelta(minutes=minutes))
    found = inputs(one)
    # 66 and 95 each come within the hour after a low; the low is over then, and 140 is of its own.
    assert (found.readings, found.from_54_to_70) == (2, 1)


def test_an_hour_later_it_is_a_low_of_its_own(one: UUID) -> None:
    reading(one, 62, ago(days=1))
    reading(one, 62, ago(days=1) + timedelta(minutes=60))
    assert inputs(one).lows == 1
    reading(one, 62, ago(days=2))
    reading(one, 62, ago(days=2) + timedelta(minutes=60, seconds=1))
    assert inputs(one).lows == 3


def test_while_the_event_of_a_low_is_open_the_second_normal_value_is_a_retest_too(
    one: UUID,
) -> None:
    began = ago(days=1)
    event(one, Level.P2, began, resolved_at=began + timedelta(minutes=45))
    for minutes, value in ((0, 62), (15, 85), (45, 100), (50, 120)):
        reading(one, value, began + timedelta(minutes=minutes))
    assert inputs(one).readings == 2  # 62, and 120 after it was over


def test_the_first_value_after_a_low_told_without_one_is_a_reading(one: UUID) -> None:
    began = ago(days=1)
    event(one, Level.P1, began, resolved_at=began + timedelta(minutes=30))
    reading(one, 50, began + timedelta(minutes=5))
    reading(one, 90, began + timedelta(minutes=25))
    found = inputs(one)
    assert (found.readings, found.below_54, found.level_2) == (1, 1, 1)


def test_a_retest_under_54_makes_a_low_one_of_level_2(one: UUID) -> None:
    reading(one, 62, ago(days=1))
    reading(one, 50, ago(days=1) + timedelta(minutes=15))
    reading(one, 48, ago(days=1) + timedelta(minutes=30))
    found = inputs(one)
    assert (found.below_54, found.from_54_to_70, found.level_2) == (0, 1, 1)
    assert found.below_54_lately == 2


def test_a_meters_lo_and_hi_count_as_readings(one: UUID) -> None:
    event(one, Level.P1, ago(days=2), beyond_range=Display.LO, resolved_at=ago(days=1))
    high = EmergencyType.HYPERGLYCEMIA
    event(one, Level.P4, ago(days=3), kind=high, beyond_range=Display.HI, resolved_at=ago(days=2))
    found = inputs(one)
    assert (found.readings, found.below_54, found.above_250, found.from_300) == (2, 1, 1, 1)
    assert (found.level_2, found.below_54_lately) == (1, 1)
    assert found.last_reading_at == ago(days=2)


def test_a_value_after_a_meters_lo_is_a_retest(one: UUID) -> None:
    event(one, Level.P1, ago(days=2), beyond_range=Display.LO, resolved_at=ago(days=1))
    reading(one, 61, ago(days=2) + timedelta(minutes=15))
    assert (inputs(one).readings, inputs(one).from_54_to_70) == (1, 0)


def test_a_display_is_no_part_of_the_average(one: UUID) -> None:
    event(one, Level.P1, ago(days=2), beyond_range=Display.LO)
    assert counted(one).average_mg_dl is None
    for days, value in ((1, 100), (29, 200), (30, 500)):
        reading(one, value, ago(days=days))
    assert counted(one).average_mg_dl == 150  # (100 + 200) / 2; 30 days ago is no more


def test_level_3_is_counted_of_the_window_and_of_seven_days(one: UUID) -> None:
    event(one, Level.P0, ago(days=8), resolved_at=ago(days=8))
    event(one, Level.P0B, ago(days=2), resolved_at=ago(days=1))
    found = inputs(one)
    assert (found.level_3, found.level_3_lately, found.critical_lately) == (1, 0, 0)
    event(one, Level.P0, ago(days=6), resolved_at=ago(days=5))
    assert (inputs(one).level_3, inputs(one).level_3_lately) == (2, 1)


@pytest.mark.parametrize("level", list(Level))
def test_critical_is_what_sends_for_help_at_once_and_is_not_over(one: UUID, level: Level) -> None:
    event(one, level, ago(days=6))
    assert inputs(one).critical_lately == (level in {Level.P0, Level.P0B, Level.P3, Level.P4})
    assert inputs(one, NOW + timedelta(days=1)).critical_lately == 0


def test_doses_due_are_those_decided(one: UUID) -> None:
    medicine_id = medicine(one, ["08:00", "20:00"], since=ago(days=40))
    decided = ("TAKEN", "TAKEN", "TAKEN_LATE", "MISSED", "SKIPPED", "TAKEN", "TAKEN")
    for days, status in enumerate(decided, start=1):
        dose(one, medicine_id, status, ago(days=days))
    dose(one, medicine_id, "PENDING", ago(hours=1))
    dose(one, medicine_id, "PENDING", NOW + timedelta(hours=8))
    found = counted(one)
    assert (found.inputs.doses_due, found.inputs.taken, found.inputs.taken_late) == (7, 4, 1)
    assert found.adherence == pytest.approx(100 * 5 / 7)


def test_doses_are_of_the_window_and_adherence_is_of_thirty_days(one: UUID) -> None:
    plain_readings(one, 10)
    medicine_id = medicine(one, ["08:00"], since=ago(days=40), is_active=False)
    dose(one, medicine_id, "TAKEN", ago(days=13))
    dose(one, medicine_id, "MISSED", ago(days=14))
    found = counted(one)
    assert (found.inputs.window_days, found.inputs.doses_due, found.adherence) == (14, 1, 50)
    assert found.inputs.has_plan


def test_what_is_taken_as_needed_is_no_plan(one: UUID) -> None:
    medicine_id = medicine(one, [], since=ago(days=40), frequency="AS_NEEDED")
    dose(one, medicine_id, "TAKEN", ago(days=1))
    found = counted(one)
    assert (found.inputs.has_plan, found.inputs.doses_due, found.adherence) == (False, 0, None)


def test_a_medicine_of_which_nothing_was_due_yet_is_a_plan(one: UUID) -> None:
    medicine(one, ["20:00"], since=ago(hours=1))
    assert inputs(one).has_plan
    assert inputs(one).doses_due == 0


def test_readings_not_counted_at_the_patient_are_found_once_a_day(one: UUID) -> None:
    plain_readings(one, 3)
    reading(one, 110, ago(days=900))
    assert counted(one).uncounted == 4


def test_the_order_in_which_readings_came_does_not_matter() -> None:
    told = ((0, 62), (15, 50), (80, 55), (200, 320))
    found = set()
    for order in permutations(told):
        one = patient()
        for minutes, value in order:
            reading(one, value, ago(days=1) + timedelta(minutes=minutes))
        found.add(inputs(one))
    assert len(found) == 1


def test_nobodys_readings_are_counted_for_somebody_else() -> None:
    first, second = patient(), patient()
    reading(first, 62, ago(days=1, minutes=10))
    reading(second, 64, ago(days=1))
    with db.transaction() as connection:
        both = count_for(connection, [first, second], NOW)
    assert [each.inputs.from_54_to_70 for each in both] == [1, 1]
