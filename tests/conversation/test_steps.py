"""Steps, actions and doubts by themselves."""

from dataclasses import replace

import pytest

from app.conversation.actions import OUTCOMES
from app.conversation.course import Course
from app.conversation.doubts import doubt_to_ask
from app.conversation.flow import Flows
from app.conversation.grammar import read_flow
from app.conversation.honest import not_kept
from app.conversation.step import Action, Call, End, Say
from app.conversation.steps import onward, run
from app.conversation.turn import Place
from app.i18n import render
from app.parsing.meanings import (
    AnyMeaning,
    Asked,
    BloodPressure,
    Command,
    Display,
    Glucose,
    GlucoseDisplay,
    GlucoseDoubtful,
    Lab,
    Parsed,
)
from app.text import stacked, text
from tests.conversation.test_flow_check import DEFAULTS
from tests.conversation.world import NEWCOMER, situation

CALLER = """\
version = 1

[[steps]]
id = "before"
say = "Before."

[[steps]]
id = "there"
call = "callee"

[[steps]]
id = "after"
end = "After."
"""
CALLEE = 'version = 1\n\n[[steps]]\nid = "in"\nend = "Inside."\n'


def two_flows() -> Flows:
    caller = read_flow("caller", "bot_flows/caller.toml", CALLER, DEFAULTS)
    callee = read_flow("callee", "bot_flows/callee.toml", CALLEE, DEFAULTS)
    return Flows({"caller": caller, "callee": callee})


def test_a_flow_called_comes_back() -> None:
    flows = two_flows()
    course = run(Course(Place("caller", 1, "before")), flows, situation())
    assert [line.msgid for line in course.said] == ["Before.", "Inside.", "After."]
    assert course.place is None


def test_a_caller_that_is_gone_meanwhile_ends_quietly() -> None:
    flows = two_flows()
    place = Place("callee", 1, "in", callers=(("gone", "x"),))
    course = run(Course(place), flows, situation())
    assert [line.msgid for line in course.said] == ["Inside."]
    assert course.place is None


def test_nowhere_leads_nowhere() -> None:
    assert onward(Course(), "x", two_flows()) == Course()


def test_every_action_has_an_outcome() -> None:
    assert set(OUTCOMES) == set(Action)


def test_lines_stand_under_one_another() -> None:
    assert render(stacked(text("a"), text("b"), text("c")), "en") == "a\nb\nc"


@pytest.mark.parametrize(
    ("meaning", "kind", "number", "tenth"),
    [
        (GlucoseDisplay(Display.LO), "VERY_LOW", "LO", ""),
        (Glucose(32.4), "VERY_LOW", "32", ""),
        (GlucoseDoubtful(3.2), "LOW_EITHER_UNIT", "3.2", "0.32"),
        (GlucoseDoubtful(5.6), "MMOL_OR_HBA1C", "5.6", "0.56"),
        (GlucoseDoubtful(650.0), "RETYPE", "650", "65"),
        (GlucoseDoubtful(1420.0), "TENTH", "1420", "142"),
        (GlucoseDoubtful(0.0), "OUT_OF_REACH", "0", "0"),
    ],
)
def test_a_value_in_doubt_is_asked_about_as_said(
    meaning: Glucose | GlucoseDisplay | GlucoseDoubtful, kind: str, number: str, tenth: str
) -> None:
    parsed = Parsed("en", "Latn", meanings=(Glucose(120.0), meaning))
    assert doubt_to_ask(parsed, situation()) == {"kind": kind, "number": number, "tenth": tenth}
    assert doubt_to_ask(parsed, situation(NEWCOMER)) is None
    assert doubt_to_ask(replace(parsed, subject="father"), situation()) is None


def test_what_cannot_be_kept_is_said_to_be_understood() -> None:
    cases: dict[AnyMeaning, str] = {
        BloodPressure(130, 85): "130/85",
        Lab("HbA1c", 7.2): "HbA1c, 7.2",
    }
    for meaning, phrase in cases.items():
        line = not_kept(meaning)
        assert line is not None
        assert phrase in render(line, "en")
    assert not_kept(Asked(Command.HELP)) is None


def test_kinds_of_step_are_told_apart() -> None:
    flow = two_flows().flows["caller"]
    assert [type(step) for step in flow.steps.values()] == [Say, Call, End]
