"""Highs, danger signs, and two events at once."""

import pytest

from app.emergency import texts
from app.emergency.assess import Assessment
from app.emergency.case import Case, Heard
from app.emergency.course import proceed
from app.emergency.event import (
    EmergencyContinued,
    EmergencyEvent,
    EmergencyOpened,
    EmergencyResolved,
    EmergencyStatus,
    EmergencyType,
    Level,
)
from app.emergency.finding import Finding, Known
from app.emergency.triage import Verdict
from app.parsing.meanings import Display, Glucose, GlucoseDisplay, Symptoms
from app.people.person import DiabetesType
from tests.emergency.people import NOON, Story, event, medicines, new_id, person

LOW, HIGH = EmergencyType.HYPOGLYCEMIA, EmergencyType.HYPERGLYCEMIA
TYPE_2 = person(DiabetesType.TYPE_2)
ON_METFORMIN = Story(TYPE_2, medicines("metformin"))
ON_INSULIN = Story(TYPE_2, medicines("insulin"))
OPENED, CONTINUED, RESOLVED = EmergencyOpened, EmergencyContinued, EmergencyResolved
ESCALATED = EmergencyStatus.ESCALATED


def kinds(answers: list[Assessment]) -> list[list[type]]:
    return [[type(one) for one in answer.events] for answer in answers]


def continued(answer: Assessment) -> EmergencyContinued:
    one: EmergencyEvent = answer.events[0]
    assert isinstance(one, EmergencyContinued)
    return one


def test_a_value_below_240_ends_a_high() -> None:
    answers = ON_METFORMIN.goes(320, 239)
    assert kinds(answers) == [[OPENED], [RESOLVED]]
    assert answers[1].texts == (texts.HIGH_OVER,)


def test_a_value_of_240_does_not_end_a_high() -> None:
    answers = ON_METFORMIN.goes(320, 240)
    assert continued(answers[1]).follow_up_minutes == (120,)
    assert answers[1].texts == (texts.STILL_HIGH,)


def test_a_high_that_comes_down_a_little_goes_on_with_its_advice() -> None:
    answers = ON_METFORMIN.goes(320, 260)
    assert kinds(answers) == [[OPENED], [CONTINUED]]
    assert texts.KETONES in answers[1].texts


def test_a_high_keeps_its_gravest_level() -> None:
    answers = ON_METFORMIN.goes(320, 450, 310)
    assert kinds(answers) == [[OPENED], [CONTINUED], [CONTINUED]]
    assert [continued(answer).level for answer in answers[1:]] == [Level.P5, Level.P5]


def test_hi_again_sends_to_a_hospital() -> None:
    high = GlucoseDisplay(Display.HI)
    answers = ON_METFORMIN.goes(high, high)
    assert answers[0].texts == (texts.CRITICAL_HIGH,)
    assert answers[1].texts[0] == texts.HOSPITAL_NOW
    assert continued(answers[1]).status is ESCALATED


def test_illness_told_during_a_high_is_p3() -> None:
    answers = ON_METFORMIN.goes(320, "vomiting", minutes=30)
    assert continued(answers[1]).level is Level.P3
    assert answers[1].texts[0] == texts.HOSPITAL_NOW


@pytest.mark.parametrize(
    ("sign", "value", "follow_up"),
    [
        ("unconscious", 120, (5, 10, 20)),
        ("chest_pain", 120, (5, 10, 20)),
        ("fruity_breath", 120, (10, 30)),
    ],
)
def test_a_normal_value_after_a_danger_sign_does_not_reassure(
    sign: str, value: float, follow_up: tuple[int, ...]
) -> None:
    answers = ON_METFORMIN.goes(sign, value, value)
    assert kinds(answers) == [[OPENED], [CONTINUED], [CONTINUED]]
    assert answers[1].texts == answers[2].texts == (texts.STILL_GO_NOW,)
    assert continued(answers[1]).follow_up_minutes == follow_up


@pytest.mark.parametrize(("level", "kind"), [(Level.P0, LOW), (Level.P0B, LOW), (Level.P3, HIGH)])
def test_no_value_ends_what_danger_signs_opened_not_even_days_later(
    level: Level, kind: EmergencyType
) -> None:
    old = event(level, kind, minutes_ago=3 * 24 * 60, status=ESCALATED)
    answer = Story(TYPE_2, medicines("metformin"), (old,)).hears(Glucose(110))
    assert answer.texts == (texts.SEE_A_DOCTOR,)
    assert continued(answer).status is ESCALATED
    assert continued(answer).follow_up_minutes == ()


@pytest.mark.parametrize("value", [45, 62, 250, 320, 450, 610])
def test_who_was_unconscious_is_told_neither_to_eat_nor_to_drink(value: float) -> None:
    answer = ON_INSULIN.goes("unconscious", value)[1]
    assert set(answer.texts) <= {texts.UNCONSCIOUS, texts.STILL_GO_NOW}


def test_who_is_drowsy_after_a_low_is_not_told_to_eat() -> None:
    story = Story(person(DiabetesType.TYPE_1))
    low = story.goes(62)[0]
    answer = story.after(low).hears(Glucose(130), Symptoms(("drowsy",)))
    assert kinds([answer]) == [[OPENED, CONTINUED]]
    assert answer.texts == (texts.HOSPITAL_NOW, texts.INSULIN_ONLY)


def test_who_is_drowsy_after_a_low_on_metformin_is_not_told_to_eat_either() -> None:
    low = ON_METFORMIN.goes(62)[0]
    answer = ON_METFORMIN.after(low).hears(Glucose(130), Symptoms(("drowsy",)))
    assert kinds([answer]) == [[CONTINUED]]
    assert answer.texts == (texts.WATCH, texts.TEST_ONLY)


def test_a_danger_sign_during_a_low_goes_on_with_the_same_event() -> None:
    answers = ON_INSULIN.goes(50, "seizure")
    assert kinds(answers) == [[OPENED], [CONTINUED]]
    assert (continued(answers[1]).level, continued(answers[1]).status) == (Level.P0, ESCALATED)
    assert answers[1].texts == (texts.UNCONSCIOUS,)


def test_a_low_after_a_sign_of_the_heart_is_treated_and_still_goes() -> None:
    answer = ON_INSULIN.goes("chest_pain", 60)[1]
    assert texts.fast_sugar("15", 3) in answer.texts
    assert answer.texts[-1] == texts.STILL_GO_NOW


def test_a_high_after_ketoacidosis_keeps_go_now() -> None:
    answer = ON_METFORMIN.goes("fruity_breath", 420)[1]
    assert (continued(answer).level, answer.texts[-1]) == (Level.P3, texts.STILL_GO_NOW)


def test_a_low_during_a_high_ends_the_high_and_opens_a_low() -> None:
    answers = ON_INSULIN.goes(420, 60)
    assert kinds(answers) == [[OPENED], [OPENED, RESOLVED]]
    assert texts.HIGH_OVER not in answers[1].texts


def test_two_open_events_are_both_judged_by_one_value() -> None:
    both = (event(Level.P6, HIGH, name="high"), event(Level.P2, LOW, name="low"))
    answer = Story(TYPE_2, medicines("metformin"), both).hears(Glucose(110))
    assert kinds([answer]) == [[RESOLVED, RESOLVED]]


def test_a_low_value_beside_a_sign_of_the_heart_belongs_to_the_low() -> None:
    both = (event(Level.P6, HIGH, name="high"), event(Level.P2, LOW, name="low"))
    story = Story(TYPE_2, medicines("metformin"), both)
    answer = story.hears(Glucose(45), Symptoms(("chest_pain",)))
    assert continued(answer).event_id == new_id("low")
    assert texts.NOT_AWAKE in answer.texts


def test_a_low_is_left_as_it_is_by_an_old_low_told_now() -> None:
    low = event(Level.P2, LOW, glucose=60, minutes_ago=200)
    story = Story(TYPE_2, medicines("metformin"), (low,))
    old = Glucose(60, recorded_at=NOON.replace(hour=9))
    assert story.hears(old).events == ()


def test_a_low_is_never_ended_by_a_low_value() -> None:
    heard = Heard(Verdict(), Finding(), newest=Finding(60))
    open_low = event(Level.P2, LOW)
    assert proceed(heard, Case((open_low,), Known(), NOON, new_id)).events == ()


def test_a_verdict_that_opens_an_event_has_a_level() -> None:
    heard = Heard(Verdict(event=LOW), Finding())
    with pytest.raises(ValueError, match="level"):
        proceed(heard, Case((), Known(), NOON, new_id))
