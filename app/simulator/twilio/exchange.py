"""The exchange: every message of every phone, in both directions, in order.

One file for all processes of the service; each function is one short transaction on it. The
folder is `database.folder(config())`.
"""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path

from app.simulator.picture import Picture
from app.simulator.twilio import media
from app.simulator.twilio.database import reading, writing
from app.simulator.twilio.listing import Query
from app.simulator.twilio.message import Direction, Kept, Message, Status

_NEXT_CURSOR = "(SELECT coalesce(max(cursor), 0) + 1 FROM messages)"
_WHOLE = "*, (SELECT sid FROM media WHERE message_sid = messages.sid) AS media_sid"
_SAID = tuple(field.name for field in fields(Message))
_INSERT = (
    f"INSERT INTO messages (cursor, updated_at, sent_at, {', '.join(_SAID)})"  # noqa: S608 - names of ours
    f" VALUES ({_NEXT_CURSOR}, :created_at, :sent_at, {', '.join(f':{name}' for name in _SAID)})"
    f" RETURNING {_WHOLE}"
)
_MOVE = (
    f"UPDATE messages SET cursor = {_NEXT_CURSOR}, status = :status, updated_at = :now,"  # noqa: S608
    " error_code = :error_code, sent_at = coalesce(sent_at, :sent_at) WHERE sid = :sid"
)
_DELETE = f"UPDATE messages SET cursor = {_NEXT_CURSOR}, deleted = 1 WHERE sid = :sid"  # noqa: S608
_LIST = f"""
SELECT {_WHOLE} FROM messages
WHERE NOT deleted
  AND (:to IS NULL OR recipient = :to)
  AND (:from IS NULL OR sender = :from)
  AND (:since IS NULL OR coalesce(sent_at, created_at) >= :since)
  AND (:until IS NULL OR coalesce(sent_at, created_at) < :until)
  AND (:older IS NULL OR number < (SELECT number FROM messages WHERE sid = :older))
  AND (:newer IS NULL OR number > (SELECT number FROM messages WHERE sid = :newer))
ORDER BY number"""  # noqa: S608


def keep(folder: Path, message: Message, picture: Picture | None = None) -> Kept:
    """Keep a new message, after all others, and the picture it brings."""
    inbound = message.direction is Direction.INBOUND
    values = {**asdict(message), "created_at": stamp(message.created_at)}
    values["sent_at"] = stamp(message.created_at) if inbound else None
    with writing(folder) as database:
        if picture:
            media.insert(database, message.sid, picture)
        return kept(database.execute(_INSERT, values).fetchone())


def attach(folder: Path, sid: str, picture: Picture) -> None:
    """Put a picture beside a message; it is told of with the message's next status."""
    with writing(folder) as database:
        media.insert(database, sid, picture)


def by_sid(folder: Path, sid: str) -> Kept | None:
    """Give one message; None where there is none, or it was deleted."""
    with reading(folder) as database:
        row = database.execute(
            f"SELECT {_WHOLE} FROM messages WHERE sid = ? AND NOT deleted",  # noqa: S608
            (sid,),
        ).fetchone()
    return kept(row) if row else None


def listed(folder: Path, query: Query) -> list[Kept]:
    """List the messages that a query of Twilio's API means, newest first, and one more, if any."""
    newest_first = query.newer_than is None
    values = {
        "to": query.recipient,
        "from": query.sender,
        "since": stamp(query.since) if query.since else None,
        "until": stamp(query.until) if query.until else None,
        "older": query.older_than,
        "newer": query.newer_than,
        "most": query.size + 1 if newest_first else query.size,
    }
    with reading(folder) as database:
        rows = database.execute(f"{_LIST} {'DESC' if newest_first else 'ASC'} LIMIT :most", values)
        found = [kept(row) for row in rows]
    return found if newest_first else found[::-1]


def since(folder: Path, cursor: int = 0) -> list[Kept]:
    """List what is new or has changed since a cursor, in order of the changes.

    A message comes again when its status changes: replace it by its sid. The last one's `cursor`
    is the next question's. From 0, all messages; their order of being said is `number`.
    """
    with reading(folder) as database:
        rows = database.execute(
            f"SELECT {_WHOLE} FROM messages WHERE cursor > ? ORDER BY cursor",  # noqa: S608
            (cursor,),
        )
        return [kept(row) for row in rows]


def phones(folder: Path) -> list[str]:
    """List the addresses of the phones that have said or been told something, first ones first."""
    phone = f"CASE direction WHEN '{Direction.INBOUND}' THEN sender ELSE recipient END"
    with reading(folder) as database:
        rows = database.execute(
            f"SELECT {phone} FROM messages GROUP BY 1 ORDER BY min(number)"  # noqa: S608
        )
        return [address for (address,) in rows]


def last_inbound_at(folder: Path, phone: str) -> datetime | None:
    """Tell when a phone last wrote; None where it never did. It opens the 24-hour window."""
    with reading(folder) as database:
        (at,) = database.execute(
            "SELECT max(created_at) FROM messages WHERE direction = ? AND sender = ?",
            (Direction.INBOUND, phone),
        ).fetchone()
    return datetime.fromisoformat(at) if at else None


def move(
    folder: Path, sid: str, status: Status, now: datetime, *, error_code: int | None = None
) -> None:
    """Take a message to a status that is further on; one that is not changes nothing."""
    values = {
        "sid": sid,
        "status": status,
        "now": stamp(now),
        "error_code": error_code,
        "sent_at": stamp(now) if status is Status.SENT else None,
    }
    with writing(folder) as database:
        row = database.execute("SELECT status FROM messages WHERE sid = ?", (sid,)).fetchone()
        if row and Status(row["status"]).rank < status.rank:
            database.execute(_MOVE, values)


def delete(folder: Path, sid: str) -> None:
    """Hide a message from the API. The phone keeps it, as phones do."""
    with writing(folder) as database:
        database.execute(_DELETE, {"sid": sid})


def kept(row: sqlite3.Row) -> Kept:
    """Make the value of a row."""
    said = {name: row[name] for name in _SAID}
    said["direction"], said["status"] = Direction(row["direction"]), Status(row["status"])
    said["created_at"] = datetime.fromisoformat(row["created_at"])
    return Kept(
        number=row["number"],
        cursor=row["cursor"],
        message=Message(**said),
        updated_at=datetime.fromisoformat(row["updated_at"]),
        sent_at=datetime.fromisoformat(row["sent_at"]) if row["sent_at"] else None,
        error_code=row["error_code"],
        deleted=bool(row["deleted"]),
        media_sid=row["media_sid"],
    )


def stamp(moment: datetime) -> str:
    """Write an aware moment so that the order of the words is the order of the moments."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
