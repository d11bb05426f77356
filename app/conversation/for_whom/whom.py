"""Whom a message is about, where the sender cares for somebody. Pure.

Decided before anything is read of a patient: what is not plain is asked, and the wrong patient is
never written.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from app.conversation.bare import is_row_number, number_alone
from app.conversation.for_whom.named import Named, named_in, without
from app.conversation.offered import as_rows, offered
from app.conversation.rows import named_row
from app.conversation.step import Choose, SlotType, asks_for
from app.conversation.steps import is_current
from app.conversation.turn import LATE_AFTER, Node
from app.messaging.message import Source
from app.parsing.meanings import Asked, Connect, Message
from app.parsing.parse import parse

if TYPE_CHECKING:
    from uuid import UUID

    from app.conversation.flow import Flows
    from app.conversation.step import Question
    from app.conversation.turn import SlotValue
    from app.messaging.message import InboundMessage
    from app.parsing.lexicon import Lexicon
    from app.parsing.meanings import Parsed
    from app.people.cared_for.patient import CaredFor
    from app.people.person import Person

FLOW = "about_whom"
OWN, ELSE = "own", "else"
"""Rows that name none of the patients: the sender's own record, and somebody we do not know."""
ABOUT = "about"
"""The slot in which a flow keeps whose it is, where that is not the sender."""
LONGEST_PENDING = 1000
"""Characters of what waits until it is known whose it is (house)."""


@dataclass(frozen=True, slots=True)
class Whom:
    """Whose record a message belongs to.

    Attributes:
        message: To be read as if it came now: without the words that name the patient, or what
            the sender wrote before it was asked whom it is about.
        node: Where the conversation stands for this patient.
        about: The patient; None for the sender's own record, or nobody's.
        asks: The slots of the question, where it has to be asked; None for no question.
        is_taken_up: The message was written before the question was answered.
        is_of_several: It names more than one patient.
    """

    message: InboundMessage
    node: Node = field(default_factory=Node)
    about: CaredFor | None = None
    asks: dict[str, SlotValue] | None = None
    is_taken_up: bool = False
    is_of_several: bool = False


class _Said(NamedTuple):
    """A caregiver's message with what it is judged by."""

    person: Person
    node: Node
    question: Question | None
    message: InboundMessage
    parsed: Parsed
    now: datetime


def whom(
    person: Person,
    node: Node,
    message: InboundMessage,
    now: datetime,
    lexicon: Lexicon,
    flows: Flows,
) -> Whom:
    """Decide whose record a message of somebody who cares for others belongs to.

    Args:
        person: The sender, with at least one patient to care for.
        node: Where their conversation stands.
        message: As it came.
        now: Aware.
        lexicon: Knows families and names of rows.
        flows: Know what waits.
    """
    heard = Message(message.body, message.received_at, person.language, person.unit)
    question = _waiting(node, flows, now)
    said = _Said(person, node, question, message, parse(lexicon, heard), now)
    named = named_in(heard, person.cares_for, lexicon)
    if node.place is not None and node.place.flow == FLOW and question is not None:
        answered = _answered(said, question, named, lexicon)
        if answered is not None:
            return answered
    return _told(said, named)


def _waiting(node: Node, flows: Flows, now: datetime) -> Question | None:
    place = node.place
    if place is None or not is_current(place, flows):
        return None
    if node.waits_until is not None and now >= node.waits_until:
        return None
    step = flows.step(place.flow, place.step)
    return offered(step, place) if isinstance(step, Choose) else step  # type: ignore[return-value]  # a place stands at a question


def _is_late(said: _Said) -> bool:
    waited = said.now - said.message.received_at
    return waited > LATE_AFTER or said.message.source is not Source.WEBHOOK


def _answered(
    said: _Said, question: Question, named: tuple[Named, ...], lexicon: Lexicon
) -> Whom | None:
    """Take up what was told before, where this answers whom it is about."""
    place = said.node.place
    if place is None or not isinstance(question, Choose) or _is_late(said):
        return None
    row = _row(said, question, lexicon) or _only(named, said)
    patient = _by_row(row, said.person)
    if row is None or row == ELSE or (row != OWN and patient is None):
        return None
    told = replace(
        said.message,
        body=str(place.slots["told"]),
        received_at=datetime.fromisoformat(str(place.slots["told_at"])),
        button_payload=None,
    )
    before = said.node.suspended
    node = Node(before[-1] if before else None, before[:-1], unfinished=said.node.unfinished)
    return Whom(told, _for(patient, node), patient, is_taken_up=True)


def _row(said: _Said, question: Choose, lexicon: Lexicon) -> str | None:
    payload = said.message.button_payload or ""
    token, _, row = payload.partition(":")
    if row:
        return row if token == said.node.wait_token else None
    if _tells(said.parsed) and not is_row_number(said.message.body):
        return None
    return named_row(lexicon, said.message.body, question.options)


def _only(named: tuple[Named, ...], said: _Said) -> str | None:
    """Take a patient's name or relation alone as the answer."""
    meant = {one.patient.patient_id for one in named}
    return str(meant.pop()) if len(meant) == 1 and not _tells(said.parsed) else None


def _by_row(row: str | None, person: Person) -> CaredFor | None:
    return next((one for one in person.cares_for if str(one.patient_id) == row), None)


def _told(said: _Said, named: tuple[Named, ...]) -> Whom:
    meant = {one.patient.patient_id for one in named}
    if len(meant) > 1:
        return _nobodys(said, is_of_several=True)
    if said.person.patient_id is not None:
        return _told_by_patient(said, named)
    return _told_by_caregiver(said, named)


def _told_by_patient(said: _Said, named: tuple[Named, ...]) -> Whom:
    """A patient tells of themselves, unless they name another; whose words they are may be open."""
    if not named:
        standing = _standing(said)
        return _about(said, standing, ()) if standing else _own(said)
    is_open = said.parsed.subject is None and not any(one.by_name for one in named)
    if is_open and _is_to_keep(said):
        return _asking(said, (named[0].patient,))
    return _about(said, named[0].patient, named)


def _told_by_caregiver(said: _Said, named: tuple[Named, ...]) -> Whom:
    patients = said.person.cares_for
    if named:
        return _about(said, named[0].patient, named)
    if len(patients) == 1:
        return _of_only_one(said, patients[0])
    standing = _standing(said)
    if standing is not None:
        return _about(said, standing, ())
    return _asking(said, patients) if _is_to_keep(said) else _own(said)


def _of_only_one(said: _Said, patient: CaredFor) -> Whom:
    """Take a message for the only patient there is, unless it names somebody else."""
    if said.parsed.subject is None:
        return _about(said, patient, ())
    if not _is_to_keep(said):
        return _about(said, patient, ())
    return _asking(said, (patient,)) if patient.patient_is is None else _nobodys(said)


def _standing(said: _Said) -> CaredFor | None:
    """Give the patient that the waiting question is about, where this may answer it."""
    place = said.node.place
    if place is None or said.question is None:
        return None
    patient = _by_row(str(place.slots.get(ABOUT) or ""), said.person)
    body = said.message.body
    is_value = number_alone(body) is not None and not is_row_number(body)
    if is_value or not _is_to_keep(said):
        asked = asks_for(said.question, SlotType.READING) or not is_value
        return patient if asked else None
    return patient if is_row_number(body) else None


def _is_to_keep(said: _Said) -> bool:
    """Say whether a message tells something of somebody's health, a bare number included.

    A small number is a wrong line where lines were asked for.
    """
    if isinstance(said.question, Choose) and is_row_number(said.message.body):
        return False
    return _tells(said.parsed) or number_alone(said.message.body) is not None


def _tells(parsed: Parsed) -> bool:
    return any(not isinstance(one, Asked | Connect) for one in parsed.meanings)


def _about(said: _Said, patient: CaredFor, named: tuple[Named, ...]) -> Whom:
    told = replace(said.message, body=without(said.message.body, named))
    return Whom(told, _for(patient, said.node), patient)


def _own(said: _Said) -> Whom:
    return Whom(said.message, _for(None, said.node))


def _nobodys(said: _Said, *, is_of_several: bool = False) -> Whom:
    return Whom(said.message, _for(None, said.node), is_of_several=is_of_several)


def _asking(said: _Said, patients: tuple[CaredFor, ...]) -> Whom:
    """Have it asked whom the message is about; what waited for that already is kept with it."""
    if _is_late(said):
        return _nobodys(said)
    place = said.node.place
    is_asked = place is not None and place.flow == FLOW and said.question is not None
    before = f"{place.slots['told']}\n" if place is not None and is_asked else ""
    asks: dict[str, SlotValue] = {
        "patients": as_rows((str(one.patient_id), one.name) for one in patients),
        "has_own": "yes" if said.person.patient_id is not None else "no",
        "told": (before + said.message.body)[:LONGEST_PENDING],
        "told_at": said.message.received_at.isoformat(),
    }
    return Whom(said.message, _for(None, said.node), asks=asks)


def _for(patient: CaredFor | None, node: Node) -> Node:
    """Give where the conversation stands for a patient: what was asked of another is dropped."""
    place = node.place
    of = place.slots.get(ABOUT) if place else None
    is_of_another = of is not None and of != _id_of(patient)
    return Node(unfinished=node.unfinished) if is_of_another else node


def _id_of(patient: CaredFor | None) -> str | None:
    own: UUID | None = patient.patient_id if patient else None
    return str(own) if own else None
