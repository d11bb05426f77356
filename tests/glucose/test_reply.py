"""What is said to a reading: targets of ADA Standards of Care, section 6."""

from datetime import UTC, datetime, timedelta

import pytest

from app.glucose.reply import at_time, noted, state_told, verdict
from app.glucose.target import target_of
from app.i18n import render
from app.parsing.meanings import GlucoseState
from app.parsing.units import Unit

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def said(value: float, state: GlucoseState | None, unit: Unit = Unit.MG_DL) -> str:
    return " ".join(render(line, "en") for line in verdict(value, state, unit))


@pytest.mark.parametrize(
    ("value", "state", "where"),
    [
        (79.9, GlucoseState.MORNING_FASTING, "a little below"),
        (80.0, GlucoseState.MORNING_FASTING, "within"),
        (130.0, GlucoseState.BEFORE_LUNCH, "within"),
        (131.0, GlucoseState.BEFORE_DINNER, "above"),
        (70.0, GlucoseState.AFTER_BREAKFAST, "within"),
        (179.9, GlucoseState.AFTER_LUNCH, "within"),
        (180.0, GlucoseState.AFTER_DINNER, "above"),
    ],
)
def test_a_value_is_held_against_the_target_of_its_state(
    value: float, state: GlucoseState, where: str
) -> None:
    assert f"{where} the aim" in said(value, state)


@pytest.mark.parametrize("state", [None, GlucoseState.RANDOM, GlucoseState.BEDTIME])
def test_without_a_target_nothing_is_judged(state: GlucoseState | None) -> None:
    assert target_of(state) is None
    assert said(212.0, state) == ""


def test_targets_are_in_the_unit_of_the_meter() -> None:
    assert "4.4 to 7.2 mmol/L" in said(126.0, GlucoseState.MORNING_FASTING, Unit.MMOL_L)
    assert "under 10.0 mmol/L" in said(212.0, GlucoseState.AFTER_LUNCH, Unit.MMOL_L)


def test_no_value_is_answered_with_alarm_words() -> None:
    for value in range(70, 300):
        for state in GlucoseState:
            words = said(float(value), state).lower()
            assert not {"danger", "urgent", "emergency", "bad", "!"} & set(words.split())


def test_a_time_is_told_with_its_day_where_that_is_not_today() -> None:
    assert at_time(NOON - timedelta(hours=4), NOON) == "08:00"
    assert at_time(NOON - timedelta(hours=14), NOON) == "19/11 22:00"


def test_a_reading_is_noted_as_understood() -> None:
    line = noted("142 mg/dL", GlucoseState.BEDTIME, "22:00")
    assert render(line, "hi") == "लिख लिया: शुगर 142 mg/dL, सोते समय, समय 22:00।"


def test_a_state_told_afterwards_is_answered_with_the_verdict() -> None:
    lines = state_told(GlucoseState.AFTER_LUNCH, 212.0, Unit.MG_DL)
    assert render(lines[0], "en") == "Noted: after lunch."
    assert len(lines) == 3
