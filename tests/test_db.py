"""The database's limits, and what counts as its being away."""

from __future__ import annotations

from time import monotonic

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app import clock, db
from app.config import Config
from app.errors import DatabaseAway


@pytest.mark.usefixtures("settings")
def test_what_takes_longer_than_the_deadline_is_given_up() -> None:
    started = monotonic()
    with pytest.raises(DatabaseAway), db.deadline(0.3), db.transaction() as connection:
        connection.execute(text("SELECT pg_sleep(2)"))
    assert monotonic() - started < 1.5
    with db.transaction() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1


@pytest.mark.usefixtures("settings")
def test_a_deadline_that_is_kept_costs_nothing() -> None:
    with db.deadline(5):
        assert db.seconds_left() <= 5
        with db.transaction() as connection:
            assert connection.execute(text("SELECT 1")).scalar() == 1
    assert db.seconds_left() == float("inf")


@pytest.mark.usefixtures("settings")
def test_a_statement_over_three_seconds_is_ended_by_the_server() -> None:
    with pytest.raises(DatabaseAway), db.transaction() as connection:
        connection.execute(text("SELECT pg_sleep(5)"))


@pytest.mark.usefixtures("settings")
def test_what_the_database_refuses_is_no_outage() -> None:
    with pytest.raises(IntegrityError), db.transaction() as connection:
        connection.execute(text("INSERT INTO users (role, phone_number) VALUES ('PATIENT', 'x')"))


def test_a_pool_that_is_used_up_is_an_outage_after_two_seconds(settings: Config) -> None:
    engine = db.make_engine(settings.database_url)
    held = [engine.connect() for _ in range(db.POOL_SIZE)]
    started = monotonic()
    with pytest.raises(Exception, match="QueuePool") as told:
        engine.connect()
    assert db.is_away(told.value)
    assert monotonic() - started < db.WAIT_FOR_CONNECTION_S + 1
    for connection in held:
        connection.close()
    engine.dispose()


@pytest.mark.usefixtures("settings")
def test_writes_in_a_pipeline_are_undone_together() -> None:
    insert = text("INSERT INTO heartbeats VALUES (:name, :at)")
    rows = [{"name": name, "at": clock.now()} for name in ("one", "two", "one")]

    def write() -> None:
        with db.transaction() as connection, db.pipelined(connection):
            for row in rows:
                connection.execute(insert, row)

    with pytest.raises(IntegrityError):
        write()
    with db.transaction() as connection:
        assert connection.execute(text("SELECT count(*) FROM heartbeats")).scalar() == 0


@pytest.mark.usefixtures("settings")
def test_a_heartbeat_is_the_last_one() -> None:
    with db.transaction() as connection:
        assert db.last_beat(connection, "clock") is None
        db.beat(connection, "clock", clock.now())
        at = clock.now()
        db.beat(connection, "clock", at)
        assert db.last_beat(connection, "clock") == at


@pytest.mark.usefixtures("settings")
def test_an_error_names_no_value_of_a_row() -> None:
    with pytest.raises(IntegrityError) as told, db.transaction() as connection:
        connection.execute(
            text("INSERT INTO users (role, phone_number) VALUES ('PATIENT', :secret)"),
            {"secret": "my words"},
        )
    assert "parameters hidden" in str(told.value)
