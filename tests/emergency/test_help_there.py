"""What a person's word about help ends, what it leaves open, and what outranks it."""

import pytest

from app.emergency import texts
from app.emergency.assess import Assessment, Circumstances, assess
from app.emergency.event import (
    EmergencyContinued,
    EmergencyFacts,
    EmergencyOpened,
    EmergencyResolved,
    EmergencyStatus,
    EmergencyType,
    Level,
    OpenEvent,
)
from app.medications.dose import MedicationFacts
from app.parsing.meanings import Alarm, AnyMeaning, Glucose, HelpWord, Plea, Symptoms
from app.people.person import DiabetesType
from tests.emergency.people import NOON, event, medicines, new_id, person

LOW, HIGH = EmergencyType.HYPOGLYCEMIA, EmergencyType.HYPERGLYCEMIA
ESCALATED = EmergencyStatus.ESCALATED
THERE, UNSURE, BETTER, NONE = HelpWord.THERE, HelpWord.UNSURE, HelpWord.BETTER, HelpWord.NONE
UNCONSCIOUS = event(Level.P0, LOW, status=ESCALATED)
HEART = event(Level.P0B, HIGH, status=ESCALATED)
ACID = event(Level.P3, HIGH)
LOST_LOW = event(Level.P2, LOW, status=ESCALATED, glucose=60)
HI_AGAIN = event(Level.P4, HIGH, status=ESCALATED)
METFORMIN = medicines("metformin")


def heard(
    word: HelpWord | None,
    *open_events: OpenEvent,
    says: tuple[AnyMeaning, ...] = (),
    medications: MedicationFacts = METFORMIN,
) -> Assessment:
    around = Circumstances(
        person=person(DiabetesType.TYPE_2),
        received_at=NOON,
        now=NOON,
        medications=medications,
        emergency=EmergencyFacts(open_events),
    )
    return assess(says, around, new_id, word)


@pytest.mark.parametrize("one", [UNCONSCIOUS, HEART, ACID, LOST_LOW, HI_AGAIN])
def test_help_that_is_there_ends_what_only_help_ends(one: OpenEvent) -> None:
    answer = heard(THERE, one)
    assert answer.events == (EmergencyResolved(one.event_id, by_word=True),)
    assert answer.texts == (texts.HELP_IS_THERE,)
    assert not answer.asks_for_doctor


def test_help_that_is_there_ends_both_events_at_once() -> None:
    acid = event(Level.P3, HIGH, name="high")
    answer = heard(THERE, UNCONSCIOUS, acid)
    assert answer.events == (
        EmergencyResolved(UNCONSCIOUS.event_id, by_word=True),
        EmergencyResolved(acid.event_id, by_word=True),
    )


def test_days_later_too_a_word_ends_what_danger_signs_opened() -> None:
    old = event(Level.P0, LOW, minutes_ago=3 * 24 * 60, status=ESCALATED)
    assert heard(THERE, old).events == (EmergencyResolved(old.event_id, by_word=True),)


@pytest.mark.parametrize(
    "one", [event(Level.P1, LOW), event(Level.P4, HIGH), event(Level.P6, HIGH)]
)
@pytest.mark.parametrize("word", [THERE, UNSURE, BETTER, NONE])
def test_what_a_value_ends_is_not_ended_by_words(one: OpenEvent, word: HelpWord) -> None:
    assert heard(word, one).events == ()


@pytest.mark.parametrize("word", [UNSURE, BETTER])
@pytest.mark.parametrize(
    ("one", "asks_again"),
    [(UNCONSCIOUS, (5, 10, 20)), (HEART, (5, 10, 20)), (ACID, (10, 30))],
)
def test_better_or_a_doubt_keeps_go_now_and_asks_for_a_doctor(
    one: OpenEvent, asks_again: tuple[int, ...], word: HelpWord
) -> None:
    answer = heard(word, one)
    went_on = answer.events[0]
    assert isinstance(went_on, EmergencyContinued)
    assert (went_on.level, went_on.status) == (one.level, one.status)
    assert went_on.follow_up_minutes == asks_again
    assert answer.texts == (texts.GO_UNLESS_HELPED,)
    assert answer.asks_for_doctor


def test_no_help_keeps_go_now_and_asks_nothing() -> None:
    answer = heard(NONE, UNCONSCIOUS)
    assert answer.texts == (texts.GO_UNLESS_HELPED,)
    assert not answer.asks_for_doctor


def test_a_day_later_better_is_told_to_see_a_doctor_and_not_asked_by_the_clock() -> None:
    old = event(Level.P0, LOW, minutes_ago=25 * 60, status=ESCALATED)
    answer = heard(BETTER, old)
    went_on = answer.events[0]
    assert isinstance(went_on, EmergencyContinued)
    assert went_on.follow_up_minutes == ()
    assert answer.texts == (texts.SEE_A_DOCTOR,)
    assert answer.asks_for_doctor


def test_better_after_a_low_that_nobody_answered_for_asks_for_a_value() -> None:
    answer = heard(BETTER, LOST_LOW)
    assert answer.texts == (texts.TEST_NOW_ILL,)
    assert not answer.asks_for_doctor


@pytest.mark.parametrize(
    "danger",
    [
        Symptoms(("seizure",)),
        Symptoms(("chest_pain",)),
        Symptoms(("vomiting",)),
        Symptoms(("drowsy",)),
        Glucose(45.0),
        Glucose(65.0),
        Glucose(610.0),
        Plea(Alarm.LOW),
        Plea(Alarm.HELP),
    ],
)
def test_a_new_danger_in_the_same_message_wins(danger: AnyMeaning) -> None:
    answer = heard(THERE, UNCONSCIOUS, says=(danger,))
    assert not any(isinstance(one, EmergencyResolved) for one in answer.events)
    assert texts.HELP_IS_THERE not in answer.texts


@pytest.mark.parametrize("value", [120.0, 250.0, 380.0, 450.0])
def test_who_has_help_is_told_no_more_of_a_value(value: float) -> None:
    answer = heard(THERE, ACID, says=(Glucose(value),))
    assert answer.events == (EmergencyResolved(ACID.event_id, by_word=True),)
    assert answer.texts == (texts.HELP_IS_THERE,)


@pytest.mark.parametrize("word", [UNSURE, BETTER])
def test_a_value_beside_a_doubt_is_judged_as_ever(word: HelpWord) -> None:
    answer = heard(word, UNCONSCIOUS, says=(Glucose(120.0),))
    assert answer.texts == (texts.STILL_GO_NOW,)
    assert not answer.asks_for_doctor


def test_a_low_beside_danger_signs_goes_on_by_its_value() -> None:
    low = event(Level.P2, LOW, glucose=60, name="low")
    answer = heard(THERE, ACID, low, says=(Glucose(110.0),))
    assert answer.events == (
        EmergencyResolved(ACID.event_id, by_word=True),
        EmergencyResolved(low.event_id, 110.0),
    )


def test_words_of_help_open_nothing() -> None:
    assert heard(THERE).events == ()
    assert not any(isinstance(one, EmergencyOpened) for one in heard(UNSURE).events)
