"""What follows when a message was not taken. Pure.

All numbers are choices of this project ("house").
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.channels.codes import ONE_MORE_TRY, OURS_TO_MEND, OUTSIDE_WINDOW, PERMANENT, WAITS
from app.errors import DeliveryError

ATTEMPTS, URGENT_ATTEMPTS = 5, 8
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
URGENT_FIRST_WAIT, URGENT_LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=1)
TWICE = 2


@dataclass(frozen=True, slots=True)
class Again:
    """It is tried again.

    Attributes:
        counted: Whether this was one of the attempts that it has.
    """

    at: datetime
    counted: bool = True


class Over:
    """It is not tried again."""


def verdict(code: str, attempts: int, now: datetime, *, is_urgent: bool) -> Again | Over:
    """Say what follows when a message was certainly not delivered.

    Args:
        code: The channel's, or a word of ours.
        attempts: How often it was tried, the last time included.
        now: Aware.
        is_urgent: Whether nothing goes before it.
    """
    if code in WAITS or code in OURS_TO_MEND:
        return Again(now + _wait(1, is_urgent=is_urgent), counted=False)
    if code in PERMANENT or attempts >= _most(code, is_urgent=is_urgent):
        return Over()
    if code == OUTSIDE_WINDOW:
        return Again(now)  # as a template, which has no cause to wait
    return Again(now + _wait(attempts, is_urgent=is_urgent))


def is_of_no_use(fault: DeliveryError) -> bool:
    """Tell whether the same message would be refused again."""
    return fault.permanent or fault.code in PERMANENT


def _most(code: str, *, is_urgent: bool) -> int:
    if code in ONE_MORE_TRY:
        return TWICE
    return URGENT_ATTEMPTS if is_urgent else ATTEMPTS


def _wait(attempts: int, *, is_urgent: bool) -> timedelta:
    """Twice as long each time, up to a longest."""
    doubled = 1 << max(attempts - 1, 0)
    if is_urgent:
        return min(URGENT_FIRST_WAIT * doubled, URGENT_LONGEST_WAIT)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)
