"""A verb with no medicine beside it, heard of the doses that were reminded of. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.conversation.bare import number_alone
from app.conversation.not_yet import not_eaten
from app.conversation.reminders import doses_meant
from app.medications.classes import MedicineClass, classes_of
from app.parsing.meanings import Dose, Message
from app.parsing.of_food import has_verb_of_eating, names_a_test, names_food
from app.parsing.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.conversation.flow import Flows
    from app.conversation.turn import Situation
    from app.parsing.lexicon import Lexicon


def said_of_doses(situation: Situation, lexicon: Lexicon, flows: Flows) -> Dose | None:
    """Read a verb alone as it is read beside the name of a medicine.

    A breakfast not eaten is no dose left out, and insulin is never eaten.
    """
    if number_alone(situation.message.body) is not None or _is_of_other(situation, lexicon):
        return None
    dose = said_beside(doses_meant(situation)[0].name, situation, lexicon)
    return dose or not_eaten(situation.message.body, flows)


def said_beside(name: str, situation: Situation, lexicon: Lexicon) -> Dose | None:
    """Read a message as it is read beside the name of a medicine, which it does not have."""
    for whole in _with_name(name, situation):
        read = parse(lexicon, whole)
        dose = read.meanings[0] if len(read.meanings) == 1 else None
        if isinstance(dose, Dose) and not read.question:
            return replace(dose, name=None, spans=())
    return None


def _is_of_other(situation: Situation, lexicon: Lexicon) -> bool:
    body = situation.message.body
    is_eaten = is_of_insulin(situation) and has_verb_of_eating(lexicon, body)
    return is_eaten or is_of_else(body, lexicon)


def is_of_else(body: str, lexicon: Lexicon) -> bool:
    """Say whether a message names food or a test: its verb is of that, and of no dose."""
    return names_food(lexicon, body) or names_a_test(lexicon, body)


def _with_name(name: str, situation: Situation) -> Iterator[Message]:
    person, message = situation.person, situation.message
    at = message.received_at.astimezone(ZoneInfo(person.zone))
    first, _, rest = message.body.partition(" ")
    for words in (f"{name} {message.body}", f"{first} {name} {rest}"):
        yield Message(words, at, person.language, person.unit)


def is_of_insulin(situation: Situation) -> bool:
    """Say whether insulin was reminded of: beside it, what was eaten is food."""
    names = [dose.name for dose in doses_meant(situation)]
    return any(MedicineClass.INSULIN in (classes_of([name]) or ()) for name in names)


def may_be_of_meal(body: str, lexicon: Lexicon) -> bool:
    """Say whether a message may be of a meal, eaten or not."""
    return names_food(lexicon, body) or has_verb_of_eating(lexicon, body)
