"""What is kept of notifications and the slots they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from app.messaging.outbox.claimed import Claimed
from app.messaging.tables import Notification

SLOTS = 5
CHANNEL = "WHATSAPP"
LONG_AGO = 400 * 365
"""Days."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What is said, as it is shown to whoever looks back.

    Attributes:
        day: The patient's local day on which it counts; None where it does not count.
    """

    patient_id: UUID
    title: str
    body: str
    at: datetime
    day: date | None = None


def reserve(connection: Connection, row: Claimed, notice: Notice) -> bool:
    """Keep a notice of a row, in the lowest free slot of its day where it counts.

    The unique constraint decides: of two who want the same slot one waits here until the other's
    transaction has ended, and looks again. Whoever loses a slot has seen another taken.

    Returns:
        False where the day has no slot left.
    """
    connection.execute(delete(Notification).where(Notification.outbound_id == row.id))
    if notice.day is None:
        return _kept(connection, row, notice, None)
    while (slot := _lowest_free(connection, notice.patient_id, notice.day)) is not None:
        if _kept(connection, row, notice, slot):
            return True
    return False


def _lowest_free(connection: Connection, patient_id: UUID, day: date) -> int | None:
    slot = func.generate_series(1, SLOTS).column_valued("every_slot")
    held = select(Notification.id).where(
        Notification.patient_id == patient_id,
        Notification.local_day == day,
        Notification.slot == slot,
    )
    return connection.execute(
        select(slot).where(~held.exists()).order_by(slot).limit(1)
    ).scalar_one_or_none()


def _kept(connection: Connection, row: Claimed, notice: Notice, slot: int | None) -> bool:
    kept = (
        insert(Notification)
        .values(
            patient_id=notice.patient_id,
            recipient_user_id=row.user_id,
            outbound_id=row.id,
            type=row.purpose,
            title=notice.title,
            body=notice.body,
            channel=CHANNEL,
            sent_at=notice.at,
            counts_toward_limit=notice.day is not None,
            local_day=notice.day,
            slot=slot,
        )
        .on_conflict_do_nothing()
        .returning(Notification.id)
    )
    return connection.execute(kept).scalar_one_or_none() is not None


def release(connection: Connection, outbound_id: UUID) -> None:
    """Give the slot of a row back: it has certainly not reached the person."""
    connection.execute(
        update(Notification)
        .where(Notification.outbound_id == outbound_id)
        .values(slot=None, local_day=None)
    )


def move_to_zone(connection: Connection, patient_id: UUID, zone: str, now: datetime) -> None:
    """Count a patient's day anew where another zone's clocks count: what it holds fills its slots.

    What was sent since the midnight of that zone is of its today, and nothing else is. Slots of
    other days that would stand in the way go back beyond all memory.
    """
    day = now.astimezone(ZoneInfo(zone)).date()
    began = datetime.combine(day, time(), ZoneInfo(zone))
    own = update(Notification).where(Notification.patient_id == patient_id)
    touched = or_(Notification.sent_at >= began, Notification.local_day >= day)
    connection.execute(
        own.where(Notification.local_day.is_not(None), touched).values(
            local_day=Notification.local_day - LONG_AGO
        )
    )
    of_today = (
        select(
            Notification.id,
            func.row_number().over(order_by=(Notification.sent_at, Notification.id)).label("n"),
        )
        .where(Notification.patient_id == patient_id, Notification.sent_at >= began)
        .where(Notification.local_day.is_not(None))
        .subquery()
    )
    connection.execute(
        own.where(Notification.id == of_today.c.id, of_today.c.n <= SLOTS).values(
            local_day=day, slot=of_today.c.n
        )
    )


def seen(connection: Connection, outbound_id: UUID, at: datetime) -> None:
    """Write down that the person has read what a row said."""
    connection.execute(
        update(Notification)
        .where(Notification.outbound_id == outbound_id, Notification.read_at.is_(None))
        .values(is_read=True, read_at=at)
    )
