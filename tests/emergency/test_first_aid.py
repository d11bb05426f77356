"""First aid: the cautious rows, with nothing known."""

from datetime import UTC, datetime, timedelta

import pytest

from app.emergency import texts
from app.emergency.first_aid import first_aid
from app.parsing.meanings import (
    Alarm,
    AnyMeaning,
    Asked,
    Command,
    Display,
    Glucose,
    GlucoseDisplay,
    GlucoseDoubtful,
    Parsed,
    Plea,
    Symptoms,
)
from app.parsing.units import Unit
from app.text import Text

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def said(*meanings: AnyMeaning, unit: Unit = Unit.MG_DL) -> tuple[Text, ...]:
    return first_aid(Parsed("en", "Latn", meanings=meanings), NOON, unit)


@pytest.mark.parametrize(
    ("meaning", "first"),
    [
        (Symptoms(("unconscious",)), texts.UNCONSCIOUS),
        (Symptoms(("chest_pain",)), texts.DANGER_SIGNS),
        (Glucose(45), texts.VERY_LOW),
        (GlucoseDisplay(Display.LO), texts.VERY_LOW),
        (GlucoseDoubtful(2.5), texts.VERY_LOW),
        (GlucoseDoubtful(3.5), texts.LOW),
        (Glucose(65), texts.LOW),
        (Symptoms(("vomiting",)), texts.HOSPITAL_NOW),
        (Symptoms(("shaky",)), texts.MAYBE_LOW),
        (GlucoseDisplay(Display.HI), texts.CRITICAL_HIGH),
        (GlucoseDoubtful(700), texts.CRITICAL_HIGH),
        (Glucose(420), texts.DANGER_QUESTION),
        (Glucose(250), texts.KETONES),
    ],
)
def test_danger_is_answered_with_nothing_known(meaning: AnyMeaning, first: Text) -> None:
    assert said(meaning)[0] == first


@pytest.mark.parametrize(
    "meaning", [Glucose(110), GlucoseDoubtful(7.2), Asked(Command.GREETING), Glucose(200)]
)
def test_no_danger_gives_no_text(meaning: AnyMeaning) -> None:
    assert said(meaning) == ()
    assert said() == ()


def test_the_gravest_of_several_speaks() -> None:
    assert said(Glucose(320), Glucose(62), Glucose(110))[0] == texts.LOW


def test_with_unknown_medicines_glucose_comes_before_sugar() -> None:
    assert texts.glucose_or_sugar("15-20", 4) in said(Glucose(45))


def test_with_a_mmol_l_meter_the_unit_is_asked_in_the_same_message() -> None:
    assert said(Glucose(35), unit=Unit.MMOL_L)[-1] == texts.WITH_ITS_UNIT
    assert texts.WITH_ITS_UNIT not in said(Glucose(35))
    assert said(GlucoseDisplay(Display.LO), unit=Unit.MMOL_L)[-1] == texts.WITH_ITS_UNIT


def test_a_reading_of_this_morning_does_not_outrank_now() -> None:
    morning = Glucose(45, recorded_at=NOON - timedelta(hours=5))
    assert said(morning) == (texts.OLD_VALUE,)
    assert said(morning, Glucose(110)) == ()
    assert said(Glucose(45, recorded_at=NOON + timedelta(hours=5)))[0] == texts.VERY_LOW


def test_who_says_that_the_sugar_is_low_is_told_to_treat_it() -> None:
    assert texts.MAYBE_LOW in said(Plea(Alarm.LOW))


def test_who_cries_for_help_is_told_whom_to_call() -> None:
    assert said(Plea(Alarm.HELP)) == (texts.WHOM_TO_CALL,)
