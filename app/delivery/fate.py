"""What becomes of a row before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.channels.base import Said, TemplateCall, Words
from app.channels.codes import OUTSIDE_WINDOW
from app.messaging.outbox.claimed import Claimed
from app.messaging.outbox.outgoing import Purpose, Status
from app.people.reach.addressee import Addressee

PACE = timedelta(seconds=6)
"""WhatsApp takes about one message in so long to one person (Meta's pair limit)."""
SAME_AT_MOST, SAME_WITHIN = 5, timedelta(minutes=5)
"""The same words go to one person so often in so long (house); an emergency's know no such end."""


@dataclass(frozen=True, slots=True)
class Fate:
    """How a row ends without being sent."""

    status: Status
    code: str


STALE = Fate(Status.CANCELLED, "STALE")
STOPPED = Fate(Status.CANCELLED, "STOPPED")
UNREACHABLE = Fate(Status.CANCELLED, "UNREACHABLE")
REPEATED = Fate(Status.CANCELLED, "REPEATED")
CAPPED = Fate(Status.CANCELLED, "CAPPED")
UNSEEN = Fate(Status.CANCELLED, "UNSEEN")
NO_ADDRESS = Fate(Status.FAILED, "NO_ADDRESS")
NO_TEMPLATE = Fate(Status.FAILED, "NO_TEMPLATE")


def fate(row: Claimed, addressee: Addressee, now: datetime) -> Fate | None:
    """Say how a row ends without being sent; None for one that is to be sent.

    Who wants no messages of our own accord still gets what an emergency calls for, and the answer
    to what they asked.
    """
    if row.not_after is not None and now > row.not_after:
        return STALE
    if addressee.address is None:
        return NO_ADDRESS
    if row.is_of_emergency or row.purpose == Purpose.LATE_ANSWER:
        return None
    if addressee.stopped_at is not None:
        return STOPPED
    return UNREACHABLE if addressee.is_unreachable(now) else None


def ways(
    row: Claimed, words: Words, template: TemplateCall | None, *, is_in_window: bool
) -> tuple[Said, ...]:
    """List the ways in which a row may be said, the best first.

    Free text outside the window is tried only where a person's safety hangs on it and nothing
    else is left, and not where it was refused for that already. What can be answered by a tap is
    better than free text, which says the same, also inside the window.
    """
    if is_in_window and row.error_code != OUTSIDE_WINDOW:
        inside = (words, template) if template else (words,)
        is_answered_by_tap = template is not None and template.has_buttons
        return inside[::-1] if is_answered_by_tap and words.media_url is None else inside
    if template:
        return (template, words) if row.is_of_emergency else (template,)
    return (words,) if row.is_of_emergency and row.error_code != OUTSIDE_WINDOW else ()
