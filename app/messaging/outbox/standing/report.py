"""What a status report does to a row. Pure.

Reports come more than once, in any order, before our own record of the message, and long after it
was given up. A row moves forward by rank. That a message failed counts only for the row's own
latest message; that one was delivered counts whichever message it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from uuid import UUID

from app.messaging.outbox.outgoing import Priority, Status


@dataclass(frozen=True, slots=True)
class Report:
    """What the channel says of one of its messages.

    Attributes:
        sid: The channel's id of the message.
        outbound_id: Our row, from the address that was called; None where that names none.
        error_code: Why it failed; None for no reason or no failure.
        at: When we were told; aware.
    """

    sid: str
    status: Status
    at: datetime
    outbound_id: UUID | None = None
    error_code: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a row stands.

    Attributes:
        sid: The channel's id of its latest message; None while there is none. It stays with a row
            that was put back because that message failed.
        attempts: 0 where it was never handed to the channel: its words may be on their way in the
            answer to a webhook.
    """

    id: UUID
    user_id: UUID
    purpose: str
    status: Status
    sid: str | None
    attempts: int
    priority: int
    error_code: str | None

    @property
    def is_urgent(self) -> bool:
        """Whether nothing goes before it."""
        return self.priority == Priority.EMERGENCY

    @property
    def is_open(self) -> bool:
        """Whether it is still to be sent, or its sending is not settled."""
        return self.status in {Status.PENDING, Status.SENDING}


class Step(Enum):
    """What follows from a report."""

    NOTHING = auto()
    FORWARD = auto()
    CONFIRM = auto()
    HURRY = auto()
    FAIL = auto()
    PARK = auto()


def step(row: Standing, report: Report) -> Step:
    """Say what a report does to a row.

    Returns:
        FORWARD: the row takes the report's status. CONFIRM: the answer to a webhook arrived, and
        the row need not be sent. HURRY: it did not, and the row is due now. FAIL: the row's own
        message failed. PARK: it may be about a message whose id we are just about to write down.
    """
    if report.status is Status.FAILED:
        return _of_failure(row, report)
    if row.attempts == 0 and row.sid is None:
        return _of_answer(row, report)
    if row.is_open and row.sid == report.sid:
        # That message failed, and reports overtake each other: only what reached the phone counts.
        return _forward_if(report.status.rank >= Status.DELIVERED.rank)
    return _forward_if(report.status.rank > row.status.rank)


def _of_answer(row: Standing, report: Report) -> Step:
    is_sent = report.status.rank >= Status.SENT.rank
    return Step.CONFIRM if is_sent and row.status is Status.PENDING else Step.NOTHING


def _of_failure(row: Standing, report: Report) -> Step:
    if row.sid == report.sid:
        return Step.FAIL if row.status in {Status.ACCEPTED, Status.SENT} else Step.NOTHING
    if row.status is Status.PENDING and row.attempts == 0:
        return Step.HURRY
    return Step.PARK if row.status is Status.SENDING else Step.NOTHING


def _forward_if(is_ahead: bool) -> Step:  # noqa: FBT001 - a comparison's outcome
    return Step.FORWARD if is_ahead else Step.NOTHING
