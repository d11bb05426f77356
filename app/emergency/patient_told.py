"""What a patient is told of an emergency that a caregiver wrote of. Pure.

The caregiver has the instructions already; the patient, who may be alone, gets the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from app.emergency import alert_texts as texts
from app.emergency.event import EmergencyContinued, EmergencyOpened
from app.messaging.outbox.outgoing import Outgoing, Priority, Purpose

STALE_AFTER = timedelta(hours=2)
"""What to do now is of no use to a phone that was off for longer (house)."""

if TYPE_CHECKING:
    from app.emergency.alert import Surroundings
    from app.emergency.assess import Teller


def to_patient(
    events: Iterable[object], teller: Teller, around: Surroundings
) -> tuple[Outgoing, ...]:
    """Tell the patient what was found and what to do, once for each event and round."""
    return tuple(
        _message(event, teller, around)
        for event in events
        if isinstance(event, EmergencyOpened | EmergencyContinued) and not _has_risen(event)
    )


def _has_risen(event: EmergencyOpened | EmergencyContinued) -> bool:
    return isinstance(event, EmergencyContinued) and event.normal_values > 0


def _message(
    event: EmergencyOpened | EmergencyContinued, teller: Teller, around: Surroundings
) -> Outgoing:
    happened = texts.named(texts.PATIENT_TOLD, teller.name or texts.SOMEONE)
    treated = event.round if isinstance(event, EmergencyContinued) else 1
    return Outgoing(
        key=f"told:{event.event_id}:{event.level.value}:{event.status.value}:{treated}",
        user_id=teller.patient_user_id,
        patient_id=around.patient.patient_id,
        purpose=Purpose.EMERGENCY_FOLLOW_UP,
        priority=Priority.EMERGENCY,
        language=teller.patient_language,
        texts=(happened, *event.instructions),
        due_at=around.now,
        not_after=around.now + STALE_AFTER,
        event_id=event.event_id,
    )
