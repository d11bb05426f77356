"""Who is reminded, and what there is to say. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from app.messaging.outbox.outgoing import Media, Outgoing, Priority, Purpose
from app.people.person import DEFAULT_QUIET, OTHERS_A_DAY, QuietHours
from app.reminders.plan import Due, Planned, Rule
from app.text import Text

LEAST_TO_SEND = timedelta(minutes=15)
"""What a reminder that is late itself, as after an emergency, has to be sent in (house)."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A patient who may be reminded, locked until the transaction ends."""

    patient_id: UUID
    user_id: UUID
    language: str
    zone: ZoneInfo
    quiet: QuietHours = DEFAULT_QUIET
    others_a_day: int = OTHERS_A_DAY

    def midnight(self, now: datetime) -> datetime:
        """Give the end of the local day that a moment is in."""
        tomorrow = now.astimezone(self.zone).date() + timedelta(days=1)
        return datetime.combine(tomorrow, time(), self.zone)

    def is_quiet(self, now: datetime) -> bool:
        """Say whether a moment is in the person's quiet hours."""
        return self.quiet.covers(now.astimezone(self.zone).time())


class Said(NamedTuple):
    """What there is to say of something due.

    Attributes:
        key: Names the message that reminds of it alone; None where several may be in one.
        facts: As JSON, as the kind's source gives them.
    """

    due: Due
    key: str | None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Voice:
    """How a kind of reminder is said.

    Attributes:
        media: The file that it brings; None for none.
    """

    purpose: Purpose
    priority: Priority = Priority.TIMELY
    media: Media | None = None


def key_of(to: Recipient, planned: Planned, first: Said) -> str:
    """Name the message that is planned; the same is never sent twice."""
    return first.key or medicine_key(to.patient_id, planned.due_at)


def medicine_key(patient_id: UUID, due_at: datetime) -> str:
    """Name the message that reminds of medicines of which the first is due at an aware moment."""
    return f"reminder:{patient_id}:{due_at.astimezone(UTC).isoformat()}"


def sent_until(planned: Planned, rule: Rule, now: datetime) -> datetime:
    """Say until when a planned message may still go out."""
    return max(planned.due_at + rule.sent_within, now + LEAST_TO_SEND)


def reminder(
    to: Recipient,
    voice: Voice,
    texts: tuple[Text, ...],
    *,
    key: str,
    not_after: datetime,
    now: datetime,
) -> Outgoing:
    """Give a planned message as the outbox takes it."""
    return Outgoing(
        key=key,
        user_id=to.user_id,
        patient_id=to.patient_id,
        purpose=voice.purpose,
        priority=voice.priority,
        language=to.language,
        texts=texts,
        due_at=now,
        not_after=not_after,
        counts=True,
        media=voice.media,
    )
