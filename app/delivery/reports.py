"""What the channel reports of messages, brought to their rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection

from app import clock, db, log, metrics, queue
from app.channels.codes import UNREACHABLE
from app.delivery.verdict import Over, verdict
from app.messaging.outbox.outgoing import Status
from app.messaging.outbox.slots import store as slots
from app.messaging.outbox.standing import store as standing
from app.messaging.outbox.standing.report import Report, Standing, Step, step
from app.people.reach import store as reach

UNKNOWN_REASON = "FAILED"
WORDS = {
    "queued": Status.ACCEPTED,
    "accepted": Status.ACCEPTED,
    "scheduled": Status.ACCEPTED,
    "sending": Status.ACCEPTED,
    "sent": Status.SENT,
    "delivered": Status.DELIVERED,
    "read": Status.READ,
    "failed": Status.FAILED,
    "undelivered": Status.FAILED,
    "canceled": Status.FAILED,
}
"""What Twilio's words for a message's status mean for a row; there may be others."""


@dataclass(frozen=True, slots=True)
class After:
    """What is to be done when a report is written down.

    Attributes:
        is_due: A row is to be sent now.
        unreached: Whom the channel refuses to reach; None for nobody.
    """

    report: Report
    is_due: bool = False
    unreached: UUID | None = None


def take_word(word: str, sid: str, outbound_id: UUID | None, error_code: str | None) -> None:
    """Take what the channel says of a message in its own word; one that is new is counted."""
    status = WORDS.get(word)
    metrics.STATUS_REPORTS.labels(word if status else "unknown").inc()
    if status is not None:
        take(Report(sid, status, clock.now(), outbound_id, error_code))


def take(report: Report) -> None:
    """Bring a report to its row, or park it until its row is known."""
    with db.transaction() as connection:
        after = taken(connection, report)
    follow([after])


def take_up(connection: Connection, sid: str | None = None) -> list[After]:
    """Bring parked reports to their rows, of one message or of all that are known by now."""
    return [taken(connection, report) for report in standing.take_parked(connection, sid)]


def follow(afters: Iterable[After]) -> None:
    """Do what is left when reports are written down; people's rows are locked apart from these."""
    for after in afters:
        if after.unreached:
            not_reached(after.unreached, after.report)
        if after.is_due:
            queue.wake_delivery()


def not_reached(user_id: UUID, report: Report) -> None:
    """Note that the channel refuses to reach somebody: of what matters others have to be told."""
    metrics.UNREACHABLE.labels(report.error_code).inc()
    log.error("person_unreachable", code=report.error_code, user_id=user_id)
    with db.transaction() as connection:
        reach.not_reached(connection, user_id, report.at)


def taken(connection: Connection, report: Report) -> After:
    """Write a report down."""
    row = standing.standing(connection, report)
    if row is None:
        standing.park(connection, report)
        return After(report)
    match step(row, report):
        case Step.NOTHING:
            pass
        case Step.PARK:
            standing.park(connection, report)
        case Step.CONFIRM:
            standing.confirm(connection, row)
        case Step.FORWARD:
            _move(connection, row, report)
        case Step.HURRY:
            standing.make_due(connection, row, report.at)
            return After(report, is_due=True)
        case Step.FAIL:
            return _failed(connection, row, report)
    return After(report)


def _move(connection: Connection, row: Standing, report: Report) -> None:
    standing.forward(connection, row, report)
    if report.status is Status.READ:
        slots.seen(connection, row.id, report.at)


def _failed(connection: Connection, row: Standing, report: Report) -> After:
    """The channel took the message and gave it up: it certainly did not arrive."""
    code = report.error_code or UNKNOWN_REASON
    log.error("message_failed", outbound_id=row.id, code=code)
    slots.release(connection, row.id)
    next_step = verdict(code, row.attempts, report.at, is_urgent=row.is_urgent)
    unreached = row.user_id if code in UNREACHABLE else None
    if isinstance(next_step, Over):
        metrics.UNSENT.labels(row.purpose, code).inc()
        standing.failed(connection, row, code)
        return After(report, unreached=unreached)
    standing.failed_for_now(connection, row, code, next_step.at, counted=next_step.counted)
    return After(report, is_due=next_step.at <= report.at, unreached=unreached)
