"""A conversation held on the screen: what is typed goes through the engine, and nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from app import clock
from app.cli.made_up import after, begun, hearing, situation_for
from app.conversation.engine import take_turn
from app.conversation.flow import Flows
from app.conversation.outcome import language_after
from app.conversation.turn import Node, Situation, Turn
from app.i18n import render
from app.parsing.lexicon import heard_from
from app.parsing.load import lexicon
from app.parsing.meanings import Message
from app.parsing.parse import parse

QUIT, SILENCE, PHOTO = ":quit", ":silence", ":photo"
ANSWERS_AFTER = timedelta(minutes=1)
"""How long the made-up person takes over an answer."""
LONGEST_SILENCE = timedelta(hours=24)
"""How long they say nothing where no question waits."""


def talk(
    name: str, language: str, flows: Flows, lines: Iterable[str], slots: Mapping[str, str]
) -> Iterator[str]:
    """Hold a flow, yielding what is to be shown: words said, events, slots.

    Args:
        name: One of the flows'.
        language: The person's.
        flows: Those of the deployment.
        lines: What the person types, and the commands `:quit`, `:silence` and `:photo`.
        slots: What the flow is entered with, where the made-up values will not do.
    """
    flow = flows.flows[name]
    situation = situation_for(flow, language, clock.now())
    turn = begun(flow, flows, situation, slots)
    yield from shown(situation, turn)
    for number, line in enumerate(lines, start=1):
        words = line.strip()
        if words == QUIT:
            return
        situation = after(situation, turn, situation.now + ANSWERS_AFTER)
        if words == SILENCE:
            situation, turn = _silent(situation), Turn(situation.node)
            yield f"  (silence until {situation.now:%d %b %H:%M}Z: no question waits any more)"
            continue
        typed = "" if words == PHOTO else words
        situation = hearing(situation, typed, number, photo=words == PHOTO)
        turn = _taken(situation, flows)
        yield from shown(situation, turn)


def shown(situation: Situation, turn: Turn) -> Iterator[str]:
    """Show a turn: what is said in the person's language, then events, place and slots."""
    spoken = language_after(situation.person, turn)
    for reply in turn.replies:
        yield render(reply, spoken)
    for event in turn.events:
        yield f"  event: {event}"
    yield f"  {_standing(turn.node)}"


def _standing(node: Node) -> str:
    place = node.place
    if place is None:
        return "nothing waits"
    slots = "".join(f" {slot}={value}" for slot, value in place.slots.items())
    aside = "".join(f", aside: {each.flow}/{each.step}" for each in node.suspended)
    return f"waits at: {place.flow}/{place.step}{slots}{aside}"


def _silent(situation: Situation) -> Situation:
    """Let the question that waits run out."""
    until = situation.node.waits_until or situation.now + LONGEST_SILENCE
    return replace(situation, now=until)


def _taken(situation: Situation, flows: Flows) -> Turn:
    person, words = situation.person, lexicon()
    at = situation.now.astimezone(ZoneInfo(person.zone))
    message = Message(situation.message.body, at, person.language, person.unit)
    heard = heard_from(words, person.language)
    return take_turn(situation, parse(words, message), heard, flows)
