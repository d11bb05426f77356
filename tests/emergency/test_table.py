"""The triage table as it is written, with all its columns, from the words of a message.

The expected rows are those of the clinical rules, by hand: the row, the event, how it stands, when
it is asked after, and who is told at once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.emergency import texts
from app.emergency.assess import Assessment
from app.emergency.doubt import Doubt
from app.emergency.event import EmergencyOpened, EmergencyStatus, EmergencyType, Level
from app.emergency.gather import is_future
from app.parsing.load import lexicon
from app.parsing.meanings import Glucose, Message, Parsed
from app.parsing.parse import parse
from app.parsing.units import Unit
from app.people.person import DiabetesType
from tests.emergency.circles import ALL_DOCTORS, EVERYONE, FAMILY, FAMILY_AND_DOCTOR, names, told
from tests.emergency.people import NOON, Story, event, medicines, person

LOW, HIGH = EmergencyType.HYPOGLYCEMIA, EmergencyType.HYPERGLYCEMIA
ACTIVE, ESCALATED = EmergencyStatus.ACTIVE, EmergencyStatus.ESCALATED
TYPE_2 = person(DiabetesType.TYPE_2)
METFORMIN = Story(TYPE_2, medicines("metformin"))
INSULIN = Story(TYPE_2, medicines("insulin"))
GLIFLOZIN = Story(TYPE_2, medicines("dapagliflozin"))
UNKNOWN = Story(person())
MMOL = replace(METFORMIN, who=person(DiabetesType.TYPE_2, Unit.MMOL_L))
NOBODY: list[str] = []


def understood(body: str, unit: Unit = Unit.MG_DL, *, at: datetime = NOON) -> Parsed:
    local = at.astimezone(ZoneInfo("Asia/Kolkata"))
    return parse(lexicon(), Message(body, local, "en", unit))


def says(body: str, story: Story = METFORMIN) -> Assessment:
    return story.hears(*understood(body, story.who.unit).meanings)


@pytest.mark.parametrize(
    ("body", "story", "row", "asks", "who"),
    [
        ("he is unconscious", METFORMIN, (Level.P0, LOW, ESCALATED), (5, 10, 20), EVERYONE),
        ("he has a seizure", METFORMIN, (Level.P0, LOW, ESCALATED), (5, 10, 20), EVERYONE),
        ("she cannot swallow", METFORMIN, (Level.P0, LOW, ESCALATED), (5, 10, 20), EVERYONE),
        ("he is confused", METFORMIN, (Level.P0, LOW, ESCALATED), (5, 10, 20), EVERYONE),
        ("papa behosh ho gaye", METFORMIN, (Level.P0, LOW, ESCALATED), (5, 10, 20), EVERYONE),
        ("chest pain", METFORMIN, (Level.P0B, LOW, ESCALATED), (5, 10, 20), EVERYONE),
        ("cannot breathe", METFORMIN, (Level.P0B, LOW, ESCALATED), (5, 10, 20), EVERYONE),
        ("left side is weak", METFORMIN, (Level.P0B, LOW, ESCALATED), (5, 10, 20), EVERYONE),
        ("sugar 53", METFORMIN, (Level.P1, LOW, ACTIVE), (15,), FAMILY),
        ("meter shows LO", METFORMIN, (Level.P1, LOW, ACTIVE), (15,), FAMILY),
        ("sugar 20", METFORMIN, (Level.P1, LOW, ACTIVE), (15,), FAMILY),
        ("sugar 39", METFORMIN, (Level.P1, LOW, ACTIVE), (15,), FAMILY),
        ("sugar 40", METFORMIN, (Level.P1, LOW, ACTIVE), (15,), FAMILY),
        ("i am shaky and sweating", INSULIN, (Level.P1, LOW, ACTIVE), (15,), FAMILY),
        ("sugar 54", METFORMIN, (Level.P2, LOW, ACTIVE), (15,), NOBODY),
        ("sugar 69", METFORMIN, (Level.P2, LOW, ACTIVE), (15,), NOBODY),
        ("sugar 69", INSULIN, (Level.P2, LOW, ACTIVE), (15,), FAMILY),
        ("sugar 70, shaky", INSULIN, (Level.P2B, LOW, ACTIVE), (15,), FAMILY),
        ("sugar 79, sweating", INSULIN, (Level.P2B, LOW, ACTIVE), (15,), FAMILY),
        ("fruity breath", METFORMIN, (Level.P3, HIGH, ACTIVE), (10, 30), ALL_DOCTORS),
        ("deep fast breathing", METFORMIN, (Level.P3, HIGH, ACTIVE), (10, 30), ALL_DOCTORS),
        ("sugar 241, vomiting", METFORMIN, (Level.P3, HIGH, ACTIVE), (10, 30), ALL_DOCTORS),
        ("sugar 130, vomiting", GLIFLOZIN, (Level.P3, HIGH, ACTIVE), (10, 30), ALL_DOCTORS),
        ("meter shows HI", METFORMIN, (Level.P4, HIGH, ACTIVE), (15,), FAMILY_AND_DOCTOR),
        ("sugar 600", METFORMIN, (Level.P4, HIGH, ACTIVE), (15,), FAMILY_AND_DOCTOR),
        ("sugar 601", METFORMIN, (Level.P4, HIGH, ACTIVE), (15,), FAMILY_AND_DOCTOR),
        ("sugar 400", METFORMIN, (Level.P5, HIGH, ACTIVE), (60,), FAMILY),
        ("sugar 599", METFORMIN, (Level.P5, HIGH, ACTIVE), (60,), FAMILY),
        ("sugar 300", METFORMIN, (Level.P6, HIGH, ACTIVE), (120,), NOBODY),
        ("sugar 399", METFORMIN, (Level.P6, HIGH, ACTIVE), (120,), NOBODY),
        ("sugar 241", INSULIN, (Level.P7, HIGH, ACTIVE), (180,), NOBODY),
        ("sugar 299", UNKNOWN, (Level.P7, HIGH, ACTIVE), (180,), NOBODY),
    ],
)
def test_a_row_with_all_its_columns(
    body: str,
    story: Story,
    row: tuple[Level, EmergencyType, EmergencyStatus],
    asks: tuple[int, ...],
    who: list[str],
) -> None:
    answer = says(body, story)
    (opened,) = answer.events
    assert isinstance(opened, EmergencyOpened)
    assert (opened.level, opened.type, opened.status) == row
    assert opened.follow_up_minutes == asks
    assert names(told(story, answer)) == who


@pytest.mark.parametrize(
    ("body", "level"),
    [
        ("sugar 70", None),
        ("sugar 79", None),
        ("sugar 80", None),
        ("sugar 80, shaky", None),
        ("sugar 240", Level.P8),
        ("sugar 240, vomiting", None),
        ("sugar 241", Level.P7),
        ("sugar 299", Level.P7),
        ("sugar 180", Level.P8),
        ("Hi", None),
        ("Hi sir", None),
        ("no dizziness, sugar 110", None),
    ],
)
def test_what_opens_nothing(body: str, level: Level | None) -> None:
    answer = says(body)
    assert (answer.level, answer.events) == (level, ())


def test_the_second_high_within_a_day_is_told_to_the_family() -> None:
    answer = says("sugar 320")
    assert names(told(METFORMIN, answer, highs_in_24h=1)) == FAMILY


@pytest.mark.parametrize(
    ("body", "level"),
    [
        ("2.2 mmol/L", Level.P1),
        ("2.9 mmol/L", Level.P1),
        ("3.0 mmol/L", Level.P2),
        ("3.8 mmol/L", Level.P2),
        ("3.9 mmol/L", None),
        ("13.3 mmol/L", Level.P8),
        ("13.4 mmol/L", Level.P7),
        ("16.6 mmol/L", Level.P7),
        ("16.7 mmol/L", Level.P6),
        ("22.1 mmol/L", Level.P6),
        ("22.2 mmol/L", Level.P5),
        ("33.2 mmol/L", Level.P5),
        ("33.3 mmol/L", Level.P4),
    ],
)
def test_a_value_told_in_mmol_l_has_its_row(body: str, level: Level | None) -> None:
    assert says(f"sugar {body}").level is level
    assert says(f"sugar {body.removesuffix(' mmol/L')}", MMOL).level is level


TENTHS = [tenths / 10 for tenths in range(11, 39)]
"""1.1 to 3.8."""


@pytest.mark.parametrize("value", TENTHS)
def test_a_number_that_is_low_in_either_unit_is_treated_and_then_asked_about(value: float) -> None:
    answer = says(f"sugar {value}")
    assert answer.level is (Level.P1 if value < 3.0 else Level.P2)
    assert answer.doubts == (Doubt.LOW_EITHER_UNIT,)


@pytest.mark.parametrize("value", ["3.9", "4.0", "5.5", "7.2", "11", "12.0", "19", "19.9"])
def test_a_number_that_may_be_anything_is_asked_about_with_the_symptoms(value: str) -> None:
    answer = says(f"sugar {value}")
    assert (answer.level, answer.events, answer.doubts) == (None, (), (Doubt.MMOL_OR_HBA1C,))


@pytest.mark.parametrize(
    ("value", "level", "doubt"),
    [
        ("601", Level.P4, Doubt.RETYPE),
        ("750", Level.P4, Doubt.RETYPE),
        ("999", Level.P4, Doubt.RETYPE),
        ("1000", None, Doubt.TENTH),
        ("1420", None, Doubt.TENTH),
        ("2000", None, Doubt.TENTH),
        ("2001", None, Doubt.OUT_OF_REACH),
        ("5000", None, Doubt.OUT_OF_REACH),
        ("LO", Level.P1, Doubt.VERY_LOW),
        ("20", Level.P1, Doubt.VERY_LOW),
        ("39", Level.P1, Doubt.VERY_LOW),
    ],
)
def test_no_value_is_silently_rejected(value: str, level: Level | None, doubt: Doubt) -> None:
    answer = says(f"sugar {value}")
    assert (answer.level, answer.doubts) == (level, (doubt,))
    assert answer.is_emergency is (level is not None)


@pytest.mark.parametrize("value", ["40", "53", "54", "240", "599", "600", "HI"])
def test_a_plain_value_is_not_asked_about(value: str) -> None:
    assert says(f"sugar {value}").doubts == ()


@pytest.mark.parametrize(
    ("ago", "value", "level", "opens"),
    [
        (timedelta(hours=2), 53.0, Level.P1, True),
        (timedelta(hours=2, minutes=1), 53.0, Level.P1, False),
        (timedelta(hours=2), 69.0, Level.P2, True),
        (timedelta(hours=2, minutes=1), 69.0, Level.P2, False),
        (timedelta(hours=2, minutes=1), 610.0, Level.P4, True),
        (timedelta(hours=24), 320.0, Level.P6, True),
        (timedelta(hours=24, minutes=1), 320.0, Level.P6, False),
    ],
)
def test_a_low_is_history_after_two_hours_and_a_high_after_a_day(
    ago: timedelta, value: float, level: Level, *, opens: bool
) -> None:
    answer = METFORMIN.hears(Glucose(value, recorded_at=NOON - ago))
    assert (answer.level, answer.is_emergency) == (level, opens)
    if not opens:
        assert answer.texts == (texts.OLD_VALUE,)


@pytest.mark.parametrize(
    ("minutes", "future"), [(0, False), (9, False), (10, False), (11, True), (600, True)]
)
def test_the_time_of_a_value_of_the_future_is_asked_for_and_its_danger_told_at_once(
    minutes: int, *, future: bool
) -> None:
    at = NOON + timedelta(minutes=minutes)
    assert is_future(at, NOON) is future
    assert METFORMIN.hears(Glucose(45, recorded_at=at)).level is Level.P1


@pytest.mark.parametrize(
    ("told_by", "status", "texts_first"),
    [
        ((45, 53), ESCALATED, texts.NO_BETTER_LOW),
        ((62, 58, 55, 60), ESCALATED, texts.NO_BETTER_LOW),
        ((62, 58, 55), ACTIVE, texts.STILL_LOW),
    ],
)
def test_a_low_that_does_not_rise_goes_to_the_ambulance(
    told_by: tuple[float, ...], status: EmergencyStatus, texts_first: object
) -> None:
    last = METFORMIN.goes(*told_by)[-1]
    (went_on,) = last.events
    assert getattr(went_on, "status", None) is status
    assert last.texts[0] == texts_first


@pytest.mark.parametrize(
    ("story", "values", "ended"),
    [
        (METFORMIN, (62, 70), [False, True]),
        (INSULIN, (62, 70), [False, False]),
        (INSULIN, (62, 70, 95), [False, False, True]),
        (METFORMIN, (62, 69.9), [False, False]),
    ],
)
def test_a_low_ends_at_70_and_where_lows_come_back_at_the_second(
    story: Story, values: tuple[float, ...], ended: list[bool]
) -> None:
    answers = story.goes(*values)
    assert [any(hasattr(one, "by_word") for one in each.events) for each in answers] == ended


@pytest.mark.parametrize("value", ["110", "69", "300", "HI"])
def test_no_value_reassures_after_a_red_flag(value: str) -> None:
    flagged = replace(METFORMIN, open=(event(Level.P0, LOW, status=ESCALATED),))
    answer = says(f"sugar {value}", flagged)
    said = {texts.STILL_GO_NOW, texts.UNCONSCIOUS}
    assert set(answer.texts) <= said
    assert answer.texts
