"""What is kept of the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    ScalarSelect,
    Select,
    Uuid,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from app.db import Fixed
from app.messaging.outbox.outgoing import Media, Outgoing, Priority, Status
from app.messaging.outbox.several import store as several
from app.messaging.tables import Outbound

SILENT_AFTER, SILENT_UNTIL = timedelta(minutes=1), timedelta(hours=1)
"""How soon an emergency that was accepted is looked up when nothing is reported of it (house)."""
LATE_AFTER = timedelta(seconds=60)
"""An emergency's message that waits so long is too late (house)."""
_QUEUE = insert(Outbound).on_conflict_do_nothing(index_elements=[Outbound.idempotency_key])


def queue(connection: Connection, outgoing: Outgoing, now: datetime) -> None:
    """Put something into the outbox once; sent after the commit, by whoever drains it.

    Fetches nothing back, so that it can travel in a turn's pipeline.
    """
    connection.execute(_QUEUE, _row(outgoing, now))


def queue_all(connection: Connection, outgoing: Iterable[Outgoing], now: datetime) -> None:
    """Put many things into the outbox at once, each once."""
    rows = [_row(each, now) for each in outgoing]
    if rows:
        connection.execute(_QUEUE, rows)


def _row(outgoing: Outgoing, now: datetime) -> dict[str, object]:
    return {
        "id": outgoing.outbound_id,
        "idempotency_key": outgoing.key,
        "user_id": outgoing.user_id,
        "patient_id": outgoing.patient_id,
        "event_id": outgoing.event_id,
        "purpose": outgoing.purpose.value,
        "priority": int(outgoing.priority),
        "language": outgoing.language,
        "texts": [each.to_json() for each in outgoing.texts],
        "media": outgoing.media,
        "about": None if outgoing.about is None else list(outgoing.about),
        "counts_toward_limit": outgoing.counts,
        "next_attempt_at": outgoing.due_at,
        "not_after": outgoing.not_after,
        "queued_at": now,
    }


_BRING = Fixed(
    update(Outbound)
    .where(Outbound.user_id == bindparam("of_user", type_=Uuid()))
    .where(Outbound.status == literal_column("'PENDING'"), Outbound.media.is_not(None))
    .where(Outbound.next_attempt_at > bindparam("now", type_=DateTime(timezone=True)))
    .values(next_attempt_at=bindparam("now", type_=DateTime(timezone=True)))
)


def bring_files(connection: Connection, user_id: UUID, now: datetime) -> None:
    """Let the files go out that wait for a person to write: now free text reaches them.

    Fetches nothing back, so that it can travel in a turn's pipeline.
    """
    _BRING.run(connection, {"of_user": user_id, "now": now})


def withdraw(connection: Connection, key: str) -> None:
    """Take back what is not needed any more and has not gone out."""
    connection.execute(
        update(Outbound)
        .where(Outbound.idempotency_key == key, Outbound.status == Status.PENDING)
        .values(status=Status.CANCELLED)
    )


def take_back(connection: Connection, ids: Select[UUID | None]) -> None:
    """Take messages out of the outbox that were never handed to a channel, as if never queued.

    One that a sender has in hand goes out. Fetches nothing back, so that it can travel in a turn's
    pipeline.
    """
    untouched = (
        select(Outbound.id)
        .where(Outbound.id.in_(ids), Outbound.attempts == 0, Outbound.sid.is_(None))
        .where(Outbound.status == literal_column("'PENDING'"))
        .with_for_update(skip_locked=True)
    )
    connection.execute(delete(Outbound).where(Outbound.id.in_(untouched)))


def withdraw_about(
    connection: Connection,
    *,
    user_id: UUID | ScalarSelect[UUID],
    patient_id: UUID | ScalarSelect[UUID],
) -> None:
    """Take back what is queued about a patient for somebody who is not to hear of them any more."""
    connection.execute(
        update(Outbound)
        .where(Outbound.user_id == user_id, Outbound.patient_id == patient_id)
        .where(Outbound.status == Status.PENDING)
        .values(status=Status.CANCELLED)
    )
    several.leave_out(connection, patient_id, user_id)


@dataclass(frozen=True, slots=True)
class Journey:
    """When something was put into the outbox, and when it arrived; None for not yet."""

    queued_at: datetime
    delivered_at: datetime | None


def journeys(connection: Connection, keys: Iterable[str]) -> list[Journey]:
    """Say how it went with what has these keys, the newest first; what was never queued is left."""
    rows = connection.execute(
        select(Outbound.queued_at, Outbound.delivered_at)
        .where(Outbound.idempotency_key.in_(list(keys)))
        .order_by(Outbound.queued_at.desc())
    )
    return [Journey(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Brought:
    """The file of a message: of which kind, and of whom.

    Attributes:
        language: Of the message.
        queued_at: Aware; the moment that the message speaks of.
    """

    media: Media
    user_id: UUID
    patient_id: UUID
    language: str
    queued_at: datetime


def brought(connection: Connection, outbound_id: UUID) -> Brought | None:
    """Say which file a message brings; None for one that brings none, or is not there."""
    row = connection.execute(
        select(
            Outbound.media,
            Outbound.user_id,
            Outbound.patient_id,
            Outbound.language,
            Outbound.queued_at,
        ).where(Outbound.id == outbound_id, Outbound.media.is_not(None))
    ).one_or_none()
    if row is None or row.patient_id is None:
        return None
    return Brought(Media(row.media), row.user_id, row.patient_id, row.language, row.queued_at)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much there is to do.

    Attributes:
        due: Rows that may be sent now.
        expired: Rows whose sender has not been heard of within its lease.
        urgent_since: Since when the oldest emergency of either kind waits; None for no emergency.
        unreported: Emergencies of which the channel has not reported anything.
    """

    due: int
    expired: int
    urgent_since: datetime | None
    unreported: int

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.due or self.expired or self.unreported)

    @property
    def is_urgent(self) -> bool:
        """Whether it is about an emergency."""
        return self.urgent_since is not None or self.unreported > 0

    def is_overdue(self, since: datetime) -> bool:
        """Tell whether an emergency waits since a moment or longer."""
        return self.urgent_since is not None and self.urgent_since <= since


def waiting(connection: Connection, now: datetime) -> Waiting:
    """Say how much there is to send or to settle."""
    due = and_(Outbound.status == Status.PENDING, Outbound.next_attempt_at <= now)
    expired = and_(Outbound.status == Status.SENDING, Outbound.lease_until < now)
    since = func.coalesce(Outbound.lease_until, Outbound.next_attempt_at)
    row = connection.execute(
        select(
            func.count().filter(due),
            func.count().filter(expired),
            func.min(since).filter(Outbound.priority == Priority.EMERGENCY),
        ).where(or_(due, expired))
    ).one()
    silent = select(func.count()).select_from(Outbound).where(is_unreported(now))
    return Waiting(*row, connection.execute(silent).scalar_one())


def is_emergency_late(connection: Connection, now: datetime) -> bool:
    """Tell whether something of an emergency should have gone out a minute ago."""
    first_due = case((Outbound.attempts == 0, Outbound.next_attempt_at), else_=Outbound.queued_at)
    late = exists().where(
        Outbound.priority == int(Priority.EMERGENCY),
        Outbound.status.in_((Status.PENDING, Status.SENDING)),
        first_due < now - LATE_AFTER,
    )
    return connection.execute(select(late)).scalar_one()


def is_unreported(now: datetime) -> ColumnElement[bool]:
    """Give the condition of an emergency of which the channel has not reported anything."""
    return and_(
        Outbound.status == Status.ACCEPTED,
        Outbound.priority == Priority.EMERGENCY,
        Outbound.accepted_at < now - SILENT_AFTER,
        Outbound.accepted_at > now - SILENT_UNTIL,
        or_(Outbound.lease_until.is_(None), Outbound.lease_until < now),
    )
