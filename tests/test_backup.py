"""Backup and recovery as docs/operations.md tells it: dumped and restored, rolled to a moment."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

import psycopg
import pytest
from flask.testing import FlaskClient
from psycopg import sql

from app.config import Config
from app.embedded import Postgres
from app.embedded.postgres import BINARIES
from tests.web.calls import say

Session = psycopg.Connection[tuple[object, ...]]
TABLES = """
    SELECT c.oid::regclass::text FROM pg_class c
    WHERE c.relkind IN ('r', 'm') AND c.relnamespace = 'public'::regnamespace ORDER BY 1
"""
ROWS = "SELECT count(*), md5(string_agg(t::text, E'\\n' ORDER BY t::text)) FROM {} t"
SHAPES = """
    SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger
    WHERE NOT tgisinternal
    ORDER BY 1, 2
"""


def session_with(url: str) -> Session:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True, connect_timeout=5)


def run(*command: str) -> None:
    """Run one of PostgreSQL's tools, as an operator does."""
    program = BINARIES / command[0]
    done = subprocess.run(
        [program, *command[1:]],
        env={"PATH": os.defpath},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def checksums(url: str) -> dict[str, tuple[object, ...]]:
    """Give each table's number of rows and the checksum over all of them, in order."""
    with session_with(url) as session:
        names = [str(row[0]) for row in session.execute(TABLES)]
        return {name: checksum(session, name) for name in names}


def checksum(session: Session, table: str) -> tuple[object, ...]:
    found = session.execute(sql.SQL(ROWS).format(sql.Identifier(table))).fetchone()
    assert found
    return found


def shapes(url: str) -> list[tuple[object, ...]]:
    with session_with(url) as session:
        return session.execute(SHAPES).fetchall()


@pytest.fixture
def lived_in(service: FlaskClient, settings: Config) -> str:
    """The URL of a database in which people have told things."""
    for words in ("fasting 126", "sugar 45", "metformin le li", "khane ke baad sugar 212"):
        say(service, words)
    return settings.database_url


def test_what_is_dumped_and_restored_is_the_same_row_by_row(lived_in: str, tmp_path: Path) -> None:
    dump = tmp_path / "procare.dump"
    run("pg_dump", "--format=custom", f"--file={dump}", lived_in.replace("+psycopg", ""))
    with Postgres(tmp_path / "restored") as other:
        target = other.url.replace("+psycopg", "")
        run("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={target}", str(dump))
        before, after = checksums(lived_in), checksums(other.url)
        assert shapes(other.url) == shapes(lived_in)
    assert after == before
    assert len(after) > 20
    filled = {name for name, (count, _) in after.items() if count}
    assert filled >= {
        "users",
        "patients",
        "glucose_readings",
        "medication_logs",
        "emergency_events",
    }


@pytest.fixture
def archived(tmp_path: Path) -> Iterator[Postgres]:
    """A server that archives its write-ahead log, and one table."""
    archive = tmp_path / "archive"
    archive.mkdir(mode=0o777)
    settings = {
        "archive_mode": "on",
        "archive_command": f"test ! -f {archive}/%f && cp %p {archive}/%f",
    }
    with Postgres(tmp_path / "primary", settings=settings) as server:
        yield server


def keep(url: str, words: str) -> datetime:
    """Keep a note, and give the moment after it was committed, by the server's clock."""
    with session_with(url) as session:
        session.execute("INSERT INTO notes VALUES (%s)", [words])
        (at,) = session.execute("SELECT clock_timestamp()").fetchone() or ()
    assert isinstance(at, datetime)
    return at


def wait_until_promoted(server: Postgres) -> None:
    for _ in range(600):
        with session_with(server.url) as session:
            if session.execute("SELECT pg_is_in_recovery()").fetchone() == (False,):
                return
        sleep(0.1)
    pytest.fail("the server did not end its recovery")


def test_a_database_is_brought_back_to_a_moment(archived: Postgres, tmp_path: Path) -> None:
    with session_with(archived.url) as session:
        session.execute("CREATE TABLE notes (words text)")
    backup = archived.copy_to(tmp_path / "recovered", then="recovery")
    keep(archived.url, "before the mistake")
    moment = keep(archived.url, "शुगर 212, just before")
    sleep(0.05)
    with session_with(archived.url) as session:
        session.execute("DELETE FROM notes")
    keep(archived.url, "after the mistake")
    with session_with(archived.url) as session:
        session.execute("SELECT pg_switch_wal()")
    archived.stop()  # which waits until the last segment is archived
    backup.settings |= {
        "archive_mode": "off",
        "restore_command": f"cp {tmp_path}/archive/%f %p",
        "recovery_target_time": moment.astimezone(UTC).isoformat(),
        "recovery_target_action": "promote",
    }
    with backup as recovered:
        wait_until_promoted(recovered)
        with session_with(recovered.url) as session:
            kept = session.execute("SELECT words FROM notes ORDER BY 1").fetchall()
    assert kept == [("before the mistake",), ("शुगर 212, just before",)]
