"""Every question of every flow, against everything that can come in its way.

The questions are found in the flows, so that a new flow is held to the same rules. The rules are
those of `bot_flows/README.md`, written here by hand.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.conversation.load import flows
from app.conversation.offered import offered
from app.conversation.prompts import prompt_again
from app.conversation.step import Choose, SlotType, asks_for
from app.conversation.turn import Situation, Turn
from app.i18n import render
from app.parsing.meanings import Command
from app.parsing.units import Unit
from tests.conversation.waits import BEFORE_CONSENT, TOKEN, WAITS, question, standing
from tests.conversation.world import said, taken, with_message

ANY_WORDS = {SlotType.NAME, SlotType.MEDICINE}
"""What is asked for may be any word."""
ANY_VALUE = {SlotType.NOTHING, SlotType.READING}
"""A number is a value there, and 1 mmol/L is a danger, late as well."""


def waits_without(types: set[SlotType]) -> list[tuple[str, str]]:
    return [wait for wait in WAITS if getattr(question(*wait), "type", None) not in types]


NOT_FOR_ANY_WORDS = waits_without(ANY_WORDS)
NOT_FOR_READINGS = waits_without(ANY_VALUE)
every_wait = pytest.mark.parametrize(("flow", "step"), WAITS)

FIRST_AID = "This is dangerously low sugar. Act now."
NOT_KEPT_YET = "I have not kept that. Please send it again after you have agreed."
TOO_LATE = "That answers an earlier question."
STOPPED = "You will get no more reminders or messages of our own."
HELPED = "You can write to me in your own words"
LOGS = {
    "sugar 151 after lunch": "ReadingLogged",
    "took metformin": "DoseLogged",
    "ate 2 idli at 11 am yesterday": "MealLogged",
}


def sent(now: Situation, body: str, **fields: object) -> Turn:
    return taken(with_message(now, body, **fields))


def stands(turn: Turn) -> tuple[str, str] | None:
    place = turn.node.place
    return (place.flow, place.step) if place else None


def names(turn: Turn) -> list[str]:
    """Give what happened, by name; that a meal is measured follows from its reading."""
    happened = [type(event).__name__ for event in turn.events]
    return [name for name in happened if name not in {"MealMeasured", "ReadingOfMeal"}]


def asked_again(flow: str, step: str, language: str = "en") -> str:
    """Give the question in its short form, as a person reads it."""
    place = standing(flow, step).node.place
    assert place is not None
    return render(prompt_again(offered(question(flow, step), place), place), language)


def has_row(flow: str, step: str, command: Command) -> bool:
    asked = question(flow, step)
    return isinstance(asked, Choose) and command in {row.command for row in asked.options}


def asks_nothing(flow: str, step: str) -> bool:
    """Say whether the wait is no question: the next message may be anything."""
    return asks_for(question(flow, step), SlotType.NOTHING)


def asks_language(flow: str, step: str) -> bool:
    asked = question(flow, step)
    return isinstance(asked, Choose) and asked.listing == "languages"


@every_wait
@pytest.mark.parametrize("body", LOGS)
def test_what_is_told_is_kept_and_the_question_waits_on(flow: str, step: str, body: str) -> None:
    turn = sent(standing(flow, step), body)
    asked = question(flow, step)
    if (flow, step) in BEFORE_CONSENT:
        assert names(turn) == []
        assert NOT_KEPT_YET in said(turn, "en")
    else:
        assert LOGS[body] in names(turn)
    if asked.wait.gives_way:
        assert stands(turn) != (flow, step)
    else:
        assert stands(turn) == (flow, step)
        assert asked_again(flow, step) in said(turn, "en")


@every_wait
@pytest.mark.parametrize("body", ["sugar 45", "45"])
def test_an_emergency_comes_first_and_the_question_waits_silently(
    flow: str, step: str, body: str
) -> None:
    turn = sent(standing(flow, step), body)
    assert turn.is_emergency
    assert turn.replies[0].msgid == FIRST_AID
    assert asked_again(flow, step) not in said(turn, "en")
    is_over = asks_for(question(flow, step), SlotType.READING) or asks_nothing(flow, step)
    assert stands(turn) == (None if is_over else (flow, step))
    kept = [] if (flow, step) in BEFORE_CONSENT else ["EmergencyOpened", "ReadingLogged"]
    assert names(turn) == kept


@every_wait
@pytest.mark.parametrize(
    "body", ["LO", "sugar LO", "he is unconscious", "metformin le li, sugar 48"]
)
def test_danger_in_whatever_words_comes_first(flow: str, step: str, body: str) -> None:
    turn = sent(standing(flow, step), body)
    assert turn.is_emergency
    assert question(flow, step).sentence not in {reply.msgid for reply in turn.replies}


@every_wait
def test_a_low_in_mmol_is_no_answer_to_anything(flow: str, step: str) -> None:
    now = standing(flow, step)
    turn = sent(replace(now, person=replace(now.person, unit=Unit.MMOL_L)), "2.9")
    assert turn.is_emergency


@every_wait
@pytest.mark.parametrize("body", ["STOP", "stop"])
def test_stop_is_obeyed_and_the_question_waits_on(flow: str, step: str, body: str) -> None:
    turn = sent(standing(flow, step), body)
    assert names(turn) == ["MessagesStopped"]
    assert said(turn, "en").startswith(STOPPED)
    assert stands(turn) == (None if asks_nothing(flow, step) else (flow, step))


@every_wait
def test_help_is_given_and_the_question_waits_on(flow: str, step: str) -> None:
    turn = sent(standing(flow, step), "help")
    assert HELPED in said(turn, "en")
    assert names(turn) == []
    is_over = has_row(flow, step, Command.HELP) or asks_nothing(flow, step)
    assert stands(turn) == (None if is_over else (flow, step))


@every_wait
def test_another_language_is_spoken_from_the_same_answer_on(flow: str, step: str) -> None:
    turn = sent(standing(flow, step), "hindi")
    assert [event.language for event in turn.events] == ["hi"]  # type: ignore[union-attr]  # the only event there is
    if not asks_language(flow, step) and not asks_nothing(flow, step):
        assert stands(turn) == (flow, step)
        assert asked_again(flow, step, "hi") in said(turn, "en")


@every_wait
@pytest.mark.parametrize("kind", ["image/jpeg", "audio/ogg"])
def test_a_photo_or_voice_note_is_answered_and_counts_as_no_miss(
    flow: str, step: str, kind: str
) -> None:
    now = standing(flow, step)
    turn = sent(now, "", media_count=1, form={"MediaContentType0": kind})
    assert turn.replies[0].msgid == question(flow, step).wait.media
    assert turn.node.place == now.node.place
    assert names(turn) == []


@every_wait
@pytest.mark.parametrize("body", ["1", "yes", "fasting 126"])
def test_after_its_silence_a_question_takes_no_answer(flow: str, step: str, body: str) -> None:
    now = standing(flow, step)
    over = replace(now, node=replace(now.node, waits_until=now.now - timedelta(seconds=1)))
    turn = sent(over, body)
    is_kept = body == "fasting 126" and (flow, step) not in BEFORE_CONSENT
    assert names(turn) == (["ReadingLogged"] if is_kept else [])
    is_anew = flows().flows[flow].comes_back or asks_nothing(flow, step)
    assert stands(turn) != (flow, step) or is_anew


@every_wait
def test_a_tap_on_an_earlier_button_does_nothing(flow: str, step: str) -> None:
    now = standing(flow, step)
    turn = sent(now, "Yes", button_payload=f"{'b' * 32}:yes")
    assert names(turn) == []
    assert TOO_LATE in said(turn, "en")
    assert turn.node.place == now.node.place


@pytest.mark.parametrize(("flow", "step"), NOT_FOR_READINGS)
@pytest.mark.parametrize("body", ["1", "2", "yes"])
def test_an_answer_that_comes_late_moves_nothing(flow: str, step: str, body: str) -> None:
    now = with_message(standing(flow, step), body)
    written = now.now - timedelta(minutes=20)
    late = replace(now, message=replace(now.message, received_at=written))
    turn = taken(late)
    assert names(turn) == []
    assert turn.node.place == now.node.place
    assert turn.node.wait_token == TOKEN
    assert "reached me late" in said(turn, "en")


@pytest.mark.parametrize(("flow", "step"), NOT_FOR_ANY_WORDS)
def test_what_cannot_be_used_is_said_twice_and_then_brings_help(flow: str, step: str) -> None:
    asked = question(flow, step)
    now, heard = standing(flow, step), []
    for _ in range(3):
        turn = sent(now, "qwxz")
        heard.append(said(turn, "en"))
        now = replace(now, node=turn.node)
    helped_at = 0 if asks_nothing(flow, step) else 2
    assert all(asked.wait.invalid in one for one in heard[:helped_at])
    assert (HELPED in heard[helped_at]) != ((flow, step) in BEFORE_CONSENT)
