"""Who sees what is kept of a patient, what a caregiver may do, and the end of it. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import UUID

from app.conversation.offered import as_rows
from app.people.caring.caregiver import CaregiverAllowed, CaregiverEnded, CareLeft, Caring
from app.text import Text, stacked, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.conversation.turn import Situation, SlotValue

    Slots = Mapping[str, SlotValue]

MOST_ROWS = 8
"""A list on WhatsApp has ten rows at most; the last ones add somebody, or change nothing."""
MAY = {"both": (True, True), "see": (False, True), "send": (True, False), "warn": (False, False)}
"""By the row that is chosen: whether they may send, and whether they see."""
SEEN_BY = text("Who sees what you tell me:")
NOBODY = text("Nobody but you sees what you tell me.")


def family_listed(situation: Situation) -> Slots:
    """Give the caregivers as rows."""
    rows = [(str(one.caregiver_id), one.name) for one in situation.caring[:MOST_ROWS]]
    return {"caregivers": as_rows(rows), "has_caregivers": "yes" if rows else "no"}


def seen_by(situation: Situation) -> Text:
    """List everybody who sees something of the patient, and what they may do."""
    lines = [
        *(_caregiver_line(one) for one in situation.caring),
        *(text("- {name}: your doctor", name=one.name) for one in situation.doctors),
    ]
    return stacked(SEEN_BY, *lines) if lines else NOBODY


def _caregiver_line(one: Caring) -> Text:
    match one.may_see, one.may_log:
        case True, True:
            return text("- {name}: sees and sends data, is warned in danger", name=one.name)
        case True, False:
            return text("- {name}: sees data, is warned in danger", name=one.name)
        case False, True:
            return text("- {name}: sends data, is warned in danger", name=one.name)
        case _:
            return text("- {name}: is warned in danger, nothing else", name=one.name)


def caregiver_named(slots: Slots) -> Slots:
    """Give the name of the caregiver that was chosen, as it was shown."""
    rows = dict(json.loads(str(slots["caregivers"])))
    return {"caregiver": rows.get(str(slots["caregiver_id"]), "")}


def caregiver_allowed(slots: Slots) -> CaregiverAllowed:
    """Give what was chosen for a caregiver."""
    may_log, may_see = MAY[str(slots["may"])]
    return CaregiverAllowed(UUID(str(slots["caregiver_id"])), may_log=may_log, may_see=may_see)


def caregiver_ended(slots: Slots, situation: Situation) -> CaregiverEnded:
    """End the connection of the caregiver that was chosen."""
    return CaregiverEnded(UUID(str(slots["caregiver_id"])), situation.person.language)


def patients_listed(situation: Situation) -> Slots:
    """Give those whom the sender cares for as rows."""
    rows = [(str(one.patient_id), one.name) for one in situation.asker.cares_for[:MOST_ROWS]]
    return {"cared_for": as_rows(rows), "has_patients": "yes" if rows else "no"}


def patient_named(slots: Slots) -> Slots:
    """Give the name of the patient that was chosen, as it was shown."""
    rows = dict(json.loads(str(slots["cared_for"])))
    return {"patient": rows.get(str(slots["patient_id"]), "")}


def care_left(slots: Slots, situation: Situation) -> CareLeft:
    """End the sender's own caring for the patient that was chosen."""
    return CareLeft(UUID(str(slots["patient_id"])), situation.asker.language)
