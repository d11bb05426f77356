"""From plain tables to TimescaleDB, with everything in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from app import db
from app.cli import storage
from app.cli.database import alembic_config, downgrade, migrate
from app.config import use
from app.db import make_engine
from tests.glucose.days import at, averages, keep, make_averages
from tests.people.families import patient
from tests.settings import settings as make_settings
from tests.timescaledb.serving import timescaledb

ADDED = (
    "Added: hypertable glucose_readings, policy policy_compression,"
    " policy policy_refresh_continuous_aggregate, policy policy_retention, view glucose_daily_avg."
)
REMOVED = (
    "Removed: function glucose_note_changed_days, function glucose_note_days,"
    " table glucose_daily_avg, table glucose_days_touched, trigger glucose_readings_deleted,"
    " trigger glucose_readings_inserted, trigger glucose_readings_updated."
)


def run(url: str, *statements: str) -> None:
    """Run statements or scripts in a session that is gone afterwards."""
    engine = make_engine(url)
    with engine.begin() as connection:
        as_written = connection.execution_options(no_parameters=True)
        for statement in statements:
            as_written.exec_driver_sql(statement)
    engine.dispose()


@pytest.fixture
def plain_beside_timescaledb(timescale: str, tmp_path: Path) -> Iterator[str]:
    """A database with plain storage, on a server that has TimescaleDB; the process uses it."""
    command.upgrade(alembic_config(timescale), "head")
    scripts = sorted((storage.SQL / "postgres").glob("*.sql"))
    run(timescale, *(script.read_text(encoding="utf-8") for script in scripts))
    use(make_settings(spool_dir=tmp_path / "spool", DATABASE_URL=timescale))
    yield timescale
    db.engine().dispose()
    downgrade(timescale, "base")


def rows() -> list[tuple[object, ...]]:
    with db.transaction() as connection:
        found = connection.execute(
            text("SELECT * FROM glucose_readings ORDER BY patient_id, recorded_at")
        )
        return [tuple(row) for row in found]


def test_a_plain_table_is_converted_with_its_rows(plain_beside_timescaledb: str) -> None:
    first, second = patient(), patient()
    keep(first, [(at(days, 8), 100 + days) for days in range(60, 0, -7)])
    keep(second, [(at(400, 8), 70), (at(400, 20), 90), (at(3, 8), 222.5)])
    make_averages()
    before = rows(), averages(second, 500)
    db.engine().dispose()
    said = migrate(plain_beside_timescaledb)
    assert (rows(), averages(second, 500)) == before
    assert [each.average_mg_dl for each in averages(second, 500)] == [222.5, 80]
    assert said == [ADDED, REMOVED, "The database is up to date."]


def test_a_converted_table_has_its_rows_in_chunks(plain_beside_timescaledb: str) -> None:
    keep(patient(), [(at(days, 8), 100) for days in (50, 30, 10)])
    db.engine().dispose()
    migrate(plain_beside_timescaledb)
    with db.transaction() as connection:
        chunks = connection.execute(text("SELECT count(*) FROM show_chunks('glucose_readings')"))
        outside = connection.execute(text("SELECT count(*) FROM ONLY glucose_readings"))
        assert (chunks.scalar(), outside.scalar()) == (3, 0)


def test_where_the_extension_cannot_be_created_it_is_said_what_to_do() -> None:
    """PostgreSQL refuses to create it again in a session that has it loaded."""
    with timescaledb() as url:
        migrate(url)
        run(url, "DROP EXTENSION timescaledb CASCADE", "DROP SCHEMA public CASCADE")
        run(url, "CREATE SCHEMA public")
        told, made, *rest = migrate(url)
        assert "an administrator must run CREATE EXTENSION timescaledb" in told
        assert "already been loaded" in told
        assert "table glucose_daily_avg" in made
        assert rest == ["The database is up to date."]
        assert migrate(url) == [told, "The database is up to date."]
