"""Inviting a caregiver with a one-time code, and accepting with it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from app.conversation.family import MAY
from app.conversation.log import FollowUp, Log
from app.people.codes.code import AT_MOST, WORD, Said, code_of, hashed, offer_of, said_in
from app.people.codes.invitation import CaregiverInvited, CodeTried, InvitationAccepted
from app.text import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.conversation.turn import Situation, SlotValue

    Slots = Mapping[str, SlotValue]

FLOW = "accept_caregiver"
BY_NAME = "name"
"""The row of who calls the patient by name."""
WRONG = text(
    "That code is not right, or its time is over. Please ask for a new one: a code works for 10 "
    "minutes, from the number it was made for."
)


def may_invite(situation: Situation) -> bool:
    """Say whether another code may be made within the hour."""
    return situation.invited_lately < AT_MOST


def invited(slots: Slots, version: str, situation: Situation) -> CaregiverInvited:
    """Invite the number that was told, with what was chosen for it."""
    invitation_id = situation.new_id("invitation")
    may_log, may_see = MAY[str(slots["may"])]
    is_what = str(slots["patient_is"])
    return CaregiverInvited(
        invitation_id=invitation_id,
        phone_number=str(slots["phone"]),
        code_hash=hashed(
            situation.codes.key, invitation_id, code_of(situation.codes.key, invitation_id)
        ),
        patient_is=None if is_what == BY_NAME else is_what,
        may_log=may_log,
        may_see=may_see,
        version=version,
        language=situation.person.language,
    )


def link(situation: Situation) -> str:
    """Write the link that opens the chat with the code typed."""
    code = code_of(situation.codes.key, situation.new_id("invitation"))
    return f"https://wa.me/{situation.codes.our_number.removeprefix('+')}?text={WORD}%20{code}"


def code_told(situation: Situation) -> Log | None:
    """Read a message that is a code, or six digits where one waits; None for any other."""
    said = said_in(situation.message.body)
    if said is None or not (said.with_word or situation.codes.offers) or situation.is_late:
        return None
    return _tried(said, situation)


def _tried(said: Said, situation: Situation) -> Log:
    offer = offer_of(situation.codes.key, situation.codes.offers, said.code)
    if offer is None:
        return Log((CodeTried(None),), (WRONG,))
    slots: dict[str, SlotValue] = {
        "invitation_id": str(offer.invitation_id),
        "patient": offer.patient,
        "name": situation.sender.name,
    }
    return Log((CodeTried(offer.invitation_id),), follow_up=FollowUp(FLOW, slots))


def accepted(slots: Slots, version: str, situation: Situation) -> InvitationAccepted:
    """Accept the invitation that the code was of."""
    return InvitationAccepted(
        invitation_id=UUID(str(slots["invitation_id"])),
        name=str(slots["name"]),
        version=version,
        language=situation.sender.language,
    )
