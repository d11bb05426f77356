"""The loopback Twilio's file: one SQLite database for all processes, which outlives them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from os import environ  # noqa: TID251 - a setting of the simulator alone; production knows none
from pathlib import Path
from uuid import uuid4

from app.config import Config

FILE = "exchange-1.sqlite3"
"""The number is the schema's: one that changes a table starts another file; none is migrated."""
PATIENCE_S = 5.0
"""How long one process waits for another's write."""
SCHEMA = """
CREATE TABLE messages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    cursor INTEGER NOT NULL UNIQUE,
    sid TEXT NOT NULL UNIQUE,
    direction TEXT NOT NULL,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    body TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at TEXT NOT NULL,
    status_callback TEXT,
    content_sid TEXT,
    content_variables TEXT,
    in_reply_to TEXT,
    updated_at TEXT NOT NULL,
    sent_at TEXT,
    error_code INTEGER,
    deleted INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
MEDIA = """
CREATE TABLE IF NOT EXISTS media (
    sid TEXT PRIMARY KEY,
    message_sid TEXT NOT NULL UNIQUE,
    content_type TEXT NOT NULL,
    content BLOB NOT NULL
)"""
"""Came later than the file: one that was made without it is given it when it is opened."""


def folder(config: Config) -> Path:
    """Give the folder of the simulator's file: `SIMULATOR_DIR`, else beside the spool's."""
    named = environ.get("SIMULATOR_DIR")
    return Path(named) if named else config.spool_dir.parent / "simulator"


@contextmanager
def reading(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open the file for one question; it is made where there is none."""
    path = folder / FILE
    if not path.exists():
        _make(path)
    connection = sqlite3.connect(path, timeout=PATIENCE_S, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA synchronous = NORMAL")  # outlives the processes, not the machine
    try:
        connection.execute(MEDIA)
        yield connection
    finally:
        connection.close()


@contextmanager
def writing(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open the file for one change: written as a whole, one writer after another."""
    with reading(folder) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _make(path: Path) -> None:
    """Make the file aside and put it in place whole: of two processes, the first one's counts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{uuid4().hex}.new")
    connection = sqlite3.connect(aside)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(SCHEMA + MEDIA)
    finally:
        connection.close()
    with suppress(FileExistsError):
        path.hardlink_to(aside)
    aside.unlink()
