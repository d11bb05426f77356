"""A doctor who ended a medicine that is not named, or is not on the list. Pure.

That a doctor ended it is no dose left out: nothing is logged, and the list may be changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.conversation.about_person import says_any
from app.conversation.care import NONE_YET, medicine_slots
from app.conversation.log import FollowUp, Log
from app.conversation.names import is_told
from app.conversation.reminders import doses_meant
from app.parsing.prescription import names_a_medicine
from app.text import Text, text

if TYPE_CHECKING:
    from app.conversation.flow import Flows
    from app.conversation.turn import Situation
    from app.medications.dose import Medicine
    from app.parsing.lexicon import Lexicon

FLOW = "medicines"
END = "end"


def about(wish: str, medicine: Medicine) -> FollowUp:
    """Begin what is wished for a medicine."""
    return FollowUp(
        FLOW, {"wish": wish, "medicine": medicine.described, **medicine_slots(medicine)}
    )


def ended_by_doctor(
    words: str, situation: Situation, lexicon: Lexicon, flows: Flows
) -> FollowUp | Log | None:
    """Answer that a doctor ended "my medicine", or one that is not on the list."""
    if not says_any(situation.message.body, flows.wordings.get("by_doctor", ())):
        return None
    generic = names_a_medicine(lexicon, words)
    if generic is None:
        return None
    return Log(noted=(_not_on_list(generic),)) if generic else _which(situation)


def ended_unnamed(situation: Situation, flows: Flows) -> FollowUp | Log | None:
    """Answer "my doctor stopped it" under a reminder, which says what "it" is."""
    is_it = is_told(situation.message.body, flows.wordings.get("ended_by_doctor", ()))
    return _which(situation) if is_it and doses_meant(situation) else None


def _which(situation: Situation) -> FollowUp | Log:
    """Ask after the only medicine reminded of or on the list, or which of several it is."""
    medicines = situation.medications.medicines
    reminded = {dose.medicine_id for dose in doses_meant(situation)}
    meant = [one for one in medicines if one.medicine_id in reminded] or list(medicines)
    if not meant:
        return Log(noted=(NONE_YET,))
    return about(END, meant[0]) if len(meant) == 1 else FollowUp(FLOW, {"wish": END})


def _not_on_list(medicine: str) -> Text:
    return text(
        "{medicine} is not on your list, so I do not remind you of it. Please do as your doctor "
        "told you.",
        medicine=medicine,
    )
