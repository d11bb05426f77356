"""The clock while nothing is heard, minute by minute; times are the clinical table's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.emergency import follow_up_texts as texts
from app.emergency.alert import Surroundings
from app.emergency.event import EmergencyStatus, EmergencyType, Level
from app.emergency.follow_up import FollowUp, Watched, follow_up
from app.messaging.outbox.outgoing import Outgoing, Priority, Purpose
from app.people.circle import Circle
from app.text import Text
from tests.emergency.circles import CIRCLE, names, words
from tests.emergency.people import NOON, event, new_id, person

ACTIVE, ESCALATED = EmergencyStatus.ACTIVE, EmergencyStatus.ESCALATED
HYPO, HYPER = EmergencyType.HYPOGLYCEMIA, EmergencyType.HYPERGLYCEMIA
FAMILY, DOCTOR = "daughter", "doctor"


def minute(number: float) -> datetime:
    return NOON + timedelta(minutes=number)


def opened(
    level: Level,
    kind: EmergencyType = HYPO,
    *,
    asks_at: float,
    status: EmergencyStatus = ACTIVE,
    is_alerted: bool = True,
) -> Watched:
    """Give an event that opened at noon, with the time at which it is asked about first."""
    one = event(level, kind, minutes_ago=0, status=status, glucose=62)
    return Watched(one, minute(asks_at), 0, is_alerted)


def at(watched: Watched, number: float, circle: Circle = CIRCLE) -> FollowUp:
    return follow_up(watched, Surroundings(person(), circle, minute(number)))


def after(watched: Watched, done: FollowUp) -> Watched:
    """Do what the store does."""
    return Watched(
        event=replace(watched.event, status=done.status),
        asks_at=done.asks_at,
        steps_done=done.steps_done,
        is_alerted=watched.is_alerted or any(FAMILY in names([one]) for one in done.outgoing),
    )


Heard = tuple[float, list[str], str]


def silence(watched: Watched, minutes: Iterable[float] = range(200)) -> list[Heard]:
    """Let the clock look at each of these minutes; list when it spoke, to whom, and the status."""
    heard: list[Heard] = []
    for number in minutes:
        done = at(watched, number)
        if done.outgoing:
            heard.append((number, names(done.outgoing), done.status.value))
        watched = after(watched, done)
    return heard


PATIENT = "patient"
LOW_UNANSWERED = [
    (15, [PATIENT], "ACTIVE"),
    (20, [PATIENT, FAMILY], "ACTIVE"),
    (30, [PATIENT, FAMILY, DOCTOR], "ESCALATED"),
]
RED_UNANSWERED = [
    (5, [PATIENT], "ESCALATED"),
    (10, [PATIENT, FAMILY, "uncle, alerts off"], "ESCALATED"),
    (20, [PATIENT], "ESCALATED"),
]


@pytest.mark.parametrize(
    ("watched", "expected"),
    [
        (opened(Level.P1, asks_at=15), LOW_UNANSWERED),
        (opened(Level.P2, asks_at=15), LOW_UNANSWERED),
        (opened(Level.P2, asks_at=15, is_alerted=False), LOW_UNANSWERED),
        (opened(Level.P2B, asks_at=15), LOW_UNANSWERED),
        (opened(Level.P0, asks_at=5, status=ESCALATED), RED_UNANSWERED),
        (opened(Level.P0B, HYPER, asks_at=5, status=ESCALATED), RED_UNANSWERED),
        (
            opened(Level.P2, asks_at=5, status=ESCALATED),
            [
                (5, [PATIENT], "ESCALATED"),
                (10, [PATIENT, FAMILY], "ESCALATED"),
                (20, [PATIENT], "ESCALATED"),
            ],
        ),
        (
            opened(Level.P3, HYPER, asks_at=10),
            [(10, [PATIENT], "ACTIVE"), (30, [PATIENT, FAMILY], "ACTIVE")],
        ),
        (
            opened(Level.P4, HYPER, asks_at=15),
            [(15, [PATIENT], "ACTIVE"), (30, [PATIENT, FAMILY], "ACTIVE")],
        ),
        (opened(Level.P5, HYPER, asks_at=60), [(60, [PATIENT], "ACTIVE")]),
        (opened(Level.P6, HYPER, asks_at=120), [(120, [PATIENT], "ACTIVE")]),
        (opened(Level.P7, HYPER, asks_at=180), [(180, [PATIENT], "ACTIVE")]),
    ],
)
def test_what_is_done_while_nothing_is_heard(watched: Watched, expected: list[Heard]) -> None:
    assert silence(watched) == expected


def asked(watched: Watched, *minutes: float) -> list[Text]:
    said: list[Text] = []
    for number in minutes:
        done = at(watched, number)
        said += [each.texts[0] for each in done.outgoing if names([each]) == [PATIENT]]
        watched = after(watched, done)
    return said


def test_what_a_silent_patient_is_asked_in_a_low() -> None:
    assert asked(opened(Level.P1, asks_at=15), 15, 20, 30) == [
        texts.TEST_AFTER_15,
        texts.NO_ANSWER_YET,
        texts.STILL_NO_ANSWER,
    ]


def test_the_minutes_are_kept_though_the_clock_ticks_a_little_late() -> None:
    ticks = (15.08, 15.16, 20.07, 20.15, 30.01)
    assert [heard[0] for heard in silence(opened(Level.P1, asks_at=15), ticks)] == [
        15.08,
        20.07,
        30.01,
    ]


def test_after_an_hour_away_the_clock_asks_once_and_tells_once() -> None:
    """15 and 20 are over: one question, one alert. Nobody is escalated who was never asked."""
    watched = opened(Level.P1, asks_at=15)
    done = at(watched, 75)
    assert names(done.outgoing) == [PATIENT, FAMILY]
    assert (done.status, done.asks_at, done.steps_done) == (ACTIVE, minute(85), 2)
    assert silence(watched, range(75, 200)) == [
        (75, [PATIENT, FAMILY], "ACTIVE"),
        (85, [PATIENT, FAMILY, DOCTOR], "ESCALATED"),
    ]


def test_a_clock_that_went_away_after_the_question_escalates_when_it_is_back() -> None:
    watched = opened(Level.P1, asks_at=15)
    watched = after(watched, at(watched, 15))
    assert silence(watched, range(75, 200)) == [(75, [PATIENT, FAMILY, DOCTOR], "ESCALATED")]


@pytest.mark.parametrize(
    ("level", "asks_at", "expected"),
    [(Level.P0, 5, [PATIENT, FAMILY, "uncle, alerts off"]), (Level.P5, 60, [PATIENT])],
)
def test_what_is_overdue_is_asked_once(level: Level, asks_at: float, expected: list[str]) -> None:
    watched = opened(level, asks_at=asks_at, status=ESCALATED)
    assert [heard[1] for heard in silence(watched, range(90, 400))] == [expected]


def test_after_a_day_away_only_the_patient_is_asked_and_once() -> None:
    watched = opened(Level.P1, asks_at=15)
    a_day = 15 + 24 * 60
    assert silence(watched, range(a_day, a_day + 60)) == [(a_day, [PATIENT], "ACTIVE")]
    assert asked(watched, a_day) == [texts.TEST_AGAIN]


def test_a_mild_low_that_lasts_is_told_at_half_an_hour_though_no_question_is_due() -> None:
    """Told at noon, again low at 12:16: the next question is due at 12:31."""
    watched = opened(Level.P2, asks_at=31, is_alerted=False)
    watched = replace(watched, event=replace(watched.event, round=2))
    done = at(watched, 30)
    assert names(done.outgoing) == [FAMILY]
    assert "For 30 minutes" in words(done.outgoing[0])
    assert (done.status, done.asks_at, done.steps_done) == (ACTIVE, minute(31), 0)
    assert [heard[:2] for heard in silence(watched, range(20, 32))] == [
        (30, [FAMILY]),
        (31, [PATIENT]),
    ]


@pytest.mark.parametrize(
    "watched",
    [
        opened(Level.P2, asks_at=31),
        opened(Level.P1, asks_at=31, is_alerted=False),
        opened(Level.P2, asks_at=31, is_alerted=False, status=ESCALATED),
        opened(Level.P6, HYPER, asks_at=120, is_alerted=False),
    ],
)
def test_only_a_mild_low_that_nobody_knows_of_is_told_for_lasting(watched: Watched) -> None:
    assert at(watched, 30.5).outgoing == ()


def test_a_mild_low_that_has_risen_is_not_said_to_last() -> None:
    watched = opened(Level.P2, asks_at=31, is_alerted=False)
    risen = replace(watched, event=replace(watched.event, normal_values=1))
    assert at(risen, 30).outgoing == ()


@pytest.mark.parametrize("asks_at", [None, 16])
def test_nothing_is_done_once_it_is_answered(asks_at: float | None) -> None:
    watched = opened(Level.P1, asks_at=15)
    answered = replace(watched, asks_at=None if asks_at is None else minute(asks_at))
    done = at(answered, 15)
    assert done == FollowUp((), ACTIVE, answered.asks_at, 0)


def test_a_timer_ends_nothing() -> None:
    for level in Level:
        for number in (15, 75, 24 * 60 * 3):
            if level is not Level.P8:
                assert at(opened(level, asks_at=5), number).status is not EmergencyStatus.RESOLVED


def test_where_nobody_stands_around_the_patient_is_asked_all_the_same() -> None:
    watched = opened(Level.P1, asks_at=15)
    watched = after(watched, at(watched, 15, Circle()))
    done = at(watched, 20, Circle())
    assert names(done.outgoing) == [PATIENT]


def test_what_was_asked_for_the_same_moment_has_the_same_key() -> None:
    watched = opened(Level.P1, asks_at=15)
    keys = {one.key for number in (15, 16, 17) for one in at(watched, number).outgoing}
    assert keys == {f"follow_up:{new_id('open')}:1:20260304T121500"}


def test_a_new_wait_in_the_same_round_has_keys_of_its_own() -> None:
    """A first value of 70 or more keeps the round: the next silence must be heard all the same."""
    first = opened(Level.P1, asks_at=15)
    second = replace(first, asks_at=minute(29))
    keys = [one.key for watched in (first, second) for one in everything_said(watched)]
    assert len(keys) == len(set(keys)) == 2 * 6


def everything_said(watched: Watched) -> list[Outgoing]:
    said: list[Outgoing] = []
    for number in range(60):
        done = at(watched, number)
        said += done.outgoing
        watched = after(watched, done)
    return said


def test_a_question_goes_first_and_is_stale_when_the_next_one_comes() -> None:
    question = at(opened(Level.P1, asks_at=15), 15).outgoing[0]
    assert (question.purpose, question.priority) == (
        Purpose.EMERGENCY_FOLLOW_UP,
        Priority.EMERGENCY,
    )
    assert (question.due_at, question.not_after) == (minute(15), minute(20))
    assert not question.counts


def test_silence_is_told_with_the_last_value() -> None:
    watched = opened(Level.P1, asks_at=15)
    watched = after(watched, at(watched, 15))
    alert = at(watched, 20).outgoing[1]
    assert words(alert) == (
        "No answer from the person you care for after a low sugar. Last sugar value: 62 mg/dL. "
        "We asked for a new test. Call now, or go there. Help to test the sugar again. If not "
        "fully awake: nothing in the mouth, call 112 or 108."
    )


def test_an_event_without_steps_left_is_let_go() -> None:
    done = at(replace(opened(Level.P5, HYPER, asks_at=60), steps_done=1), 60)
    assert done == FollowUp((), ACTIVE, None, 1)
