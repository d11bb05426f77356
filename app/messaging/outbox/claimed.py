"""A row of the outbox in the hands of whoever sends it. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.messaging.outbox.outgoing import Media, Outgoing, Priority, Purpose
from app.text import Text

EMERGENCY = "EMERGENCY_"
"""What the purposes of emergencies begin with."""
LEASE = timedelta(seconds=60)
URGENT_LEASE = timedelta(seconds=30)
"""How long a row is in one hand: longer than a call can take, which is 13 s. An emergency is sent
again rather than lost, so it waits less (house)."""


def lease_of(priority: int) -> timedelta:
    """Say how long a row of some urgency is in one hand."""
    return URGENT_LEASE if priority == Priority.EMERGENCY else LEASE


FILE_WAITS = timedelta(days=6)
"""So long a file waits for its person to write, where a template could not bring it (house)."""


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
        about: Whom each text is about, where they are about several patients.
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
    about: tuple[UUID | None, ...] | None = None

    def without(self, unseen: Collection[UUID | None]) -> Claimed:
        """Leave out what is said of patients, and with None what is about nobody."""
        if self.about is None:
            return self
        said = zip(self.texts, self.about, strict=True)
        return replace(self, texts=[each for each, whom in said if whom not in unseen])

    @property
    def is_urgent(self) -> bool:
        """Whether nothing goes before it."""
        return self.priority == Priority.EMERGENCY

    @property
    def is_of_emergency(self) -> bool:
        """Whether a person's safety hangs on it, at whatever priority."""
        return self.purpose.startswith(EMERGENCY)


def file_to_come(row: Claimed, now: datetime) -> Outgoing | None:
    """Give what brings a row's file when its person writes: no template can bring it.

    Its words are the row's own, of which a template says the first only; None where a row brings
    no file. It is due when the person writes, and stale before it is due otherwise.
    """
    if row.media is None:
        return None
    until = now + FILE_WAITS
    return Outgoing(
        key=f"file:{row.id}",
        user_id=row.user_id,
        patient_id=row.patient_id,
        purpose=Purpose(row.purpose),
        priority=Priority.WHENEVER,
        language=row.language,
        texts=tuple(Text.from_json(each) for each in row.texts),
        due_at=until + timedelta.resolution,
        not_after=until,
        media=Media(row.media),
    )
