"""What a message is taken for, against the question that waits. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.conversation.answers import (
    Answer,
    answer_to,
    chosen,
    has_run_out,
    is_button,
    is_part_of_answer,
    is_stale_button,
)
from app.conversation.bare import is_row_number, with_measured
from app.conversation.offered import offered
from app.conversation.step import Ask, Choose, Question, SlotType, asks_for
from app.conversation.steps import is_current
from app.parsing.meanings import Asked, Command, Parsed
from app.parsing.units import Unit

if TYPE_CHECKING:
    from app.conversation.flow import Flows
    from app.conversation.turn import Node, Situation
    from app.parsing.lexicon import Lexicon


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


def hear(situation: Situation, parsed: Parsed, lexicon: Lexicon, flows: Flows) -> Heard:
    """Sort a message: the answer to what waits, and what else it tells."""
    question = _waiting(situation.node, flows)
    still_open = None if has_run_out(situation) else question
    if is_stale_button(situation):
        return Heard(still_open, None, replace(parsed, meanings=()), came_too_late=True)
    if is_button(situation):  # its words are ours, and mean nothing but the row
        parsed = replace(parsed, meanings=())
    parsed = with_measured(parsed, still_open, situation)
    if situation.node.place is None or _has_given_way(still_open, parsed):
        return Heard(None, None, parsed)
    if still_open is None or situation.is_late:
        answered = _answers_closed(question, situation, lexicon)
        told = replace(parsed, meanings=()) if answered else parsed
        return Heard(still_open, None, told, came_too_late=answered)
    if _is_obeyed_first(parsed, flows):
        return Heard(still_open, None, parsed)
    return _heard_open(still_open, situation, parsed, lexicon)


def _has_given_way(question: Question | None, parsed: Parsed) -> bool:
    """Say whether nothing was really asked, and something was understood."""
    is_nothing = asks_for(question, SlotType.NOTHING)
    return is_nothing and bool(parsed.meanings)


def _waiting(node: Node, flows: Flows) -> Question | None:
    place = node.place
    if place is None or not is_current(place, flows):
        return None
    step = flows.step(place.flow, place.step)
    return offered(step, place) if isinstance(step, Ask | Choose) else None


def _heard_open(
    question: Question, situation: Situation, parsed: Parsed, lexicon: Lexicon
) -> Heard:
    answer = answer_to(question, situation, parsed, lexicon)
    if answer is None:
        misses = _expects_small_number(question, situation) and is_row_number(
            situation.message.body
        )
        return Heard(question, None, replace(parsed, meanings=()) if misses else parsed)
    if asks_for(question, SlotType.READING):
        return Heard(question, answer, parsed)
    kept = tuple(m for m in parsed.meanings if not is_part_of_answer(question, m, situation))
    return Heard(question, answer, replace(parsed, meanings=kept))


def _expects_small_number(question: Question, situation: Situation) -> bool:
    """Say whether a small number is a wrong answer rather than a reading.

    With a mmol/L meter it may be a reading, so there only a row that exists takes it.
    """
    if situation.person.unit is Unit.MMOL_L:
        return False
    return isinstance(question, Choose) or question.type is SlotType.NAME


def _answers_closed(question: Question | None, situation: Situation, lexicon: Lexicon) -> bool:
    """Say whether a number may have answered a closed question: it is no reading then."""
    if not is_row_number(situation.message.body):
        return False
    if isinstance(question, Choose):
        return chosen(question, situation, lexicon) is not None
    return question is None


def _is_obeyed_first(parsed: Parsed, flows: Flows) -> bool:
    first = {command for row in flows.interrupts if row.always for command in row.commands}
    return any(isinstance(m, Asked) and m.command in first for m in parsed.meanings)
