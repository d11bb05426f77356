"""Before the facts are read: whom a caregiver's message is about, and whether the door is open."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Uuid, bindparam

from app.conversation.for_whom.record import as_meant
from app.conversation.for_whom.whom import Whom, whom
from app.conversation.load import flows
from app.conversation.turn import ForAnother, Situation
from app.emergency import store as emergency
from app.messaging.message import InboundMessage
from app.parsing.load import lexicon
from app.people import store as people
from app.people.access import store as access
from app.people.access.rules import Need, Relation
from app.people.cared_for import store as cared_for
from app.people.person import Person

if TYPE_CHECKING:
    from uuid import UUID

    from app.conversation.turn import Node
    from app.people.access.rules import Standing

_PATIENT = bindparam("patient_id", type_=Uuid())
_USER = bindparam("user_id", type_=Uuid())
OF_ANOTHER = (
    access.standings(_USER, _PATIENT).label("standings"),
    people.circle(_PATIENT).label("circle"),
    emergency.alerted(_PATIENT).label("alerted"),
)
"""What is read beside the facts where the sender writes for another; read after the lock."""


def meant_by(
    connection: Connection, person: Person, node: Node, message: InboundMessage, now: datetime
) -> Whom:
    """Decide whose record a message belongs to; the patient of a caregiver's turn is locked.

    Of people who care for nobody it is their own, which is locked with them.
    """
    if not person.cares_for:
        return Whom(message, node)
    meant = whom(person, node, message, now, lexicon(), flows())
    patient_id = record_of(person, meant)
    if patient_id is not None:
        cared_for.lock(connection, patient_id)
    return meant


def record_of(person: Person, meant: Whom) -> UUID | None:
    """Give the patient whose facts are to be read."""
    return meant.about.patient_id if meant.about else person.patient_id


def with_meant(situation: Situation, meant: Whom, row: Any) -> Situation:
    """Put the patient's record in the sender's place, as far as the door is open."""
    if meant.about is None:
        return as_meant(situation, meant, None)
    standing = _standing(access.standings_from(row.standings))
    if standing is None:
        return as_meant(situation, meant, None)
    another = ForAnother(
        sender=situation.person,
        patient=meant.about,
        standing=standing,
        circle=people.circle_from(row.circle),
        alerted=emergency.alerted_from(row.alerted),
    )
    return as_meant(situation, meant, another)


def _standing(standings: tuple[Standing, ...]) -> Standing | None:
    ours = (one for one in standings if one.relation is Relation.CAREGIVER)
    return access.standing_for(ours, Need.TELL_DANGER)
