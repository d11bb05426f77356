"""Leaving: whether a person may be forgotten now, and the doctors who can be told to go. Pure."""

import json
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from app.conversation.offered import as_rows
from app.conversation.turn import Situation, SlotValue

DANGER_LASTS = timedelta(days=1)
"""Nothing is deleted so soon after danger was told of: others may be on their way (house)."""
MOST_DOCTORS = 10
"""A list on WhatsApp has ten rows at most."""

Slots = Mapping[str, SlotValue]


def danger_now(situation: Situation) -> Slots:
    """Say whether an emergency of the last day is open."""
    open_now = situation.emergency.open
    is_fresh = any(situation.now - one.opened_at < DANGER_LASTS for one in open_now)
    return {"in_danger": "yes" if is_fresh else "no"}


def doctors_listed(situation: Situation) -> Slots:
    """Give the connected doctors as rows."""
    rows = [(str(one.doctor_id), one.name) for one in situation.doctors[:MOST_DOCTORS]]
    return {"doctors": as_rows(rows), "has_doctors": "yes" if rows else "no"}


def doctor_named(slots: Slots) -> Slots:
    """Give the name of the doctor that was chosen, as it was shown."""
    rows = dict(json.loads(str(slots["doctors"])))
    return {"doctor": rows.get(str(slots["doctor_id"]), "")}


def chosen_doctor(slots: Slots) -> UUID:
    """Give the id of the doctor that was chosen."""
    return UUID(str(slots["doctor_id"]))
