"""A dose that was told as not taken, and is taken after all. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.conversation.about_person import says_any
from app.conversation.bare import number_alone
from app.conversation.more_than_yes import VAGUE
from app.conversation.reminders import ANSWERED_WITHIN
from app.conversation.said_of_doses import is_of_else, said_beside
from app.conversation.skipped import FLOW
from app.medications.classes import MedicineClass, classes_of
from app.medications.dose import LogStatus
from app.parsing.meanings import Asked, DoseStatus, Parsed

if TYPE_CHECKING:
    from app.conversation.turn import Situation
    from app.medications.dose import Medicine
    from app.parsing.lexicon import Lexicon

DONE = ("done", "kar liya", "kar li", "kr liya")
"""Verbs that say nothing of tablets: who was told to do something else has done that."""


def taken_after_all(situation: Situation, parsed: Parsed, lexicon: Lexicon) -> Parsed:
    """Hear "taken" alone of the one medicine just told as not taken, where nothing else is asked.

    Not of insulin: what is done then may be the test that was asked for.
    """
    place, body = situation.node.place, situation.message.body
    medicine = _left_out(situation)
    is_asked_else = place is not None and place.flow != FLOW
    if medicine is None or is_asked_else or not all(map(_is_vague, parsed.meanings)):
        return parsed
    if number_alone(body) is not None or says_any(body, DONE) or is_of_else(body, lexicon):
        return parsed
    dose = said_beside(medicine.name, situation, lexicon)
    if dose is None or dose.status is not DoseStatus.TAKEN:
        return parsed
    return replace(parsed, meanings=(replace(dose, name=medicine.name),))


def _is_vague(meaning: object) -> bool:
    return isinstance(meaning, Asked) and meaning.command in VAGUE


def _left_out(situation: Situation) -> Medicine | None:
    known, now = situation.medications, situation.message.received_at
    lately = {
        dose.medicine_id
        for dose in known.answered
        if dose.status is LogStatus.SKIPPED and abs(now - dose.scheduled_time) <= ANSWERED_WITHIN
    }
    meant = [one for one in known.medicines if one.medicine_id in lately]
    is_insulin = any(MedicineClass.INSULIN in (classes_of([one.name]) or ()) for one in meant)
    return meant[0] if len(meant) == 1 and not is_insulin else None
