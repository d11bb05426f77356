"""The database's limits, and what counts as its being away."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from itertools import repeat
from time import monotonic

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app import clock, db
from app.config import Config
from app.errors import DatabaseAway

DEFAULT_WEB_WORKERS = 2
"""The Procfile's."""
DEFAULT_CONNECTIONS, RESERVED = 100, 3
"""PostgreSQL's max_connections and superuser_reserved_connections."""


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


def test_the_web_waits_two_seconds_for_a_connection_and_everybody_else_ten() -> None:
    assert {pool.name: pool.wait_s for pool in (db.WEB, db.WORKER, db.CLOCK, db.COMMANDS)} == {
        "procare-web": 2,
        "procare-worker": 10,
        "procare-clock": 10,
        "procare-cli": 10,
    }


def test_a_pool_that_is_used_up_is_an_outage_after_its_wait(settings: Config) -> None:
    engine = db.make_engine(settings.database_url, pool=replace(db.WEB, wait_s=0.2))
    with ExitStack() as held:
        for _ in range(20):
            held.enter_context(engine.connect())
        with pytest.raises(PoolTimeout) as told:
            engine.connect()
    assert db.is_away(told.value)
    engine.dispose()


def test_web_worker_clock_and_commands_together_leave_connections_for_the_operator() -> None:
    processes = [*repeat(db.WEB, DEFAULT_WEB_WORKERS), db.WORKER, db.CLOCK]
    assert sum(pool.size for pool in processes) <= DEFAULT_CONNECTIONS - RESERVED - 15


@pytest.mark.parametrize("pool", [db.WEB, db.WORKER, db.CLOCK, db.COMMANDS])
def test_a_process_is_known_to_postgresql_by_its_name(settings: Config, pool: db.Pool) -> None:
    engine = db.make_engine(settings.database_url, pool=pool)
    with engine.connect() as connection:
        name = connection.execute(text("SELECT current_setting('application_name')")).scalar()
    assert name == pool.name
    engine.dispose()


@pytest.mark.parametrize("pool", [db.WORKER, db.CLOCK, db.COMMANDS])
def test_a_connection_that_died_in_the_pool_is_not_noticed_outside_the_web(
    settings: Config, pool: db.Pool
) -> None:
    engine = db.make_engine(settings.database_url, pool=pool)
    assert pid_after_a_cut(engine) > 0
    engine.dispose()


def test_a_connection_that_died_in_the_webs_pool_fails_its_next_user(settings: Config) -> None:
    engine = db.make_engine(settings.database_url, pool=db.WEB)
    with pytest.raises(OperationalError) as told:
        pid_after_a_cut(engine)
    assert db.is_away(told.value)
    engine.dispose()


def pid_after_a_cut(engine: Engine) -> int:
    """Let the server cut the connection that waits in the pool, and use it again."""
    with engine.connect() as connection:
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with db.transaction() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid, 2000)"), {"pid": pid})
    with engine.connect() as connection:
        again: int = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    return again


@pytest.mark.usefixtures("settings")
def test_a_deadline_inside_another_cannot_put_it_off() -> None:
    with db.deadline(0.2), db.deadline(60):
        assert db.seconds_left() <= 0.2


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
