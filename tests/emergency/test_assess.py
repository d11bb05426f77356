"""The one entrance: a whole message, with all that is known."""

from datetime import timedelta

import pytest

from app.emergency import texts
from app.emergency.assess import Circumstances, assess
from app.emergency.doubt import Doubt
from app.emergency.event import EmergencyOpened, EmergencyStatus, EmergencyType, Level
from app.emergency.gather import is_future
from app.glucose.reading import Reading
from app.parsing.meanings import (
    Display,
    Glucose,
    GlucoseDisplay,
    GlucoseDoubtful,
    Meal,
    Symptoms,
)
from app.people.person import DiabetesType
from tests.emergency.people import NOON, Story, event, medicines, new_id, person, reading, told

LOW, HIGH = EmergencyType.HYPOGLYCEMIA, EmergencyType.HYPERGLYCEMIA
TYPE_2 = person(DiabetesType.TYPE_2)
ON_METFORMIN = Story(TYPE_2, medicines("metformin"))


def test_an_opened_event_carries_all_that_is_kept() -> None:
    answer = Story(person()).hears(Glucose(45.5))
    (opened,) = answer.events
    assert opened == EmergencyOpened(
        event_id=new_id(f"{NOON} emergency:HYPOGLYCEMIA"),
        type=LOW,
        level=Level.P1,
        status=EmergencyStatus.ACTIVE,
        instructions=answer.texts,
        follow_up_minutes=(15,),
        glucose_mg_dl=45.5,
    )
    assert (answer.is_emergency, answer.level) == (True, Level.P1)


def test_a_message_without_danger_says_nothing() -> None:
    answer = ON_METFORMIN.hears(Glucose(110), Meal("LUNCH"))
    assert (answer.texts, answer.events, answer.is_emergency, answer.level) == ((), (), False, None)


def test_the_same_message_gives_the_same_ids() -> None:
    story = Story(person())
    assert story.hears(Glucose(45)) == story.hears(Glucose(45))


def test_the_gravest_of_several_values_opens_the_event() -> None:
    answer = ON_METFORMIN.hears(Glucose(62), Glucose(180), Glucose(48))
    assert (answer.level, len(answer.events)) == (Level.P1, 1)


def test_symptoms_stand_beside_the_value_of_the_same_message() -> None:
    answer = ON_METFORMIN.hears(Symptoms(("vomiting",)), Glucose(280))
    assert answer.level is Level.P3


def test_symptoms_are_not_read_with_a_value_of_this_morning() -> None:
    morning = Glucose(280, recorded_at=NOON - timedelta(hours=5))
    answer = ON_METFORMIN.hears(morning, Symptoms(("vomiting",)))
    assert answer.level is Level.P7
    assert answer.texts[0] == texts.KETONES


@pytest.mark.parametrize(
    ("before", "symptom", "level"),
    [
        (reading(75, 5), "shaky", Level.P2B),
        (reading(130, 5), "shaky", None),
        (reading(130, 20), "shaky", Level.P1),
        (reading(260, 60), "vomiting", Level.P3),
        (reading(260, 180), "vomiting", None),
    ],
)
def test_complaints_are_read_with_a_reading_told_just_before(
    before: Reading, symptom: str, level: Level | None
) -> None:
    story = Story(TYPE_2, medicines("glimepiride"), glucose=told(before))
    assert story.hears(Symptoms((symptom,))).level is level


def test_illness_beside_a_doubtful_number_that_may_be_high_is_p3() -> None:
    answer = ON_METFORMIN.hears(GlucoseDoubtful(15.0), Symptoms(("vomiting",)))
    assert (answer.level, answer.doubts) == (Level.P3, (Doubt.MMOL_OR_HBA1C,))


@pytest.mark.parametrize(
    ("doubtful", "level", "doubt"),
    [
        (GlucoseDoubtful(2.9), Level.P1, Doubt.LOW_EITHER_UNIT),
        (GlucoseDoubtful(3.0), Level.P2, Doubt.LOW_EITHER_UNIT),
        (GlucoseDoubtful(3.8), Level.P2, Doubt.LOW_EITHER_UNIT),
        (GlucoseDoubtful(3.9), None, Doubt.MMOL_OR_HBA1C),
        (GlucoseDoubtful(650), Level.P4, Doubt.RETYPE),
        (GlucoseDoubtful(1200), None, Doubt.TENTH),
        (GlucoseDoubtful(5000), None, Doubt.OUT_OF_REACH),
        (GlucoseDisplay(Display.LO), Level.P1, Doubt.VERY_LOW),
    ],
)
def test_a_value_in_doubt_is_treated_first_and_then_asked_about(
    doubtful: GlucoseDoubtful | GlucoseDisplay, level: Level | None, doubt: Doubt
) -> None:
    answer = ON_METFORMIN.hears(doubtful)
    assert (answer.level, answer.doubts) == (level, (doubt,))
    assert answer.is_emergency is (level is not None)


def test_the_second_value_above_240_in_a_row_opens_p7() -> None:
    story = Story(TYPE_2, medicines("metformin"), glucose=told(reading(250, 300)))
    assert story.hears(Glucose(255)).is_emergency
    assert not ON_METFORMIN.hears(Glucose(255)).is_emergency


@pytest.mark.parametrize(
    ("last", "kind"), [(None, LOW), (250, HIGH), (180, HIGH), (179, LOW), (60, LOW)]
)
def test_a_sign_of_the_heart_keeps_the_type_of_the_last_reading(
    last: float | None, kind: EmergencyType
) -> None:
    facts = told(reading(last, 300)) if last else told()
    (opened,) = Story(TYPE_2, glucose=facts).hears(Symptoms(("chest_pain",))).events
    assert isinstance(opened, EmergencyOpened)
    assert (opened.type, opened.status) == (kind, EmergencyStatus.ESCALATED)


def test_a_sign_of_the_heart_goes_on_with_the_event_that_is_open() -> None:
    high = event(Level.P6, HIGH)
    answer = Story(TYPE_2, open=(high,)).hears(Symptoms(("chest_pain",)))
    assert [one.event_id for one in answer.events] == [high.event_id]


def test_a_message_that_waited_for_hours_opens_no_loop() -> None:
    circumstances = Circumstances(TYPE_2, received_at=NOON - timedelta(hours=3), now=NOON)
    answer = assess((Glucose(50),), circumstances, new_id)
    assert (answer.texts, answer.events, answer.level) == ((texts.OLD_VALUE,), (), Level.P1)


def test_a_low_of_this_morning_is_history_where_a_later_reading_is_known() -> None:
    morning = Glucose(50, recorded_at=NOON - timedelta(hours=5))
    later = Story(TYPE_2, glucose=told(reading(120, 60)))
    future = Story(TYPE_2, glucose=told(reading(120, -60)))
    assert later.hears(morning).texts == ()
    assert future.hears(morning).texts == (texts.OLD_VALUE,)


@pytest.mark.parametrize(("minutes", "future"), [(10, False), (11, True), (-60, False)])
def test_a_reading_is_in_the_future_after_ten_minutes(minutes: int, future: bool) -> None:
    assert is_future(NOON + timedelta(minutes=minutes), NOON) is future
    assert not is_future(None, NOON)


@pytest.mark.parametrize(("value", "asks"), [(350, True), (450, True), (250, False), (610, False)])
def test_it_is_told_whether_symptoms_were_asked(value: float, asks: bool) -> None:
    assert ON_METFORMIN.hears(Glucose(value)).asks_symptoms is asks
