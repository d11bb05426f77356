"""The operator's report: every query is asked of real servers, and tells no person's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, Engine, text

from app import clock, db
from app.cli import commands
from app.cli.report import answer_lines, report, table
from app.config import Config, use
from app.db.figures import REFUSED, Figure, Missing, Rows, ask, figures
from tests.settings import settings as make_settings

ON_TIMESCALEDB = {"timescaledb_jobs", "chunks", "compression", "hypertable_sizes"}
ON_PLAIN = {"daily_average_lag"}
WITH_STATEMENTS = {"slow_statements"}
HAS_TIMESCALEDB = text("SELECT 1 FROM pg_extension WHERE extname = 'timescaledb'")


@pytest.fixture
def any_engine(any_database: str) -> Iterator[Engine]:
    engine = db.make_engine(any_database)
    yield engine
    engine.dispose()


def figure(name: str) -> Figure:
    (found,) = (each for each in figures() if each.name == name)
    return found


def rows_of(connection: Connection, name: str) -> list[dict[str, object]]:
    answer = ask(connection, figure(name))
    assert isinstance(answer, Rows), answer
    return [dict(row) for row in answer.by_name()]


def test_every_query_is_answered_where_its_tables_are(any_engine: Engine) -> None:
    with any_engine.begin() as connection:
        answers = {each.name: ask(connection, each) for each in figures()}
        is_timescaledb = bool(connection.execute(HAS_TIMESCALEDB).first())
    missing = {name for name, answer in answers.items() if isinstance(answer, Missing)}
    told_elsewhere = {name for name, answer in answers.items() if answer is None}
    assert missing == WITH_STATEMENTS | (ON_PLAIN if is_timescaledb else ON_TIMESCALEDB)
    assert told_elsewhere == {"compression" if is_timescaledb else "columnstore"}
    assert all(figure(name).without.endswith(".") for name in missing)


def test_the_report_can_be_asked_of_both_kinds_of_server(
    any_engine: Engine, settings: Config
) -> None:
    assert settings.database_read_url is None
    with any_engine.begin() as connection:
        lines = list(report(connection))
    assert lines[0].startswith("The read replica  (expected: ")
    assert "  DATABASE_READ_URL is not set: everything is read from the primary." in lines
    assert sum("(expected: " in line for line in lines) >= len(figures()) - 1


@pytest.fixture
def timescale_engine(timescale_database: str) -> Iterator[Engine]:
    engine = db.make_engine(timescale_database)
    yield engine
    engine.dispose()


def test_compression_is_told_from_readings_that_were_compressed(timescale_engine: Engine) -> None:
    with timescale_engine.begin() as connection:
        keep_an_old_reading(connection)
        connection.execute(text("SELECT compress_chunk(show_chunks('glucose_readings'))"))
        (chunks,) = rows_of(connection, "chunks")
        (saved,) = rows_of(connection, "columnstore")
        jobs = rows_of(connection, "timescaledb_jobs")
    assert (chunks["hypertable"], chunks["chunks"], chunks["compressed"]) == (
        "glucose_readings",
        1,
        1,
    )
    assert (saved["hypertable"], saved["compressed"]) == ("glucose_readings", 1)
    assert "policy_refresh_continuous_aggregate" in {job["procedure"] for job in jobs}


def keep_an_old_reading(connection: Connection) -> None:
    patient = connection.execute(
        text("INSERT INTO users (role) VALUES ('PATIENT') RETURNING id")
    ).scalar_one()
    patient = connection.execute(
        text("INSERT INTO patients (user_id) VALUES (:id) RETURNING id"), {"id": patient}
    ).scalar_one()
    connection.execute(
        text(
            "INSERT INTO glucose_readings (patient_id, recorded_at, value, state, source)"
            " VALUES (:id, '2026-01-05', 100, 'MORNING_FASTING', 'MANUAL')"
        ),
        {"id": patient},
    )


@pytest.fixture
def statements(settings: Config) -> Iterator[Connection]:
    """A session where pg_stat_statements is at work and calls everything slow."""
    assert settings.environment == "test"
    with db.engine().connect() as connection:
        connection.execute(text("CREATE EXTENSION pg_stat_statements"))
        connection.execute(text("SET pg_stat_statements.track_utility = on"))
        connection.commit()
        yield connection


def slow(connection: Connection) -> str:
    return "\n".join(str(row["statement"]) for row in rows_of(connection, "slow_statements"))


@pytest.mark.parametrize(
    "said",
    [
        "SELECT pg_sleep(1.1), 'my words'",
        "DO $$ BEGIN PERFORM pg_sleep(1.1), 'my words'; END $$",
        "DO 'BEGIN PERFORM pg_sleep(1.1); RAISE NOTICE ''my words''; END'",
        "/* my words */ SELECT pg_sleep(1.1)",
        "SELECT pg_sleep(1.1) -- my words",
        r"SELECT pg_sleep(1.1), E'it\'s my words'",
        "CREATE TABLE kept AS SELECT pg_sleep(1.1)::text, 'my words' AS words",
    ],
)
def test_a_slow_statement_is_told_without_anybodys_words(statements: Connection, said: str) -> None:
    statements.exec_driver_sql(said)
    told = slow(statements)
    assert told
    assert "my words" not in told
    assert "1.1" not in told


def test_the_slowest_statement_comes_first_with_how_many_there_are(statements: Connection) -> None:
    statements.exec_driver_sql("SELECT pg_sleep(1.1) AS one")
    statements.exec_driver_sql("SELECT pg_sleep(1.5), 2 AS two")
    first, second = rows_of(statements, "slow_statements")
    assert "two" in str(first["statement"])
    assert "one" in str(second["statement"])
    assert first["slow_statements"] == 2
    assert first["calls"] == 1


def test_without_the_extension_the_report_says_how_to_have_it(settings: Config) -> None:
    assert settings.environment == "test"
    said = CliRunner().invoke(commands, ["db-report"]).output
    assert "CREATE EXTENSION pg_stat_statements." in said


def test_an_extension_that_is_not_loaded_is_told_how_to_load(settings: Config) -> None:
    assert settings.environment == "test"
    unloaded = replace(figure("slow_statements"), needs="", sql="SELECT 1 / 0")
    with db.transaction() as connection:
        answer = ask(connection, unloaded)
        assert isinstance(answer, Missing)
        assert "shared_preload_libraries" in answer.why
        assert ask(connection, replace(unloaded, without="")) == Missing(REFUSED)


def test_connections_are_told_by_process_and_state(settings: Config) -> None:
    worker = db.make_engine(settings.database_url, pool=db.WORKER)
    with worker.connect() as held, db.transaction() as connection:
        held.execute(text("SELECT 1"))
        found = rows_of(connection, "connections")
    worker.dispose()
    assert {"procare-worker", "procare-web"} <= {row["process"] for row in found}
    (waiting,) = (row for row in found if row["process"] == "procare-worker")
    assert (waiting["state"], waiting["connections"], waiting["most"]) == (
        "idle in transaction",
        1,
        100,
    )


def test_what_a_user_may_not_read_leaves_the_rest_readable(settings: Config) -> None:
    assert settings.environment == "test"
    secret = Figure("secret", "Secret", "none.", "", "", "", "SELECT passwd FROM pg_shadow")
    with db.transaction() as connection:
        connection.execute(text("CREATE ROLE watcher"))
        connection.execute(text("SET LOCAL ROLE watcher"))
        answer = ask(connection, secret)
        assert isinstance(answer, Missing)
        assert "pg_monitor" in answer.why
        assert isinstance(ask(connection, figure("cache_hits")), Rows)
        connection.rollback()


def test_averages_still_to_be_made_are_late_from_when_they_could_be_made(settings: Config) -> None:
    assert settings.environment == "test"
    with db.transaction() as connection:
        (row,) = rows_of(connection, "daily_average_lag")
        assert (row["days_waiting"], row["lag_seconds"], row["remark"]) == (0, 0, "")
        keep_an_old_reading(connection)
        connection.execute(
            text("UPDATE glucose_days_touched SET touched_at = now() - INTERVAL '3 hours'")
        )
        (row,) = rows_of(connection, "daily_average_lag")
        assert row["days_waiting"] == 1
        assert 3 * 3600 <= int(str(row["lag_seconds"])) < 3 * 3600 + 60
        assert "LATE" in str(row["remark"])


def test_numbers_stand_to_the_right_and_words_to_the_left() -> None:
    assert table(("name", "rows"), [("users", 12), ("doses", None)]) == [
        "name   rows",
        "-----  ----",
        "users    12",
        "doses     -",
    ]
    assert answer_lines(Rows(("name",), ())) == ["None."]
    assert answer_lines(Missing("nowhere.")) == ["Not here: nowhere."]


def test_a_replica_that_is_away_is_told(settings: Config) -> None:
    url = "postgresql://nobody@127.0.0.1:1/nothing"
    use(
        make_settings(
            spool_dir=settings.spool_dir,
            DATABASE_URL=settings.database_url,
            REDIS_URL=settings.redis_url,
            DATABASE_READ_URL=url,
        )
    )
    with db.transaction() as connection:
        assert "  AWAY: everything is read from the primary." in list(report(connection))
        db.beat(connection, "clock", clock.now())
    db.close()


def test_a_replica_is_told_by_how_far_it_is_behind(settings: Config) -> None:
    use(
        make_settings(
            spool_dir=settings.spool_dir,
            DATABASE_URL=settings.database_url,
            REDIS_URL=settings.redis_url,
            DATABASE_READ_URL=settings.database_url,
        )
    )
    with db.transaction() as connection:
        assert "  No clock has run yet." in list(report(connection))
        db.beat(connection, "clock", clock.now())
    with db.transaction() as connection:
        assert "  0 s behind." in list(report(connection))
    db.close()


def test_with_postgresql_away_the_report_is_one_sentence(settings: Config) -> None:
    use(make_settings(spool_dir=settings.spool_dir))
    result = CliRunner().invoke(commands, ["db-report"])
    assert (result.exit_code, result.output) == (1, "Error: PostgreSQL is away.\n")
    use(settings)
