"""The doctor's own chat: the pool of questions, by number. Pure.

A doctor who is no patient here gives orders: the list, "2 and the answer", and words for what else
may happen to a question. Whatever is no order is handled as anybody's message.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import regex

from app.conversation import desk_texts as said
from app.conversation.names import told_in
from app.conversation.turn import Situation, Turn
from app.parsing.meanings import Asked, Command
from app.people.person import Role
from app.questions.question import (
    LONGEST_ANSWER,
    Apart,
    Pool,
    Pooled,
    QuestionAnswered,
    QuestionsMerged,
    QuestionSplit,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.conversation.flow import Flows
    from app.parsing.meanings import Parsed
    from app.text import Text

_NUMBERED = regex.compile(r"\s*(?P<number>\p{Nd}{1,3})[.:)\-]*\s+(?P<rest>\S.*)", regex.DOTALL)
_ONLY_NUMBER = regex.compile(r"\s*(?P<number>\p{Nd}{1,3})[.)]?\s*")
_TWO = regex.compile(r"(?P<number>\p{Nd}{1,3})\D{1,12}(?P<other>\p{Nd}{1,3})")


class Deed(StrEnum):
    """What a doctor does with the pool."""

    LIST = "list"
    SHOW = "show"
    ANSWER = "answer"
    REFUSE = "question_refused"
    MERGE = "questions_merged"
    SPLIT = "question_split"


@dataclass(frozen=True, slots=True)
class Order:
    """What a doctor wants done, and with which question.

    Attributes:
        words: The answer, or the reason why there is none.
        other: The number of the question that is the same.
    """

    deed: Deed
    number: int = 0
    words: str = ""
    other: int = 0


def desk_turn(situation: Situation, parsed: Parsed, flows: Flows) -> Turn | None:
    """Take a doctor's turn with the pool; None where the message is nothing of that kind."""
    person = situation.person
    if person.role is not Role.DOCTOR or person.patient_id is not None or situation.is_late:
        return None
    order = order_in(situation.message.body, parsed, flows)
    if order is None:
        return None
    if situation.pools is None:
        return Turn(situation.node, lacks_pools=True)
    return next((_obeyed(order, pool, situation) for pool in situation.pools), None)


def order_in(body: str, parsed: Parsed, flows: Flows) -> Order | None:
    """Read an order; None for a message that gives none."""
    for deed in (Deed.REFUSE, Deed.MERGE, Deed.SPLIT):
        words = told_in(body, flows.wordings.get(deed, ()))
        if words is not None and (order := _worded(deed, words)) is not None:
            return order
    if match := _NUMBERED.fullmatch(body):
        return Order(Deed.ANSWER, int(match["number"]), match["rest"].strip())
    if match := _ONLY_NUMBER.fullmatch(body):
        return Order(Deed.SHOW, int(match["number"]))
    asked = {one.command for one in parsed.meanings if isinstance(one, Asked)}
    return Order(Deed.LIST) if Command.DOCTOR_QUESTION in asked else None


def _worded(deed: Deed, words: str) -> Order | None:
    if deed is Deed.MERGE:
        two = _TWO.fullmatch(words)
        return Order(deed, int(two["number"]), other=int(two["other"])) if two else None
    if match := _ONLY_NUMBER.fullmatch(words):
        return Order(deed, int(match["number"]))
    match = _NUMBERED.fullmatch(words) if deed is Deed.REFUSE else None
    return Order(deed, int(match["number"]), match["rest"].strip()) if match else None


def _obeyed(order: Order, pool: Pool, situation: Situation) -> Turn | None:
    if order.deed is Deed.LIST:
        return _said(situation, *said.listed(pool))
    question = pool.numbered(order.number, situation.now)
    if question is None:
        return _unknown(order, situation)
    return DEEDS[order.deed](question, order, pool, situation)


def _unknown(order: Order, situation: Situation) -> Turn | None:
    """Say that there is no such question; a number with words may be anything else."""
    if order.deed is Deed.ANSWER:
        return None
    return _said(situation, said.no_such(order.number))


def _said(situation: Situation, *lines: Text) -> Turn:
    return Turn(situation.node, lines)


def _answered(question: Pooled, order: Order, pool: Pool, situation: Situation) -> Turn:
    if order.deed is Deed.REFUSE and not order.words:
        return _said(situation, said.why_refused(question))
    if len(order.words) > LONGEST_ANSWER:
        return _said(situation, said.too_long(len(order.words)))
    event = QuestionAnswered(
        question.question_id,
        pool.doctor_name,
        order.words,
        is_refused=order.deed is Deed.REFUSE,
        is_correction=question.answer is not None,
    )
    return Turn(situation.node, (said.sent(question, event),), (event,))


def _shown(question: Pooled, _order: Order, _pool: Pool, situation: Situation) -> Turn:
    return _said(situation, said.shown(question))


def _merged(question: Pooled, order: Order, pool: Pool, situation: Situation) -> Turn:
    open_now = {one.number: one for one in pool.waiting}
    other = open_now.get(order.other)
    if other is None or order.number not in open_now or order.number == order.other:
        return _said(situation, said.no_such(order.other))
    event = QuestionsMerged(question.question_id, other.question_id)
    return Turn(situation.node, (said.merged(question, other),), (event,))


def _split(question: Pooled, _order: Order, pool: Pool, situation: Situation) -> Turn:
    others = question.own[1:]
    if question.answer is not None or not others:
        return _said(situation, said.one_asker(question))
    numbers = pool.free_numbers(len(others))
    apart = tuple(
        Apart(situation.new_id(f"question {number}"), number, own)
        for number, own in zip(numbers, others, strict=True)
    )
    event = QuestionSplit(question.question_id, pool.doctor_id, apart)
    return Turn(situation.node, said.split(question, apart), (event,))


DEEDS: Mapping[Deed, Callable[[Pooled, Order, Pool, Situation], Turn]] = {
    Deed.SHOW: _shown,
    Deed.ANSWER: _answered,
    Deed.REFUSE: _answered,
    Deed.MERGE: _merged,
    Deed.SPLIT: _split,
}
