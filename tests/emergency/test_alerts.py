"""Who is told of a turn: the column "who is told" of the clinical table, one row after another.

"daughter" has her alerts on, "uncle" has them off; of the doctors one wants to hear at once, one
wants a digest, one wants nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from app.emergency.assess import Assessment
from app.emergency.escalation import Alerted
from app.emergency.event import EmergencyResolved, EmergencyStatus, EmergencyType, Level
from app.messaging.outbox.outgoing import Priority, Purpose
from app.parsing.meanings import AnyMeaning, Display, GlucoseDisplay
from app.parsing.units import Unit
from app.people.circle import Circle
from app.people.person import DiabetesType
from tests.emergency.circles import (
    ALL_DOCTORS,
    CIRCLE,
    DAUGHTER,
    DOCTOR,
    EVERYONE,
    FAMILY,
    FAMILY_AND_DOCTOR,
    UNCLE,
    names,
    occasions,
    told,
    words,
)
from tests.emergency.people import (
    NOON,
    Story,
    event,
    meaning,
    medicines,
    new_id,
    person,
    reading,
)
from tests.emergency.people import told as facts

UNKNOWN = Story(person())
METFORMIN = Story(person(DiabetesType.TYPE_2), medicines("metformin"))
GLIMEPIRIDE = Story(person(DiabetesType.TYPE_2), medicines("metformin", "glimepiride"))
INSULIN = Story(person(DiabetesType.TYPE_2), medicines("insulin glargine"))
TYPE_1 = Story(person(DiabetesType.TYPE_1), medicines("insulin aspart"))
STRANGE_NAME = Story(person(DiabetesType.TYPE_2), medicines("sugarol"))
HI = GlucoseDisplay(Display.HI)
LO = GlucoseDisplay(Display.LO)
HYPO, HYPER = EmergencyType.HYPOGLYCEMIA, EmergencyType.HYPERGLYCEMIA
KNOWN: Alerted = {new_id("open"): frozenset({DAUGHTER.user_id})}

Said = Sequence[float | str | AnyMeaning]


@pytest.mark.parametrize(
    ("level", "story", "said", "expected"),
    [
        *((Level.P0, story, ["unconscious"], EVERYONE) for story in (UNKNOWN, METFORMIN, TYPE_1)),
        (Level.P0, METFORMIN, ["seizure"], EVERYONE),
        (Level.P0, METFORMIN, [62, "confusion"], EVERYONE),
        (Level.P0B, METFORMIN, ["chest_pain"], EVERYONE),
        (Level.P0B, UNKNOWN, [120, "one_sided_weakness"], EVERYONE),
        *((Level.P1, story, [48], FAMILY) for story in (UNKNOWN, METFORMIN, TYPE_1)),
        (Level.P1, METFORMIN, [LO], FAMILY),
        (Level.P1, INSULIN, ["shaky"], FAMILY),
        (Level.P2, UNKNOWN, [62], FAMILY),
        (Level.P2, STRANGE_NAME, [62], FAMILY),
        (Level.P2, Story(person(), medicines("metformin")), [62], FAMILY),
        (Level.P2, Story(person(DiabetesType.TYPE_2)), [62], FAMILY),
        (Level.P2, TYPE_1, [62], FAMILY),
        (Level.P2, INSULIN, [62], FAMILY),
        (Level.P2, GLIMEPIRIDE, [62], FAMILY),
        (Level.P2, METFORMIN, [62], []),
        (Level.P2B, GLIMEPIRIDE, [74, "shaky"], FAMILY),
        (Level.P2B, INSULIN, [74, "shaky"], FAMILY),
        (Level.P3, METFORMIN, ["fruity_breath"], ALL_DOCTORS),
        (Level.P3, METFORMIN, [320, "vomiting"], ALL_DOCTORS),
        (Level.P3, UNKNOWN, [150, "vomiting"], ALL_DOCTORS),
        (Level.P4, METFORMIN, [HI], FAMILY_AND_DOCTOR),
        (Level.P4, UNKNOWN, [640], FAMILY_AND_DOCTOR),
        (Level.P5, METFORMIN, [450], FAMILY),
        (Level.P5, UNKNOWN, [450], FAMILY),
        (Level.P6, METFORMIN, [320], []),
        (Level.P6, TYPE_1, [320], []),
        (Level.P7, TYPE_1, [260], []),
        (None, METFORMIN, [260], []),
        (None, METFORMIN, [120], []),
    ],
)
def test_who_is_told_at_once(
    level: Level | None, story: Story, said: Said, expected: list[str]
) -> None:
    answer = story.hears(*(meaning(one) for one in said))
    assert [one.level for one in answer.events if hasattr(one, "level")] == [level] * bool(level)
    assert names(told(story, answer)) == expected


def test_a_second_high_in_a_day_is_told_to_the_caregivers() -> None:
    answer = METFORMIN.hears(meaning(320))
    assert occasions(told(METFORMIN, answer, highs_in_24h=1)) == ["daughter: P6"]


@pytest.mark.parametrize(("then", "expected"), [(310, ["daughter: P6"]), (270, []), (150, [])])
def test_a_second_high_while_the_first_is_open(then: float, expected: list[str]) -> None:
    first = METFORMIN.hears(meaning(320))
    later = METFORMIN.after(first, minutes=120)
    answer = later.hears(meaning(then))
    assert occasions(told(later, answer, highs_in_24h=1, value=then)) == expected


def test_a_complaint_after_a_high_is_no_second_high() -> None:
    story = replace(
        METFORMIN,
        open=(event(Level.P6, HYPER, glucose=320, minutes_ago=5),),
        glucose=facts(reading(320, minutes_ago=5)),
    )
    answer = story.hears(meaning("weak"))
    assert [one.event_id for one in answer.events] == [new_id("open")]
    assert told(story, answer, highs_in_24h=1) == ()


@pytest.mark.parametrize(
    ("story", "before", "said", "expected"),
    [
        (METFORMIN, event(Level.P2), [48], ["daughter: P1"]),
        (INSULIN, event(Level.P2B), [66], ["daughter: P2"]),
        (METFORMIN, event(Level.P6, HYPER), [450], ["daughter: P5"]),
        (METFORMIN, event(Level.P5, HYPER), [HI], ["daughter: P4", "doctor: P4"]),
        (METFORMIN, event(Level.P5, HYPER), [320], []),
        (INSULIN, event(Level.P1), [60], []),
        (INSULIN, event(Level.P2), [66], []),
    ],
)
def test_a_raised_level_is_told_again_and_the_same_is_not(
    story: Story, before: object, said: Said, expected: list[str]
) -> None:
    later = replace(story, open=(before,))  # type: ignore[arg-type]  # an OpenEvent
    answer = later.hears(*(meaning(one) for one in said))
    assert occasions(told(later, answer, alerted=KNOWN)) == expected


def test_danger_signs_in_an_open_low_are_told_to_everyone() -> None:
    story = replace(INSULIN, open=(event(Level.P1),))
    answer = story.hears(meaning("unconscious"))
    assert names(told(story, answer, alerted=KNOWN)) == EVERYONE


def test_a_value_after_a_danger_sign_is_told_to_nobody() -> None:
    story = replace(
        METFORMIN, open=(event(Level.P0B, status=EmergencyStatus.ESCALATED, minutes_ago=5),)
    )
    assert told(story, story.hears(meaning(110)), alerted=KNOWN) == ()


def test_a_mild_low_is_told_when_it_has_lasted_half_an_hour() -> None:
    early = replace(METFORMIN, open=(event(Level.P2, minutes_ago=29, glucose=62),))
    assert told(early, early.hears(meaning(65))) == ()
    late = replace(METFORMIN, open=(event(Level.P2, minutes_ago=30, glucose=62),))
    alerts = told(late, late.hears(meaning(65)))
    assert occasions(alerts) == ["daughter: P2"]
    assert "For 30 minutes" in words(alerts[0])


def test_treatment_that_does_not_help_is_told_to_the_doctor_too() -> None:
    """62, 60, 58, 61 at a quarter of an hour each: three rounds told, then the ambulance."""
    story, heard = METFORMIN, []
    alerted: Alerted = {}
    for value in (62, 60, 58, 61):
        answer = story.hears(meaning(value))
        alerts = told(story, answer, alerted=alerted)
        heard.append(occasions(alerts))
        if alerts:
            alerted = {answer.events[0].event_id: frozenset({DAUGHTER.user_id})}
        story = story.after(answer)
    assert heard == [[], [], ["daughter: P2"], ["daughter: escalated", "doctor: escalated"]]


def test_a_very_low_value_twice_is_told_to_the_doctor_too() -> None:
    first = INSULIN.hears(meaning(48))
    later = INSULIN.after(first)
    alerts = told(later, later.hears(meaning(50)), alerted=KNOWN)
    assert occasions(alerts) == ["daughter: escalated", "doctor: escalated"]
    assert "112" in words(alerts[0])


def test_a_second_hi_is_told_again() -> None:
    first = METFORMIN.hears(HI)
    later = METFORMIN.after(first)
    assert occasions(told(later, later.hears(HI), alerted=KNOWN)) == [
        "daughter: escalated",
        "doctor: escalated",
    ]


def test_a_low_that_the_clock_escalated_is_told_when_it_is_still_low() -> None:
    silent = event(Level.P2, status=EmergencyStatus.ESCALATED, minutes_ago=40, glucose=62)
    story = replace(METFORMIN, open=(silent,))
    assert occasions(told(story, story.hears(meaning(60)), alerted=KNOWN)) == [
        "daughter: escalated",
        "doctor: escalated",
    ]
    insulin = replace(INSULIN, open=(silent,))
    assert told(insulin, insulin.hears(meaning(95)), alerted=KNOWN) == ()


@pytest.mark.parametrize(
    ("level", "kind", "value", "over"),
    [
        (Level.P2, HYPO, 110, "The low sugar of the person you care for is over."),
        (Level.P5, HYPER, 180, "The sugar of the person you care for has come down."),
    ],
)
def test_those_who_were_alerted_hear_that_it_is_over(
    level: Level, kind: EmergencyType, value: float, over: str
) -> None:
    story = replace(METFORMIN, open=(event(level, kind),))
    alerts = told(story, story.hears(meaning(value)), alerted=KNOWN)
    assert occasions(alerts) == ["daughter: over"]
    assert words(alerts[0]) == f"{over} Last sugar value: {value} mg/dL."
    assert alerts[0].priority is Priority.TIMELY


def test_on_insulin_the_family_hears_that_a_low_can_come_back() -> None:
    low = replace(event(Level.P1), normal_values=1)
    story = replace(INSULIN, open=(low,))
    alerts = told(story, story.hears(meaning(110)), alerted=KNOWN)
    assert words(alerts[0]).endswith("It can come back within 24 hours: please stay in touch.")


@pytest.mark.parametrize(("level", "kind"), [(Level.P0, HYPO), (Level.P3, HYPER), (Level.P2, HYPO)])
def test_those_who_were_alerted_hear_that_help_was_told_of(
    level: Level, kind: EmergencyType
) -> None:
    one = event(level, kind, status=EmergencyStatus.ESCALATED)
    ended = Assessment(events=(EmergencyResolved(one.event_id, by_word=True),))
    alerted = {one.event_id: frozenset({DAUGHTER.user_id, DOCTOR.user_id})}
    alerts = told(Story(person(), open=(one,)), ended, alerted=alerted)
    assert occasions(alerts) == ["daughter: over", "doctor: over"]
    assert words(alerts[0]) == (
        "From the phone of the person you care for we were told that help is there: a doctor, an "
        "ambulance crew or a hospital. Please call, and stay in touch."
    )


@pytest.mark.parametrize(
    ("value", "minutes_ago", "says"),
    [
        (450.0, 60, ["daughter: P5", "doctor: with_high"]),
        (320.0, 60, ["doctor: with_high"]),
        (450.0, 25 * 60, ["daughter: P5"]),
        (250.0, 60, []),
    ],
)
def test_doctors_hear_of_doses_missed_on_the_day_of_a_high(
    value: float, minutes_ago: float, says: list[str]
) -> None:
    missed = event(Level.P7, EmergencyType.MISSED_MEDICATION, minutes_ago=minutes_ago)
    story = Story(person(DiabetesType.TYPE_2), medicines("insulin"))
    answer = story.hears(meaning(value))
    alerts = told(story, answer, value=value, missed=missed)
    assert occasions(alerts) == says


def test_of_what_nobody_heard_nobody_hears_that_it_is_over() -> None:
    story = replace(METFORMIN, open=(event(Level.P2),))
    assert told(story, story.hears(meaning(110))) == ()


def test_who_left_the_circle_hears_nothing_more() -> None:
    story = replace(METFORMIN, open=(event(Level.P2),))
    stranger: Alerted = {new_id("open"): frozenset({new_id("former caregiver")})}
    assert told(story, story.hears(meaning(110)), alerted=stranger) == ()


def test_a_low_is_not_said_to_be_over_while_a_danger_sign_stands() -> None:
    low = event(Level.P2)
    sign = event(Level.P3, HYPER, name="sign")
    story = replace(METFORMIN, open=(low, sign))
    assert told(story, story.hears(meaning(110)), alerted=KNOWN) == ()
    old = replace(sign, opened_at=NOON - timedelta(hours=30))
    forgotten = replace(METFORMIN, open=(low, old))
    assert names(told(forgotten, forgotten.hears(meaning(110)), alerted=KNOWN)) == FAMILY


def test_an_event_of_yesterday_that_begins_anew_is_not_said_to_be_over() -> None:
    story = replace(METFORMIN, open=(event(Level.P2, minutes_ago=25 * 60),))
    alerts = told(story, story.hears(meaning(48)), alerted=KNOWN)
    assert occasions(alerts) == ["daughter: P1"]


def test_an_alert_names_the_patient_the_value_and_what_was_said() -> None:
    story = replace(INSULIN, who=replace(INSULIN.who, name="Asha"))
    alert = told(story, story.hears(meaning(48)))[0]
    assert words(alert) == (
        "Dangerously low sugar, or signs of it: Asha needs help now. "
        "Last sugar value: 48 mg/dL. "
        "We said: take fast glucose now, wait 15 minutes, test again. "
        "Call now, or go there. If fully awake: see that the glucose is taken. If not fully awake: "
        "nothing in the mouth, call 112 or 108."
    )


def test_the_value_is_in_the_unit_of_the_patients_meter() -> None:
    """48 mg/dL are 48 / 18.0182 = 2.66 mmol/L."""
    story = replace(INSULIN, who=person(DiabetesType.TYPE_2, Unit.MMOL_L))
    assert "Last sugar value: 2.7 mmol/L." in words(told(story, story.hears(meaning(48)))[0])


def test_a_doctor_is_told_as_a_doctor() -> None:
    doctor = told(METFORMIN, METFORMIN.hears(HI))[1]
    assert words(doctor).startswith("Extremely high sugar, or HI on the meter: your patient.")
    assert words(doctor).endswith("Please call the patient if you can.")


def test_everyone_is_told_in_their_own_language() -> None:
    alerts = told(METFORMIN, METFORMIN.hears(meaning("unconscious")))
    assert [alert.language for alert in alerts] == ["en", "hi", "en", "en", "en"]
    assert words(alerts[1]).startswith("इमरजेंसी: ")
    assert "आपकी देखभाल वाले मरीज़" in words(alerts[1])


def test_an_alert_goes_first_counts_nothing_and_is_stale_after_two_hours() -> None:
    answer = INSULIN.hears(meaning(48))
    alert = told(INSULIN, answer)[0]
    event_id = answer.events[0].event_id
    assert alert.key == f"alert:{event_id}:{DAUGHTER.user_id}:P1"
    assert (alert.purpose, alert.priority) == (Purpose.EMERGENCY_ALERT, Priority.EMERGENCY)
    assert (alert.event_id, alert.patient_id) == (event_id, INSULIN.who.patient_id)
    assert not alert.counts
    assert (alert.due_at, alert.not_after) == (NOON, NOON + timedelta(hours=2))


def test_the_uncle_hears_of_nothing_but_the_gravest() -> None:
    assert UNCLE in CIRCLE.companions
    for said in (48, 62, 450, HI, "fruity_breath"):
        answer = TYPE_1.hears(meaning(said))
        assert "uncle, alerts off" not in names(told(TYPE_1, answer))


def test_where_nobody_stands_around_nobody_is_told() -> None:
    assert told(UNKNOWN, UNKNOWN.hears(meaning("unconscious")), circle=Circle()) == ()
