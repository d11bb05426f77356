"""The contents that the loopback Twilio keeps, with WhatsApp's answers."""

from __future__ import annotations

from datetime import datetime
from json import dumps, loads
from sqlite3 import Connection
from typing import Any
from uuid import uuid4

from app.config import Config
from app.simulator.twilio.database import folder, reading, writing

HOST = "https://content.twilio.com"
UNSUBMITTED, APPROVED = "unsubmitted", "approved"
Kept = dict[str, Any]


def made(asked: Kept, account: str, now: datetime) -> Kept:
    """Make a content of a call that may create one."""
    sid = f"HX{uuid4().hex}"
    here = f"{HOST}/v1/Content/{sid}"
    approvals = f"{here}/ApprovalRequests"
    return {
        "sid": sid,
        "account_sid": account,
        "friendly_name": asked.get("friendly_name"),
        "language": asked["language"],
        "variables": asked.get("variables") or {},
        "types": {name: kind for name, kind in asked["types"].items() if kind is not None},
        "url": here,
        "links": {"approval_create": f"{approvals}/whatsapp", "approval_fetch": approvals},
        "date_created": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "date_updated": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "approval_requests": {
            "name": "",
            "category": "",
            "content_type": "",
            "status": UNSUBMITTED,
            "rejection_reason": "",
            "allow_category_change": True,
        },
    }


def words_of(types: Kept) -> str:
    """Give the words of a content as a phone shows them, its buttons' below."""
    kind = next(kind for kind in types.values() if kind is not None)
    rows = enumerate(kind.get("actions", []), 1)
    return "\n".join([kind["body"], *(f"{number}. {row['title']}" for number, row in rows)])


def contents(config: Config) -> dict[str, Kept]:
    """Give what is kept, by its id, in the order it was made."""
    with reading(folder(config)) as database:
        return _read(database)


def judge(config: Config, sid: str, status: str, reason: str = "") -> None:
    """Let WhatsApp answer: `approved`, `rejected`, or another of Twilio's words."""
    kept = contents(config)[sid]
    kept["approval_requests"] |= {"status": status, "rejection_reason": reason}
    write(config, kept)


def is_unapproved(config: Config, sid: str) -> bool:
    """Tell whether this is a content that WhatsApp has not approved; unknown ones are not."""
    kept = contents(config).get(sid)
    return kept is not None and kept["approval_requests"]["status"] != APPROVED


def write(config: Config, kept: Kept) -> None:
    """Keep a content, in place of what was kept of it."""
    with writing(folder(config)) as database:
        known = dumps(_read(database) | {kept["sid"]: kept})
        database.execute("INSERT OR REPLACE INTO settings VALUES ('contents', ?)", (known,))


def _read(database: Connection) -> dict[str, Kept]:
    row = database.execute("SELECT value FROM settings WHERE name = 'contents'").fetchone()
    return dict(loads(row["value"])) if row else {}
