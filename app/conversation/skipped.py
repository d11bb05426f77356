"""Why a dose was not taken: asked once, kept with the dose. Pure."""

from collections.abc import Mapping, Sequence
from typing import TypeGuard
from uuid import UUID

from app.conversation.care import medicine_slots
from app.conversation.log import FollowUp, Log
from app.conversation.turn import Event, Situation, SlotValue
from app.medications.dose import DoseLogged, SkipReason, SkipReasonTold
from app.medications.reply import UNNAMED
from app.parsing.meanings import DoseStatus

FLOW = "skipped_dose"
BETWEEN = " "
"""Between the ids of a slot."""
REASONS = {
    "unwell": SkipReason.UNWELL,
    "none_left": SkipReason.NONE_LEFT,
    "no_food": SkipReason.NOT_EATEN,
    "doctor_said": SkipReason.DOCTOR_SAID,
    "other_reason": SkipReason.OTHER,
}


def why_skipped(events: Sequence[Event], situation: Situation) -> Log:
    """Ask why the doses of some events were not taken; nothing where all were."""
    slots = skipped_slots(events, situation)
    return Log(follow_up=FollowUp(FLOW, slots) if slots else None)


def skipped_slots(events: Sequence[Event], situation: Situation) -> Mapping[str, SlotValue]:
    """Give the doses not taken as the slots that their reason goes by; a single one is named."""
    skipped = [one for one in events if _is_skipped(one)]
    known = {one.medicine_id: one for one in situation.medications.medicines}
    of = [known[one.medicine_id] for one in skipped if one.medicine_id in known]
    if not skipped or len(of) < len(skipped) or any(one.name == UNNAMED for one in of):
        return {}
    named = ", ".join(dict.fromkeys(one.shown for one in of))
    ids = BETWEEN.join(str(one.log_id) for one in skipped)
    alone = {"medicine": of[0].described, **medicine_slots(of[0])} if len(of) == 1 else {}
    return {"doses": ids, "skipped": named, "wish": "end", **alone}


def _is_skipped(event: Event) -> TypeGuard[DoseLogged]:
    return isinstance(event, DoseLogged) and event.status is DoseStatus.SKIPPED


def reason_told(slots: Mapping[str, SlotValue], _situation: Situation) -> Log:
    """Keep the reason with the doses."""
    log_ids = tuple(UUID(each) for each in str(slots["doses"]).split(BETWEEN))
    return Log((SkipReasonTold(log_ids, REASONS[str(slots["reason"])]),))
