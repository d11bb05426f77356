"""A situation with the record in it that the message belongs to. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.conversation.turn import Situation

if TYPE_CHECKING:
    from app.conversation.for_whom.whom import Whom
    from app.conversation.turn import ForAnother


def as_meant(situation: Situation, meant: Whom, another: ForAnother | None) -> Situation:
    """Give the situation as it is for whom the message is about.

    Args:
        situation: With the facts of that record, and the sender as its person.
        meant: Whom it is about.
        another: The patient, where it is not the sender; None as well where the door is shut.
    """
    if not situation.person.cares_for:
        return situation
    if meant.about is not None and another is None:
        return _shut(situation)
    node = replace(situation.node, place=meant.node.place, suspended=meant.node.suspended)
    situation = replace(
        situation,
        node=node,
        message=meant.message,
        asks_whom=meant.asks,
        is_of_several=meant.is_of_several,
        is_taken_up=meant.is_taken_up,
    )
    return situation if another is None else _of_another(situation, another)


def _of_another(situation: Situation, another: ForAnother) -> Situation:
    patient = another.patient
    record = replace(
        situation.person,
        patient_id=patient.patient_id,
        name=patient.name,
        diabetes_type=patient.diabetes_type,
        unit=patient.unit,
    )
    return replace(situation, person=record, for_another=another)


def _shut(situation: Situation) -> Situation:
    """Know nothing of a patient whose connection ended while the message was on its way."""
    return Situation(
        now=situation.now,
        message=situation.message,
        person=replace(situation.person, patient_id=None, cares_for=()),
        answered_lately=situation.answered_lately,
    )
