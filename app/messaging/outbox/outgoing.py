"""What is to be said of our own accord: as values, and the states it goes through. Pure.

The sender's own replies need none of this: they go back in the webhook's answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import NAMESPACE_URL, UUID, uuid5

from app.text import Text


class Purpose(StrEnum):
    """Why something is said; with a language it names the template outside the 24-hour window."""

    EMERGENCY_ANSWER = "EMERGENCY_ANSWER"
    EMERGENCY_ALERT = "EMERGENCY_ALERT"
    EMERGENCY_FOLLOW_UP = "EMERGENCY_FOLLOW_UP"
    OUT_OF_REACH = "OUT_OF_REACH"
    MEDICATION_REMINDER = "MEDICATION_REMINDER"
    TEST_REMINDER = "TEST_REMINDER"
    CHECK_REMINDER = "CHECK_REMINDER"
    REFILL_REMINDER = "REFILL_REMINDER"
    REENGAGEMENT = "REENGAGEMENT"
    WEEKLY_SUMMARY = "WEEKLY_SUMMARY"
    LATE_ANSWER = "LATE_ANSWER"
    DOCTOR_ANSWER = "DOCTOR_ANSWER"
    URGENT_QUESTION = "URGENT_QUESTION"
    SELF_TEST = "SELF_TEST"
    CAREGIVER_DIGEST = "CAREGIVER_DIGEST"
    DOCTOR_DIGEST = "DOCTOR_DIGEST"


class Media(StrEnum):
    """The files that a message can bring; each is made when it is fetched."""

    EXPORT = "export"
    CHART = "chart"


class Priority(IntEnum):
    """What goes first; threads are reserved for the first."""

    EMERGENCY = 0
    TIMELY = 1
    WHENEVER = 2


class Status(StrEnum):
    """The states of what is sent."""

    PENDING = "PENDING"
    SENDING = "SENDING"
    ACCEPTED = "ACCEPTED"
    SENT = "SENT"
    DELIVERED = "DELIVERED"
    READ = "READ"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"

    @property
    def rank(self) -> int:
        """How far along: a status report moves a row to a higher rank only."""
        return _RANKS[self]


_RANKS = {
    Status.PENDING: 0,
    Status.SENDING: 1,
    Status.ACCEPTED: 2,
    Status.SENT: 3,
    Status.FAILED: 4,
    Status.CANCELLED: 4,
    Status.DELIVERED: 5,
    Status.READ: 6,
}
"""A late "failed" after "sent" counts; after "delivered" it does not."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something to be said to one person.

    Attributes:
        key: Unique: the same thing is said once, however often it is asked for. As
            `alert:<event>:<user>:<round>` or `reminder:<patient>:<moment>`.
        user_id: Who is told.
        patient_id: Whom it is about; None for what is about nobody.
        texts: In the order they are said, one message.
        about: Where the texts are about several patients, whom each is about, None for nobody; what
            is about somebody whom the person may not see any more is not sent.
        due_at: Aware; not sent before.
        not_after: Aware; stale then, and cancelled; None for never.
        event_id: The emergency it belongs to.
        counts: Whether it takes one of the patient's five slots of the day.
        media: The file that it brings; None for none. No template brings one.
    """

    key: str
    user_id: UUID
    patient_id: UUID | None
    purpose: Purpose
    priority: Priority
    language: str
    texts: tuple[Text, ...]
    due_at: datetime
    not_after: datetime | None = None
    event_id: UUID | None = None
    counts: bool = False
    media: Media | None = None
    about: tuple[UUID | None, ...] | None = None

    @property
    def outbound_id(self) -> UUID:
        """The row's id, derived from the key."""
        return outbound_id(self.key)


def outbound_id(key: str) -> UUID:
    """Give the id of the row that has a key."""
    return uuid5(NAMESPACE_URL, f"outbound:{key}")
