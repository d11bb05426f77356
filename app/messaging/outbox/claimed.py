"""A row of the outbox in the hands of whoever sends it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.messaging.outbox.outgoing import Priority

EMERGENCY = "EMERGENCY_"
"""What the purposes of emergencies begin with."""
LEASE = timedelta(seconds=60)
URGENT_LEASE = timedelta(seconds=30)
"""How long a row is in one hand: longer than a call can take, which is 13 s. An emergency is sent
again rather than lost, so it waits less (house)."""


def lease_of(priority: int) -> timedelta:
    """Say how long a row of some urgency is in one hand."""
    return URGENT_LEASE if priority == Priority.EMERGENCY else LEASE


@dataclass(frozen=True, slots=True)
class Claimed:
    """What sending a row needs to know of it.

    Attributes:
        purpose: As the row has it: an unknown one is the row's fault, not the queue's.
        texts: As JSON, for the same reason.
        counts: Whether it takes one of the patient's five slots of the day.
        attempts: How often it was tried, this time included.
        due_at: When it was due; nothing was sent of it before.
        error_code: Of the last attempt; None if that was the first.
        lease_until: Until when it is in this hand alone.
        media: The kind of file that it brings; None for none.
    """

    id: UUID
    user_id: UUID
    patient_id: UUID | None
    purpose: str
    priority: int
    language: str
    texts: list[dict[str, Any]]
    counts: bool
    attempts: int
    due_at: datetime
    not_after: datetime | None
    error_code: str | None
    lease_until: datetime
    media: str | None = None

    @property
    def is_urgent(self) -> bool:
        """Whether nothing goes before it."""
        return self.priority == Priority.EMERGENCY

    @property
    def is_of_emergency(self) -> bool:
        """Whether a person's safety hangs on it, at whatever priority."""
        return self.purpose.startswith(EMERGENCY)
