"""How a database comes to its storage of readings, and what TimescaleDB's catalog then says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from alembic import command
from sqlalchemy import Connection

from app.cli.database import alembic_config, downgrade, migrate
from app.db import make_engine

UP_TO_DATE = ["The database is up to date."]


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """Open one connection to a database, and leave none behind."""
    engine = make_engine(url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def made(url: str) -> dict[str, object]:
    """Give what of the averages there is, with each one's kind: r for a table, v for a view."""
    with connected(url) as connection:
        kinds = connection.exec_driver_sql(
            "SELECT relname, relkind::text FROM pg_class WHERE relname ~ '^glucose_da[iy]'"
            " AND relkind IN ('r', 'v')"
        )
        return {name: kind for name, kind in kinds}  # noqa: C416 - rows are no pairs to mypy


def test_migrating_twice_changes_nothing(any_database: str) -> None:
    assert migrate(any_database) == UP_TO_DATE


def test_alembic_sees_nothing_of_the_storage(any_database: str) -> None:
    command.check(alembic_config(any_database))


def test_the_storage_goes_down_and_up_with_the_tables(any_database: str) -> None:
    before = made(any_database)
    assert downgrade(any_database, "0004")
    assert made(any_database) == before
    assert downgrade(any_database, "base") == []
    assert made(any_database) == {}
    assert migrate(any_database)[-1:] == UP_TO_DATE
    assert made(any_database) == before


def test_plain_storage_has_tables_and_timescaledb_a_view(
    database: str, timescale_database: str
) -> None:
    assert made(database) == {"glucose_daily_avg": "r", "glucose_days_touched": "r"}
    assert made(timescale_database) == {"glucose_daily_avg": "v"}


def test_what_was_made_is_said(timescale: str) -> None:
    added = (
        "Added: hypertable glucose_readings, policy policy_compression,"
        " policy policy_refresh_continuous_aggregate, policy policy_retention,"
        " view glucose_daily_avg."
    )
    assert migrate(timescale) == [added, *UP_TO_DATE]
    downgrade(timescale, "base")


def test_the_policies_are_those_of_the_data_model(timescale_database: str) -> None:
    with connected(timescale_database) as connection:
        policies = connection.exec_driver_sql(
            "SELECT proc_name, config - 'hypertable_id' - 'mat_hypertable_id', schedule_interval"
            " FROM timescaledb_information.jobs WHERE hypertable_name ~ '^glucose_'"
        )
        found = {name: (settings, every) for name, settings, every in policies}
        chunks = connection.exec_driver_sql(
            "SELECT column_name, time_interval FROM timescaledb_information.dimensions"
            " WHERE hypertable_name = 'glucose_readings'"
        ).all()
    assert chunks == [("recorded_at", timedelta(days=7))]
    assert found["policy_compression"][0] == {"compress_after": "30 days"}
    assert found["policy_retention"][0] == {"drop_after": "5 years"}
    assert found["policy_refresh_continuous_aggregate"] == (
        {"start_offset": "1 mon", "end_offset": "01:00:00"},
        timedelta(hours=1),
    )


def test_chunks_are_compressed_by_patient_newest_reading_first(timescale_database: str) -> None:
    with connected(timescale_database) as connection:
        columns = connection.exec_driver_sql(
            "SELECT attname, segmentby_column_index, orderby_column_index, orderby_asc"
            " FROM timescaledb_information.compression_settings"
            " WHERE hypertable_name = 'glucose_readings' ORDER BY 2, 3"
        )
        assert columns.all() == [
            ("patient_id", 1, None, None),
            ("recorded_at", None, 1, False),
            ("id", None, 2, True),
        ]


def test_no_index_is_there_twice(timescale_database: str) -> None:
    with connected(timescale_database) as connection:
        twice = connection.exec_driver_sql(
            "SELECT indrelid::regclass, count(*) FROM pg_index JOIN pg_class ON oid = indexrelid"
            " WHERE indrelid = 'glucose_readings'::regclass"
            " GROUP BY indrelid, indkey, indoption HAVING count(*) > 1"
        )
        assert twice.all() == []
