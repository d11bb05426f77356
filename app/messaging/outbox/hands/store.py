"""Who has a row of the outbox in hand: claimed, sent, put back, ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select, update

from app.messaging.outbox.claimed import LEASE, Claimed, lease_of
from app.messaging.outbox.outgoing import Priority, Status
from app.messaging.outbox.store import is_unreported
from app.messaging.tables import Outbound

LOOK_AGAIN = timedelta(minutes=2)
LOOK_BACK = timedelta(days=1)
"""A row is sent within a day of its being queued: older ones need not be looked through."""


def claim_due(connection: Connection, now: datetime, least: Priority) -> Claimed | None:
    """Lock the row that is to be sent next; None where nothing is due that nobody else has.

    It is locked, not yet marked: it is free again when the transaction ends without `sending`.

    Args:
        connection: In a transaction.
        now: Aware.
        least: The least urgent priority that is of interest.
    """
    row = connection.execute(
        _in_order(Outbound.status == Status.PENDING, Outbound.next_attempt_at <= now, least)
    ).one_or_none()
    return None if row is None else _claimed(row, row.attempts + 1, now + lease_of(row.priority))


def claim_expired(connection: Connection, now: datetime, least: Priority) -> Claimed | None:
    """Take over the most urgent row whose sender was not heard of again, for another lease."""
    row = connection.execute(
        _in_order(Outbound.status == Status.SENDING, Outbound.lease_until < now, least)
    ).one_or_none()
    if row is None:
        return None
    taken = _claimed(row, row.attempts, now + lease_of(row.priority))
    _change(connection, taken.id, lease_until=taken.lease_until)
    return taken


def claim_unreported(connection: Connection, now: datetime) -> tuple[Claimed, str] | None:
    """Take an emergency of which the channel has not reported anything, to be looked up.

    Returns:
        The row and the channel's id of its message.
    """
    row = connection.execute(
        select(Outbound.__table__)
        .where(is_unreported(now))
        .order_by(Outbound.accepted_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if row is None:
        return None
    taken = _claimed(row, row.attempts, now + LOOK_AGAIN)
    _change(connection, taken.id, lease_until=taken.lease_until)
    return taken, row.sid


def _in_order(
    state: ColumnElement[bool], when: ColumnElement[bool], least: Priority
) -> Select[Any]:
    return (
        select(Outbound.__table__)
        .where(state, when, Outbound.priority <= int(least))
        .order_by(Outbound.priority, Outbound.next_attempt_at, Outbound.queued_at, Outbound.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def _claimed(row: Row[Any], attempts: int, lease_until: datetime) -> Claimed:
    return Claimed(
        id=row.id,
        user_id=row.user_id,
        patient_id=row.patient_id,
        purpose=row.purpose,
        priority=row.priority,
        language=row.language,
        texts=row.texts,
        counts=row.counts_toward_limit,
        attempts=attempts,
        due_at=row.next_attempt_at,
        not_after=row.not_after,
        error_code=row.error_code,
        lease_until=lease_until,
        media=row.media,
        about=None if row.about is None else tuple(row.about),
    )


def sending(connection: Connection, row: Claimed) -> None:
    """Mark a claimed row: from the commit on it may be on its way."""
    _change(
        connection,
        row.id,
        status=Status.SENDING,
        attempts=row.attempts,
        lease_until=row.lease_until,
    )


def accepted(connection: Connection, outbound_id: UUID, sid: str, now: datetime) -> None:
    """Write down that the channel took a row; what a status report said already stays.

    A row that was put back meanwhile, because its sender was slow, is not sent again.
    """
    connection.execute(
        update(Outbound)
        .where(Outbound.id == outbound_id, Outbound.status.in_((Status.PENDING, Status.SENDING)))
        .values(status=Status.ACCEPTED, sid=sid, accepted_at=now, lease_until=None, error_code=None)
    )


def put_back(
    connection: Connection, row: Claimed, until: datetime, *, code: str | None, counted: bool
) -> bool:
    """Let a claimed row wait for its next attempt.

    Args:
        connection: In a transaction.
        row: As it was claimed.
        until: Not tried before.
        code: Why; None keeps what is written.
        counted: Whether this was one of the attempts that a row has.

    Returns:
        False where a status report has moved the row on, or somebody else has it.
    """
    attempts = row.attempts if counted else row.attempts - 1
    values = {"status": Status.PENDING, "next_attempt_at": until, "attempts": attempts}
    return _end_of_hand(connection, row, code, **values)


def end(connection: Connection, row: Claimed, status: Status, code: str) -> bool:
    """End a claimed row as FAILED or CANCELLED; returns as `put_back` does."""
    attempts = row.attempts if status is Status.FAILED else Outbound.attempts
    return _end_of_hand(connection, row, code, status=status, attempts=attempts)


def _end_of_hand(connection: Connection, row: Claimed, code: str | None, **values: object) -> bool:
    """Change a row only while it waits as it was claimed, or is in the hand that claimed it."""
    in_this_hand = or_(
        and_(Outbound.status == Status.PENDING, Outbound.attempts == row.attempts - 1),
        and_(Outbound.status == Status.SENDING, Outbound.lease_until == row.lease_until),
    )
    why = Outbound.error_code if code is None else code
    changed = connection.execute(
        update(Outbound)
        .where(Outbound.id == row.id, in_this_hand)
        .values(lease_until=None, error_code=why, **values)
    )
    return changed.rowcount > 0


def is_free_to_write(connection: Connection, row: Claimed, since: datetime) -> bool:
    """Tell whether nothing was said, or began to be said, to a person from a moment on.

    Until the transaction ends nobody else is told the same of this person.
    """
    locked = select(func.pg_try_advisory_xact_lock(func.hashtextextended(str(row.user_id), 0)))
    if not connection.execute(locked).scalar_one():
        return False
    spoken = select(Outbound.id).where(
        Outbound.user_id == row.user_id,
        Outbound.id != row.id,
        or_(
            Outbound.accepted_at > since,
            and_(Outbound.status == Status.SENDING, Outbound.lease_until > since + LEASE),
        ),
    )
    return connection.execute(select(~spoken.exists())).scalar_one()


def is_said_too_often(connection: Connection, row: Claimed, since: datetime, most: int) -> bool:
    """Tell whether a person was told the very same so often since a moment."""
    same = (
        select(Outbound.id)
        .where(Outbound.user_id == row.user_id, Outbound.created_at > since - LOOK_BACK)
        .where(Outbound.accepted_at > since, Outbound.texts == row.texts)
        .limit(most)
        .subquery()
    )
    return connection.execute(select(func.count()).select_from(same)).scalar_one() >= most


def known_sids(connection: Connection, sids: Iterable[str]) -> set[str]:
    """Say which of the channel's ids belong to rows already."""
    known = select(Outbound.sid).where(Outbound.sid.in_(list(sids)))
    return {sid for sid in connection.execute(known).scalars() if sid}


def _change(connection: Connection, outbound_id: UUID, **values: object) -> None:
    connection.execute(update(Outbound).where(Outbound.id == outbound_id).values(**values))
