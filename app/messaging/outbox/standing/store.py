"""What is kept of status reports: on the rows themselves, or parked until their row is known."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, true, update
from sqlalchemy.dialects.postgresql import insert

from app.messaging.outbox.outgoing import Status
from app.messaging.outbox.standing.report import Report, Standing
from app.messaging.tables import Outbound, ParkedStatus

AT_ONCE = 500


def standing(connection: Connection, report: Report) -> Standing | None:
    """Lock the row that a report is about and say where it stands; None for no row."""
    named = or_(Outbound.id == report.outbound_id, Outbound.sid == report.sid)
    row = connection.execute(
        select(
            Outbound.id,
            Outbound.user_id,
            Outbound.purpose,
            Outbound.status,
            Outbound.sid,
            Outbound.attempts,
            Outbound.priority,
            Outbound.error_code,
        )
        .where(named)
        .order_by((Outbound.id == report.outbound_id).desc().nulls_last())
        .limit(1)
        .with_for_update()
    ).one_or_none()
    return None if row is None else Standing(*row)


def forward(connection: Connection, row: Standing, report: Report) -> None:
    """Let a row take the status of a report."""
    arrived = report.status.rank >= Status.DELIVERED.rank
    values: dict[str, Any] = {
        "status": report.status,
        "sid": report.sid if row.is_open else row.sid,
        "attempts": func.greatest(Outbound.attempts, 1),
        "accepted_at": func.coalesce(Outbound.accepted_at, report.at),
        "lease_until": None,
    }
    if arrived:
        values |= {
            "delivered_at": func.coalesce(Outbound.delivered_at, report.at),
            "error_code": None,
        }
    if report.status is Status.READ:
        values["read_at"] = report.at
    connection.execute(update(Outbound).where(Outbound.id == row.id).values(values))


def confirm(connection: Connection, row: Standing) -> None:
    """Let a row rest: its words arrived in the answer to a webhook."""
    connection.execute(
        update(Outbound)
        .where(Outbound.id == row.id)
        .values(status=Status.CANCELLED, error_code="CONFIRMED")
    )


def make_due(connection: Connection, row: Standing, at: datetime) -> None:
    """Let a row be sent now rather than later."""
    connection.execute(
        update(Outbound)
        .where(Outbound.id == row.id)
        .values(next_attempt_at=func.least(Outbound.next_attempt_at, at))
    )


def failed(connection: Connection, row: Standing, code: str) -> None:
    """End a row whose message the channel gave up."""
    connection.execute(
        update(Outbound)
        .where(Outbound.id == row.id)
        .values(status=Status.FAILED, error_code=code, lease_until=None)
    )


def failed_for_now(
    connection: Connection, row: Standing, code: str, until: datetime, *, counted: bool
) -> None:
    """Let a row be sent again later; its message's id stays, so that late reports are known."""
    connection.execute(
        update(Outbound)
        .where(Outbound.id == row.id)
        .values(
            status=Status.PENDING,
            error_code=code,
            next_attempt_at=until,
            lease_until=None,
            accepted_at=None,
            attempts=row.attempts if counted else row.attempts - 1,
        )
    )


def park(connection: Connection, report: Report) -> None:
    """Keep a report whose message we do not know yet."""
    connection.execute(
        insert(ParkedStatus)
        .values(
            sid=report.sid,
            status=report.status,
            error_code=report.error_code,
            received_at=report.at,
        )
        .on_conflict_do_nothing()
    )


def take_parked(connection: Connection, sid: str | None = None) -> list[Report]:
    """Take the parked reports whose message is known by now, in the order they came.

    Args:
        connection: In a transaction.
        sid: Of one message; None for all.
    """
    known = (
        select(ParkedStatus.sid, ParkedStatus.status)
        .join(Outbound, Outbound.sid == ParkedStatus.sid)
        .where(ParkedStatus.sid == sid if sid else true())
        .limit(AT_ONCE)
        .cte("known")
    )
    rows = connection.execute(
        delete(ParkedStatus)
        .where(ParkedStatus.sid == known.c.sid, ParkedStatus.status == known.c.status)
        .returning(
            ParkedStatus.sid,
            ParkedStatus.status,
            ParkedStatus.received_at,
            ParkedStatus.error_code,
        )
    )
    reports = [Report(row.sid, row.status, row.received_at, None, row.error_code) for row in rows]
    return sorted(reports, key=lambda report: (report.at, report.status.rank))


def forget_parked(connection: Connection, before: datetime) -> None:
    """Forget reports of messages that never became known."""
    connection.execute(delete(ParkedStatus).where(ParkedStatus.received_at < before))
