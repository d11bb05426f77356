"""Reads from a replica: a real standby that follows, is cut off, comes back and falls behind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

import psycopg
import pytest
from prometheus_client import REGISTRY
from sqlalchemy import Connection, text
from sqlalchemy.exc import InternalError

from app import clock, db
from app.config import Config, use
from app.db import replicas
from app.db.replicas import Replica
from app.embedded import Postgres
from tests.settings import settings as make_settings

FALLBACKS = ("procare_fallbacks_total", {"reason": "replica_away"})


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Postgres, Postgres]]:
    """A primary and the standby that follows it, both of this module's own."""
    folder = tmp_path_factory.mktemp("replica")
    with Postgres(folder / "primary") as primary:
        with psycopg.connect(primary.url.replace("+psycopg", "")) as session:
            session.execute("CREATE TABLE heartbeats (name text PRIMARY KEY, at timestamptz)")
            session.execute("CREATE TABLE notes (words text)")
        copy = primary.copy_to(folder / "standby", then="standby")
        copy.settings["max_standby_streaming_delay"] = "100ms"
        with copy as standby:
            yield primary, standby
    shutil.rmtree(folder)


@pytest.fixture
def primary(servers: tuple[Postgres, Postgres]) -> Postgres:
    return servers[0]


@pytest.fixture
def standby(servers: tuple[Postgres, Postgres]) -> Postgres:
    return servers[1]


@pytest.fixture
def both(primary: Postgres, standby: Postgres, tmp_path: Path) -> Iterator[Config]:
    """The process's settings with both servers, and a replica that nobody has tried yet."""
    made = make_settings(
        spool_dir=tmp_path, DATABASE_URL=primary.url, DATABASE_READ_URL=standby.url
    )
    use(made)
    with db.transaction() as connection:
        connection.execute(text("TRUNCATE heartbeats, notes"))
    yield made
    db.close()


def the_replica() -> Replica:
    copy = db.replica()
    assert copy is not None
    return copy


def is_replica(connection: Connection) -> bool:
    return bool(connection.execute(text("SELECT pg_is_in_recovery()")).scalar_one())


def read_from_replica() -> bool:
    with db.reading() as connection:
        return is_replica(connection)


def fallbacks() -> float:
    return REGISTRY.get_sample_value(*FALLBACKS) or 0


def wait_for(words: str) -> None:
    """Wait until the standby has replayed a note."""
    for _ in range(100):
        with the_replica().engine.begin() as connection:
            if connection.execute(
                text("SELECT 1 FROM notes WHERE words = :w"), {"w": words}
            ).first():
                return
        sleep(0.05)
    pytest.fail("the note did not arrive")


def keep(words: str) -> None:
    with db.transaction() as connection:
        connection.execute(text("INSERT INTO notes VALUES (:words)"), {"words": words})


@pytest.mark.usefixtures("both")
def test_what_is_written_on_the_primary_is_read_from_the_replica() -> None:
    before = fallbacks()
    keep("शुगर 212")
    wait_for("शुगर 212")
    with db.reading() as connection:
        assert is_replica(connection)
        assert connection.execute(text("SELECT words FROM notes")).scalars().all() == ["शुगर 212"]
    assert fallbacks() == before


@pytest.mark.usefixtures("both")
def test_nothing_is_written_through_a_reading_on_the_replica() -> None:
    with pytest.raises(InternalError, match="read-only"), db.reading() as connection:
        connection.execute(text("INSERT INTO notes VALUES ('no')"))
    assert read_from_replica()


def test_nothing_is_written_through_a_reading_on_the_primary(settings: Config) -> None:
    assert settings.database_read_url is None
    with pytest.raises(InternalError, match="read-only"), db.reading() as connection:
        connection.execute(text("DELETE FROM heartbeats"))
    with db.transaction() as connection:
        db.beat(connection, "clock", clock.now())  # the connection writes again afterwards


def test_without_a_replica_the_primary_is_read(settings: Config) -> None:
    assert settings.database_read_url is None
    before = fallbacks()
    assert db.replica() is None
    assert read_from_replica() is False
    assert db.read(is_replica) is False
    assert fallbacks() == before


@pytest.mark.usefixtures("both")
def test_a_replica_that_was_killed_is_replaced_by_the_primary(
    standby: Postgres,
) -> None:
    assert read_from_replica()
    standby.kill()
    try:
        before = fallbacks()
        assert read_from_replica() is False
        assert read_from_replica() is False
        assert fallbacks() == before + 2
    finally:
        standby.start()
    assert read_from_replica() is False, "it is left alone for ten seconds"


@pytest.mark.usefixtures("both")
def test_a_replica_that_is_back_is_read_again(
    standby: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replicas, "AWAY_S", 0.2)
    standby.kill()
    try:
        assert read_from_replica() is False
    finally:
        standby.start()
    sleep(0.3)
    assert read_from_replica()


@pytest.mark.usefixtures("both")
def test_a_frozen_replica_is_waited_for_once(standby: Postgres) -> None:
    assert read_from_replica()
    standby.pause()
    try:
        started = monotonic()
        assert [read_from_replica() for _ in range(20)] == [False] * 20
        assert monotonic() - started < 10  # 20 s, if each one waited
    finally:
        standby.resume()


@pytest.mark.usefixtures("both")
def test_a_read_that_the_replica_loses_on_the_way_is_done_by_the_primary() -> None:
    before = fallbacks()
    assert db.read(cut_on_the_replica) == "answered"
    assert fallbacks() == before + 1


@pytest.mark.usefixtures("both")
def test_a_read_on_a_replica_that_freezes_on_the_way_is_done_by_the_primary(
    standby: Postgres,
) -> None:
    def freezing(connection: Connection) -> str:
        if is_replica(connection):
            standby.pause()
            connection.execute(text("SELECT 1"))
        return "answered"

    try:
        assert db.read(freezing) == "answered"
    finally:
        standby.resume()


@pytest.mark.usefixtures("both")
def test_a_reading_lost_inside_says_so_and_the_next_one_goes_to_the_primary() -> None:
    with pytest.raises(db.ReplicaAway), db.reading() as connection:
        cut_on_the_replica(connection)
    assert read_from_replica() is False


def cut_on_the_replica(connection: Connection) -> str:
    """Answer on the primary only: the replica ends our connection."""
    if is_replica(connection):
        connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    return "answered"


def test_a_read_cancelled_by_the_replaying_of_a_clean_up_is_done_by_the_primary(
    both: Config, primary: Postgres
) -> None:
    keep("old")
    wait_for("old")

    def while_the_table_is_emptied(connection: Connection) -> int:
        """Read, let the primary take an exclusive lock that is replayed, and read again."""
        found: int = connection.execute(text("SELECT count(*) FROM notes")).scalar_one()
        if is_replica(connection):
            with db.transaction() as writer:
                writer.execute(text("TRUNCATE notes"))
            for _ in range(29):
                connection.execute(text("SELECT pg_sleep(0.1)"))
        return found

    assert both.database_url == primary.url
    before = fallbacks()
    assert db.read(while_the_table_is_emptied) == 0
    assert fallbacks() == before + 1


@pytest.mark.usefixtures("both")
def test_a_replica_far_behind_is_not_read() -> None:
    with db.transaction() as connection:
        db.beat(connection, "clock", clock.now() - timedelta(seconds=61))
    keep("after the heartbeat")
    wait_for("after the heartbeat")
    assert read_from_replica() is False


def test_a_replica_whose_address_is_wrong_costs_no_reading(both: Config, primary: Postgres) -> None:
    for url in (primary.url.replace("procare:", "procare:wrong"), primary.url_of("postgres")):
        use(replace(both, database_read_url=url))
        assert read_from_replica() is False
        db.close()
    use(both)


@pytest.mark.usefixtures("both")
def test_how_far_the_replica_is_behind_is_told_in_heartbeats() -> None:
    now = clock.now()
    with db.transaction() as connection:
        db.beat(connection, "clock", now - timedelta(seconds=20))
    keep("after the heartbeat")
    wait_for("after the heartbeat")
    assert the_replica().lag(now) == timedelta(seconds=20)
    assert the_replica().lag(None) is None
