"""What a message is taken for, against the question that waits. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.conversation.answers import (
    Answer,
    answer_to,
    chosen,
    has_run_out,
    is_small_number,
    is_small_talk,
    is_stale_button,
)
from app.conversation.flow import Ask, Choose, Question, SlotType
from app.conversation.steps import is_current
from app.parsing.meanings import Asked, Command, Parsed

if TYPE_CHECKING:
    from app.conversation.flow import Flows
    from app.conversation.turn import Node, Situation


@dataclass(frozen=True, slots=True)
class Heard:
    """A message, sorted.

    Attributes:
        question: The question that waits; None where it has run out or its flow has changed.
        answer: What answers it.
        parsed: The message without what answered: a number that did is no reading.
        came_too_late: It answers a question that is closed, or was put after it was written.
    """

    question: Question | None
    answer: Answer | None
    parsed: Parsed
    came_too_late: bool = False

    @property
    def commands(self) -> tuple[Command, ...]:
        """The commands in it, in the order of the text."""
        return tuple(m.command for m in self.parsed.meanings if isinstance(m, Asked))


def hear(situation: Situation, parsed: Parsed, flows: Flows) -> Heard:
    """Sort a message: the answer to what waits, and what else it tells."""
    question = _waiting(situation.node, flows)
    is_open = question is not None and not has_run_out(situation)
    if is_stale_button(situation):
        bare = replace(parsed, meanings=())
        return Heard(question if is_open else None, None, bare, came_too_late=True)
    if situation.node.place is None:
        return Heard(None, None, parsed)
    if question is None or not is_open or situation.is_late:
        return _heard_closed(question if is_open else None, question, situation, parsed, flows)
    return _heard_open(question, situation, parsed, flows)


def _waiting(node: Node, flows: Flows) -> Question | None:
    place = node.place
    if place is None or not is_current(place, flows):
        return None
    step = flows.step(place.flow, place.step)
    return step if isinstance(step, Ask | Choose) else None


def _heard_open(question: Question, situation: Situation, parsed: Parsed, flows: Flows) -> Heard:
    answer = None
    if not _obeyed_first(parsed, flows):
        answer = answer_to(question, situation, parsed)
    if answer is not None and not _asks_reading(question):
        return Heard(question, answer, _without_small_talk(parsed, situation))
    if answer is None and _expects_small_number(question) and is_small_number(situation):
        return Heard(question, None, replace(parsed, meanings=()))
    return Heard(question, answer, parsed)


def _heard_closed(
    still_open: Question | None,
    question: Question | None,
    situation: Situation,
    parsed: Parsed,
    flows: Flows,
) -> Heard:
    """Keep a number that may have answered a closed question from being taken for a reading."""
    is_choice = isinstance(question, Choose) and chosen(question, situation, parsed) is not None
    if is_small_number(situation) and (is_choice or question is None):
        return Heard(still_open, None, replace(parsed, meanings=()), came_too_late=True)
    return Heard(still_open, None, parsed)


def _obeyed_first(parsed: Parsed, flows: Flows) -> bool:
    first = {c for row in flows.interrupts if row.always for c in row.commands}
    return any(isinstance(m, Asked) and m.command in first for m in parsed.meanings)


def _asks_reading(question: Question) -> bool:
    return isinstance(question, Ask) and question.type is SlotType.READING


def _expects_small_number(question: Question) -> bool:
    return isinstance(question, Choose) or question.type is SlotType.NAME


def _without_small_talk(parsed: Parsed, situation: Situation) -> Parsed:
    kept = tuple(m for m in parsed.meanings if not is_small_talk(m, situation))
    return replace(parsed, meanings=kept)
