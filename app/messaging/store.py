"""What is kept of messages that came in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, case, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from app.db import Fixed
from app.messaging.message import InboundMessage, Source
from app.messaging.tables import Inbound, Message, Outbound

ATTEMPTS = 3
"""How often a message that could not be handled is tried (house)."""
URGENT_ATTEMPTS = 13
"""How often an emergency's is: for 17 hours, since others have to be told of it (house)."""
FIRST_WAIT = timedelta(seconds=30)
"""How old a message is when it is tried again; twice as old each time after (house)."""
LOOKED_THROUGH = 20
"""As many of a person's latest answers are looked through for the same one said too often."""


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


@dataclass(frozen=True, slots=True)
class Tries:
    """How often a message could not be handled, and whether it is an emergency's."""

    count: int
    is_emergency: bool

    @property
    def is_last(self) -> bool:
        """Whether it is not tried again."""
        return self.count == (URGENT_ATTEMPTS if self.is_emergency else ATTEMPTS)

    @property
    def is_worth_a_word(self) -> bool:
        """Whether the sender hears of it now: once when it drags on, and once when it is over."""
        return self.is_last or self.count == ATTEMPTS


@dataclass(frozen=True, slots=True)
class Said:
    """What was answered to a message."""

    messages: tuple[str, ...]
    is_emergency: bool


def kept(sid: ColumnElement[str]) -> ColumnElement[Any]:
    """Give the column that tells of a message taken in before; read it with `kept_from`."""
    return (
        select(
            func.json_build_array(
                Inbound.kept_at, Inbound.answer, Inbound.is_emergency, Inbound.handled_at
            )
        )
        .where(Inbound.sid == sid)
        .scalar_subquery()
    )


def kept_from(known: list[Any] | None) -> Kept | None:
    """Read what the column of `kept` held; None for a message that is new."""
    if known is None:
        return None
    kept_at, answer, is_emergency, handled_at = known
    return Kept(
        kept_at=datetime.fromisoformat(kept_at),
        answer=None if answer is None else tuple(answer),
        is_emergency=is_emergency,
        is_handled=handled_at is not None,
    )


def answered_lately(address: ColumnElement[str], since: ColumnElement[datetime]) -> Any:
    """Give the column of what was answered to an address since a moment; `answered_from` reads it.

    Answers to dangers are not among them: those are said as often as they are needed.
    """
    latest = (
        select(Inbound.answer)
        .where(Inbound.address == address, Inbound.received_at > since)
        .where(Inbound.answer.is_not(None), Inbound.is_emergency.is_(False))
        .order_by(Inbound.received_at.desc())
        .limit(LOOKED_THROUGH)
        .subquery()
    )
    return select(func.json_agg(latest.c.answer)).scalar_subquery()


def answered_from(known: list[list[str]] | None) -> tuple[tuple[str, ...], ...]:
    """Read what the column of `answered_lately` held."""
    return tuple(tuple(each) for each in known or ())


_KEEP = insert(Inbound)
_COLUMNS = (
    *("id", "sid", "address", "source", "body", "form", "button_payload", "media_count"),
    *("received_at", "kept_at", "answer", "is_emergency", "handled_at", "error", "attempts"),
)
_KEEP_HANDLED = Fixed(
    _KEEP.on_conflict_do_update(
        index_elements=[Inbound.sid],
        set_={
            name: _KEEP.excluded[name]
            for name in ("handled_at", "answer", "is_emergency", "error", "body", "form")
        },
    ),
    *_COLUMNS,
)
_KEEP_FAILED = _KEEP.on_conflict_do_update(
    index_elements=[Inbound.sid],
    set_={"attempts": Inbound.attempts + 1, "error": _KEEP.excluded.error},
)


def keep_handled(
    connection: Connection, message: InboundMessage, said: Said, *, with_words: bool, now: datetime
) -> None:
    """Keep a message with its answer; one that was set aside is handled now.

    Args:
        connection: Holds the lock on the sender's address, so that no other turn has the message.
        message: The message.
        said: What was answered.
        with_words: Whether the person has agreed that their words are kept.
        now: Aware.
    """
    row = _row(message, said, now) | {"handled_at": now, "error": None, "attempts": 0}
    if not with_words:
        row |= {"body": None, "form": None}
    _KEEP_HANDLED.run(connection, row)


def keep_failed(
    connection: Connection, message: InboundMessage, said: Said, *, fault: str, now: datetime
) -> None:
    """Keep a message that could not be handled, with its words; a sweep tries again."""
    row = _row(message, said, now) | {"handled_at": None, "error": fault, "attempts": 1}
    connection.execute(_KEEP_FAILED, row)


def _row(message: InboundMessage, said: Said, now: datetime) -> dict[str, object]:
    return {
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
        "answer": list(said.messages),
        "is_emergency": said.is_emergency,
    }


def kept_sids(connection: Connection, sids: Iterable[str]) -> set[str]:
    """Say which of the channel's ids belong to messages that were taken in."""
    return set(connection.execute(select(Inbound.sid).where(Inbound.sid.in_(list(sids)))).scalars())


def count_unhandled(connection: Connection) -> int:
    """Count the messages that were kept and never handled."""
    return connection.execute(
        select(func.count()).select_from(Inbound).where(Inbound.handled_at.is_(None))
    ).scalar_one()


def failed_again(connection: Connection, sid: str) -> Tries:
    """Count one more failed attempt, and say how many there were."""
    row = connection.execute(
        update(Inbound)
        .where(Inbound.sid == sid)
        .values(attempts=Inbound.attempts + 1)
        .returning(Inbound.attempts, Inbound.is_emergency)
    ).one()
    return Tries(*row)


def unhandled(connection: Connection, now: datetime, limit: int) -> list[InboundMessage]:
    """List messages that are to be tried again now, oldest first: not those tried too often."""
    most = case((Inbound.is_emergency, URGENT_ATTEMPTS), else_=ATTEMPTS)
    waits = func.power(2, Inbound.attempts - 1) * FIRST_WAIT
    rows = connection.execute(
        select(Inbound)
        .where(
            Inbound.handled_at.is_(None),
            Inbound.kept_at + waits < now,
            Inbound.attempts < most,
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


def forget_person(connection: Connection, user_id: UUID, addresses: Select[str]) -> None:
    """Blank what a person said and was answered, and drop what was or is to be said to them."""
    said = update(Inbound).where(Inbound.address.in_(addresses))
    connection.execute(said.values(body=None, form=None, button_payload=None, answer=None))
    connection.execute(delete(Outbound).where(Outbound.user_id == user_id))
    between = or_(Message.sender_id == user_id, Message.receiver_id == user_id)
    connection.execute(delete(Message).where(between))


def forget_unagreed_answers(connection: Connection, before: datetime) -> None:
    """Blank what was said, until a moment, to people who have not agreed that words are kept."""
    connection.execute(
        update(Inbound)
        .where(Inbound.body.is_(None), Inbound.answer.is_not(None), Inbound.handled_at < before)
        .values(answer=None)
    )
