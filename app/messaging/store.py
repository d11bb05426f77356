"""What is kept of messages that came in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.messaging.message import InboundMessage, Source
from app.messaging.tables import Inbound

ATTEMPTS = 3
"""How often a message that could not be handled is tried (house)."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A message that was taken in before.

    Attributes:
        answer: What was said then; None where nothing was, or where it was blanked.
        is_handled: False where it was set aside and answered from its words alone.
    """

    kept_at: datetime
    answer: tuple[str, ...] | None
    is_emergency: bool
    is_handled: bool


_KEEP = insert(Inbound).on_conflict_do_nothing(index_elements=[Inbound.sid]).returning(Inbound.id)
_KEPT = select(Inbound.kept_at, Inbound.answer, Inbound.is_emergency, Inbound.handled_at).where(
    Inbound.sid == bindparam("of_sid")
)
_OF_MESSAGE = Inbound.sid == bindparam("of_sid")
_ANSWERED = (
    update(Inbound)
    .where(_OF_MESSAGE)
    .values(
        handled_at=bindparam("at"),
        answer=bindparam("said"),
        is_emergency=bindparam("emergency"),
        error=None,
    )
)
_FAILED = (
    update(Inbound)
    .where(_OF_MESSAGE)
    .values(
        attempts=Inbound.attempts + 1,
        error=bindparam("fault"),
        answer=bindparam("said"),
        is_emergency=bindparam("emergency"),
    )
)


def keep(connection: Connection, message: InboundMessage, now: datetime) -> bool:
    """Keep a message once.

    Returns:
        False where its SID was kept before.
    """
    row = {
        "id": message.turn_id,
        "sid": message.sid,
        "address": message.address,
        "source": message.source,
        "body": message.body,
        "form": dict(message.form),
        "button_payload": message.button_payload,
        "media_count": message.media_count,
        "received_at": message.received_at,
        "kept_at": now,
    }
    return connection.execute(_KEEP, row).scalar() is not None


def kept(connection: Connection, sid: str) -> Kept:
    """Look up a message that was kept before."""
    row = connection.execute(_KEPT, {"of_sid": sid}).one()
    answer = None if row.answer is None else tuple(row.answer)
    return Kept(row.kept_at, answer, row.is_emergency, row.handled_at is not None)


def answered(
    connection: Connection,
    sid: str,
    answer: tuple[str, ...],
    *,
    is_emergency: bool,
    now: datetime,
) -> None:
    """Write down that a message is handled, and what was said to it."""
    said = {"of_sid": sid, "at": now, "said": list(answer), "emergency": is_emergency}
    connection.execute(_ANSWERED, said)


def kept_sids(connection: Connection, sids: Iterable[str]) -> set[str]:
    """Say which of the channel's ids belong to messages that were taken in."""
    return set(connection.execute(select(Inbound.sid).where(Inbound.sid.in_(list(sids)))).scalars())


def blank_words(connection: Connection, sid: str) -> None:
    """Forget the words of someone who has not agreed that they are kept."""
    connection.execute(update(Inbound).where(Inbound.sid == sid).values(body=None, form=None))


def failed(
    connection: Connection, sid: str, fault: str, answer: tuple[str, ...], *, is_emergency: bool
) -> None:
    """Write down that handling a message failed; a sweep tries again."""
    said = {"of_sid": sid, "fault": fault, "said": list(answer), "emergency": is_emergency}
    connection.execute(_FAILED, said)


def count_unhandled(connection: Connection) -> int:
    """Count the messages that were kept and never handled."""
    return connection.execute(
        select(func.count()).select_from(Inbound).where(Inbound.handled_at.is_(None))
    ).scalar_one()


def failed_again(connection: Connection, sid: str) -> None:
    """Count one more failed attempt."""
    connection.execute(
        update(Inbound).where(Inbound.sid == sid).values(attempts=Inbound.attempts + 1)
    )


def is_unhandled(connection: Connection, sid: str) -> bool:
    """Tell whether a message still waits to be handled."""
    return (
        connection.execute(
            select(Inbound.id).where(Inbound.sid == sid, Inbound.handled_at.is_(None))
        ).scalar()
        is not None
    )


def unhandled(connection: Connection, before: datetime, limit: int) -> list[InboundMessage]:
    """List messages to be tried again, oldest first: kept before a moment, not tried too often."""
    rows = connection.execute(
        select(Inbound)
        .where(
            Inbound.handled_at.is_(None),
            Inbound.kept_at < before,
            Inbound.attempts < ATTEMPTS,
            Inbound.body.is_not(None),
        )
        .order_by(Inbound.received_at)
        .limit(limit)
    )
    return [
        InboundMessage(
            sid=row.sid,
            address=row.address,
            body=row.body,
            received_at=row.received_at,
            form=row.form,
            button_payload=row.button_payload,
            media_count=row.media_count,
            source=Source.RETRY,
        )
        for row in rows
    ]


def forget_unagreed_answers(connection: Connection, before: datetime) -> None:
    """Blank what was said, until a moment, to people who have not agreed that words are kept."""
    connection.execute(
        update(Inbound)
        .where(Inbound.body.is_(None), Inbound.answer.is_not(None), Inbound.handled_at < before)
        .values(answer=None)
    )
