"""The loop of a low: sequences of values, fifteen minutes apart unless said."""

import pytest

from app.emergency import texts
from app.emergency.assess import Assessment
from app.emergency.event import (
    EmergencyContinued,
    EmergencyOpened,
    EmergencyResolved,
    EmergencyStatus,
    EmergencyType,
    Level,
)
from app.parsing.meanings import (
    AnyMeaning,
    Display,
    Glucose,
    GlucoseDisplay,
    GlucoseDoubtful,
    Symptoms,
)
from app.people.person import DiabetesType
from tests.emergency.people import NOON, Story, event, medicines, person, reading, told

TYPE_2 = person(DiabetesType.TYPE_2)
ON_METFORMIN = Story(TYPE_2, medicines("metformin"))
ON_GLIMEPIRIDE = Story(TYPE_2, medicines("metformin", "glimepiride"))
ON_INSULIN = Story(TYPE_2, medicines("insulin"))
ON_WHAT_NOBODY_KNOWS = Story(person())
OPENED, CONTINUED, RESOLVED = EmergencyOpened, EmergencyContinued, EmergencyResolved


def kinds(answers: list[Assessment]) -> list[list[type]]:
    return [[type(one) for one in answer.events] for answer in answers]


def continued(answer: Assessment) -> EmergencyContinued:
    (one,) = answer.events
    assert isinstance(one, EmergencyContinued)
    return one


def test_a_low_is_over_after_one_value_of_70_on_metformin() -> None:
    answers = ON_METFORMIN.goes(62, 70)
    assert kinds(answers) == [[OPENED], [RESOLVED]]
    assert answers[1].texts == (texts.LOW_OVER,)


@pytest.mark.parametrize("story", [ON_GLIMEPIRIDE, ON_INSULIN, ON_WHAT_NOBODY_KNOWS])
def test_a_low_that_can_return_is_over_only_after_a_second_value(story: Story) -> None:
    answers = story.goes(62, 85, 110)
    assert kinds(answers) == [[OPENED], [CONTINUED], [RESOLVED]]
    assert answers[1].texts == (texts.LOW_RISEN,)
    assert continued(answers[1]).normal_values == 1
    assert continued(answers[1]).follow_up_minutes == (15,)


def test_after_a_sulfonylurea_a_low_is_watched_for_a_day() -> None:
    assert texts.LOW_CAN_RETURN in ON_GLIMEPIRIDE.goes(62, 85, 110)[2].texts
    assert texts.LOW_CAN_RETURN in ON_WHAT_NOBODY_KNOWS.goes(62, 85, 110)[2].texts
    assert texts.LOW_CAN_RETURN not in ON_INSULIN.goes(62, 85, 110)[2].texts


def test_a_fall_between_two_normal_values_starts_counting_again() -> None:
    answers = ON_INSULIN.goes(62, 85, 66, 90, 95)
    assert kinds(answers) == [[OPENED], [CONTINUED], [CONTINUED], [CONTINUED], [RESOLVED]]
    assert [continued(answer).normal_values for answer in answers[1:4]] == [1, 0, 1]


def test_a_low_is_treated_three_times_and_then_an_ambulance_is_called() -> None:
    answers = ON_METFORMIN.goes(62, 64, 65, 66, 67)
    assert [continued(answer).round for answer in answers[1:]] == [2, 3, 3, 3]
    assert answers[1].texts[0] == texts.STILL_LOW
    assert texts.fast_sugar("15", 3) in answers[2].texts
    assert answers[3].texts == answers[4].texts == (texts.NO_BETTER_LOW,)
    assert continued(answers[3]).status is EmergencyStatus.ESCALATED
    assert continued(answers[3]).follow_up_minutes == (5, 10, 20)


def test_below_54_again_calls_an_ambulance_at_once() -> None:
    answers = ON_METFORMIN.goes(50, 51)
    assert answers[1].texts == (texts.NO_BETTER_LOW,)
    assert continued(answers[1]).status is EmergencyStatus.ESCALATED


def test_below_54_for_the_first_time_is_another_round_and_graver() -> None:
    answers = ON_METFORMIN.goes(62, 50, 62)
    assert continued(answers[1]).level is Level.P1
    assert continued(answers[1]).status is EmergencyStatus.ACTIVE
    assert texts.fast_sugar("15-20", 4) in answers[1].texts
    assert continued(answers[2]).level is Level.P1
    assert continued(answers[2]).round == 3


def test_an_escalated_low_is_ended_by_values_only() -> None:
    answers = ON_INSULIN.goes(50, 51, 80, 90)
    assert continued(answers[2]).status is EmergencyStatus.ESCALATED
    assert kinds(answers[3:]) == [[RESOLVED]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Glucose(62), Glucose(62)),
        (Glucose(32), Glucose(32)),
        (GlucoseDisplay(Display.LO), Glucose(45)),
        (GlucoseDisplay(Display.LO), GlucoseDisplay(Display.LO)),
        (GlucoseDoubtful(2.9), Glucose(2.9 * 18.0182)),
    ],
)
def test_a_value_confirmed_within_ten_minutes_is_no_new_round(
    first: AnyMeaning, second: AnyMeaning
) -> None:
    answer = ON_METFORMIN.goes(first, second, minutes=2)[1]
    assert continued(answer).round == 1
    assert continued(answer).status is EmergencyStatus.ACTIVE


def test_lo_again_after_treatment_calls_an_ambulance() -> None:
    low = GlucoseDisplay(Display.LO)
    assert ON_METFORMIN.goes(low, low)[1].texts == (texts.NO_BETTER_LOW,)


def test_a_complaint_before_the_next_test_is_due_is_no_new_round() -> None:
    early = ON_INSULIN.goes(62, "shaky", minutes=5)[1]
    late = ON_INSULIN.goes(62, "shaky", minutes=16)[1]
    assert (continued(early).round, continued(late).round) == (1, 2)
    assert early.texts[0] == late.texts[0] == texts.MAYBE_LOW


def test_symptoms_then_the_value_that_explains_them_is_one_low() -> None:
    answers = ON_INSULIN.goes("shaky", 48, minutes=3)
    assert kinds(answers) == [[OPENED], [CONTINUED]]
    assert continued(answers[1]).round == 1
    assert texts.VERY_LOW in answers[1].texts


def test_a_normal_value_with_a_complaint_does_not_end_a_low() -> None:
    low = ON_METFORMIN.goes(62)[0]
    story = ON_METFORMIN.after(low)
    answer = story.hears(Glucose(90), Symptoms(("shaky",)))
    assert kinds([answer]) == [[CONTINUED]]


def test_the_same_normal_value_told_twice_within_a_minute_counts_once() -> None:
    open_low = event(Level.P2, glucose=85)
    story = Story(TYPE_2, medicines("insulin"), (open_low,), told(reading(85, 0.5)))
    assert continued(story.hears(Glucose(85))).normal_values == 0


def test_a_value_measured_before_the_low_neither_ends_it_nor_counts() -> None:
    open_low = event(Level.P2, glucose=62, minutes_ago=5)
    story = Story(TYPE_2, medicines("metformin"), (open_low,))
    before = NOON.replace(hour=11, minute=30)
    assert story.hears(Glucose(110, recorded_at=before)).events == ()
    assert continued(story.hears(Glucose(66, recorded_at=before))).round == 1


def test_a_high_after_a_low_goes_on_with_both() -> None:
    answers = ON_INSULIN.goes(50, 320)
    assert kinds(answers) == [[OPENED], [OPENED, CONTINUED]]
    assert texts.LOW_THEN_HIGH in answers[1].texts
    assert texts.LOW_RISEN not in answers[1].texts
    assert texts.TEST_IN_2_HOURS not in answers[1].texts


def test_a_high_after_a_low_ends_it_where_one_value_does() -> None:
    answers = ON_METFORMIN.goes(62, 260)
    assert kinds(answers) == [[OPENED], [RESOLVED]]
    assert answers[1].texts[0] == texts.KETONES
    assert texts.LOW_OVER not in answers[1].texts


def test_signs_of_ketoacidosis_in_a_low_that_does_not_lift_say_go_now_too() -> None:
    answers = ON_WHAT_NOBODY_KNOWS.goes(50)
    story = ON_WHAT_NOBODY_KNOWS.after(answers[0])
    answer = story.hears(Glucose(49), Symptoms(("vomiting",)))
    assert answer.texts == (texts.NO_BETTER_LOW, texts.ALSO_GO_NOW)


def test_a_low_open_for_more_than_a_day_makes_room_for_the_next() -> None:
    old = event(Level.P2, minutes_ago=25 * 60, glucose=60, status=EmergencyStatus.ESCALATED)
    answer = Story(TYPE_2, medicines("insulin"), (old,)).hears(Glucose(62))
    assert kinds([answer]) == [[RESOLVED, OPENED]]
    assert answer.texts[0] == texts.LOW


def test_a_forgotten_low_is_ended_by_values_too() -> None:
    old = event(Level.P2, minutes_ago=25 * 60, glucose=60)
    answer = Story(TYPE_2, medicines("metformin"), (old,)).hears(Glucose(110))
    assert kinds([answer]) == [[RESOLVED]]


def test_a_missed_dose_that_is_open_is_left_alone() -> None:
    missed = event(Level.P8, EmergencyType.MISSED_MEDICATION)
    assert Story(TYPE_2, open=(missed,)).hears(Glucose(110)).events == ()
