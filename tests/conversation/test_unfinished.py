"""What was left before its end: silence, help, changed versions, stop."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.conversation.load import flows
from app.conversation.turn import Node, Place, Situation, Turn, Unfinished
from tests.conversation.world import BEGIN, PATIENT, after, said, situation, taken, with_message

VERSION = flows().flows["onboarding"].version


def standing(step: str, *, version: int = VERSION, hours: float = 24, **slots: str) -> Situation:
    now = situation()
    place = Place("onboarding", version, step, slots)
    return replace(now, node=Node(place, (), "a" * 32, now.now + timedelta(hours=hours)))


def sent(now: Situation, *bodies: str) -> Turn:
    """Say several things, and give the last turn."""
    turn = Turn(now.node)
    for body in bodies:
        now = with_message(now, body)
        turn = taken(now)
        now = after(now, turn)
    return turn


def stands(turn: Turn) -> str:
    place = turn.node.place
    return f"{place.flow}.{place.step}" if place else ""


def test_who_stood_in_an_earlier_version_is_asked_the_same_question_anew() -> None:
    turn = sent(standing("unit", version=VERSION - 1), "fasting 126")
    assert stands(turn) == "onboarding.unit"
    assert turn.node.place is not None
    assert turn.node.place.version == VERSION
    assert "still open" in said(turn, "en")


def test_a_question_that_is_gone_is_not_taken_up() -> None:
    turn = sent(standing("gone", version=VERSION - 1), "fasting 126", "took metformin")
    assert stands(turn) == ""
    assert "still open" not in said(turn, "en")


def test_after_help_it_waits_until_tomorrow() -> None:
    now = standing("unit")
    helped = sent(now, "blue", "green", "red")
    assert stands(helped) == ""
    assert helped.node.unfinished == Unfinished(
        replace(now.node.place, invalid_answers=2) if now.node.place else Place("", 0, ""),
        BEGIN.date(),
    )
    again = replace(now, node=helped.node)
    assert stands(sent(again, "fasting 126")) == ""
    tomorrow = replace(again, now=again.now + timedelta(days=1))
    assert stands(sent(tomorrow, "fasting 126")) == "onboarding.unit"


def test_who_said_stop_is_asked_nothing_of_our_own_accord() -> None:
    now = standing("unit", hours=-1)
    stopped = replace(now, person=replace(PATIENT, stopped_at=BEGIN))
    assert stands(sent(stopped, "fasting 126")) == ""


def test_in_danger_nothing_is_taken_up() -> None:
    turn = sent(standing("unit", hours=-1), "fasting 48")
    assert turn.is_emergency
    assert "still open" not in said(turn, "en")
    assert turn.node.unfinished is not None


def test_it_waits_behind_the_question_for_a_readings_state() -> None:
    now = standing("unit", hours=-1)
    assert stands(sent(now, "142")) == "reading_state.when"
    assert stands(sent(now, "142", "1")) == "onboarding.unit"


def test_what_is_done_is_not_taken_up() -> None:
    done = sent(standing("hba1c"), "later")
    assert done.node.unfinished is None
    assert stands(sent(replace(situation(), node=done.node), "fasting 126")) == ""


@pytest.mark.parametrize(
    ("flow", "step", "hours"),
    [("settings", "quiet", 2), ("place", "where", 25), ("connect_doctor", "agree", 25)],
)
def test_a_question_of_the_settings_runs_out_and_keeps_nothing(
    flow: str, step: str, hours: float
) -> None:
    now = situation()
    slots = {"quiet_now": "22:00–07:00", "doctor": "Dr. Rao", "doctor_id": "x", "places": "[]"}
    place = Place(flow, flows().flows[flow].version, step, slots)
    now = replace(now, node=Node(place, (), "a" * 32, now.now + timedelta(hours=1)))
    later = replace(now, now=now.now + timedelta(hours=hours))
    turn = sent(later, "Dubai 10 pm to 6 am")
    assert not turn.events
    assert turn.node.unfinished is None


@pytest.mark.parametrize("flow", ["settings", "place", "connect_doctor"])
def test_a_changed_flow_of_the_settings_holds_nobody(flow: str) -> None:
    steps = flows().flows[flow].steps
    now = situation()
    place = Place(flow, 0, next(iter(steps)), {})
    old = replace(now, node=Node(place, (), "a" * 32, now.now + timedelta(hours=1)))
    assert "Noted" in said(sent(old, "fasting 126"), "en")
    assert stands(sent(old, "fasting 126")) == ""
