"""Pictures of messages: kept beside them, named as Twilio names them, and handed out."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import Connection
from uuid import uuid4

from flask import Response

from app.simulator.picture import KINDS, Picture
from app.simulator.twilio.database import reading
from app.simulator.twilio.message import Kept
from app.simulator.twilio.wire import messages_path

HEADERS = {"X-Content-Type-Options": "nosniff"}


def insert(database: Connection, message_sid: str, picture: Picture) -> None:
    """Put a message's picture beside it, under an id of its own: `ME` and 32 digits."""
    database.execute(
        "INSERT INTO media (sid, message_sid, content_type, content) VALUES (?, ?, ?, ?)",
        (f"ME{uuid4().hex}", message_sid, picture.content_type, picture.content),
    )


def fetch(folder: Path, sid: str, message_sid: str | None = None) -> Picture | None:
    """Give a picture by its id; None where there is none, or it is another message's.

    Args:
        folder: That of the exchange.
        sid: The picture's.
        message_sid: The message it has to belong to; None for any.
    """
    with reading(folder) as database:
        row = database.execute(
            "SELECT content_type, content FROM media"
            " WHERE sid = :sid AND message_sid = coalesce(:message_sid, message_sid)",
            {"sid": sid, "message_sid": message_sid},
        ).fetchone()
    return Picture(*row) if row else None


def form_of(kept: Kept, picture: Picture | None, account: str, address: str) -> dict[str, str]:
    """Write what a picture adds to the form of its message; nothing where there is none.

    Args:
        kept: The message.
        picture: What it brings.
        account: Whose message.
        address: Where this Twilio is found, without the path.
    """
    if picture is None:
        return {}
    path = f"{messages_path(account)}/{kept.message.sid}/Media/{kept.media_sid}"
    return {
        "NumMedia": "1",
        "MediaUrl0": f"{address}/simulator/twilio{path}",
        "MediaContentType0": picture.content_type,
        "MessageType": "image",
    }


def answer(picture: Picture) -> Response:
    """Answer with a picture, which no browser takes for anything else."""
    shown = "inline" if picture.content_type in KINDS else "attachment"
    headers = HEADERS | {"Content-Disposition": shown}
    return Response(picture.content, content_type=picture.content_type, headers=headers)
