"""What /metrics says of PostgreSQL itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import isnan
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client import REGISTRY
from sqlalchemy import text

from app import clock, create_app, db, metrics
from app.config import Config, use
from app.web import measuring
from tests.settings import settings as make_settings


@pytest.fixture
def web(settings: Config) -> Iterator[FlaskClient]:
    """The application, whose figures have not been asked for yet."""
    measuring.forget()
    yield create_app(settings).test_client()
    db.close()


def figure(name: str, **labels: str) -> float:
    value = REGISTRY.get_sample_value(f"procare_{name}", labels)
    assert value is not None, name
    return value


def scrape(web: FlaskClient) -> str:
    answer = web.get("/metrics")
    assert answer.status_code == 200
    return answer.text


def test_the_figures_are_those_of_the_server(web: FlaskClient) -> None:
    for _ in range(2):
        with db.transaction() as connection:
            db.beat(connection, "clock", clock.now())
            connection.execute(text("SELECT pg_stat_force_next_flush()"))
    said = scrape(web)
    with db.transaction() as connection:
        size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
    assert figure("database_bytes") == pytest.approx(size, rel=0.05)
    assert figure("database_connections", state="active") >= 1
    assert 0 < figure("database_cache_hit_ratio", of="tables") <= 1
    assert figure("daily_average_lag_seconds") == 0
    assert "procare_replica_lag_seconds NaN" in said


def test_slow_statements_are_counted_and_their_text_is_not_told(web: FlaskClient) -> None:
    with db.transaction() as connection:
        connection.execute(text("CREATE EXTENSION pg_stat_statements"))
    with db.transaction() as connection:
        connection.execute(text("SELECT pg_sleep(1.1)"))
    assert "pg_sleep" not in scrape(web)
    assert figure("database_slow_statements") == 1


def test_without_the_extension_slow_statements_are_unknown(web: FlaskClient) -> None:
    assert "procare_database_slow_statements NaN" in scrape(web)


def test_figures_are_asked_for_once_in_a_while(web: FlaskClient) -> None:
    scrape(web)
    metrics.DATABASE_BYTES.set(1)
    scrape(web)
    assert figure("database_bytes") == 1


def test_with_postgresql_away_the_rest_is_told(web: FlaskClient, tmp_path: Path) -> None:
    use(make_settings(spool_dir=tmp_path))
    said = scrape(web)
    assert 'procare_waiting{queue="spool"}' in said
    assert isnan(figure("database_bytes"))


def test_how_far_the_replica_is_behind_is_told(web: FlaskClient, settings: Config) -> None:
    use(replace(settings, database_read_url=settings.database_url))
    with db.transaction() as connection:
        db.beat(connection, "clock", clock.now())
    scrape(web)
    assert figure("replica_lag_seconds") == 0


def test_a_replica_that_is_away_leaves_the_other_figures(
    web: FlaskClient, settings: Config
) -> None:
    use(replace(settings, database_read_url="postgresql+psycopg://nobody@127.0.0.1:1/nothing"))
    said = scrape(web)
    assert "procare_replica_lag_seconds NaN" in said
    assert figure("database_bytes") > 1_000_000


def test_on_timescaledb_chunks_are_told(timescale_database: str, tmp_path: Path) -> None:
    use(make_settings(spool_dir=tmp_path, DATABASE_URL=timescale_database))
    with db.transaction() as connection:
        connection.execute(text("CREATE TABLE notes (at timestamptz NOT NULL)"))
        connection.execute(text("SELECT create_hypertable('notes', 'at')"))
        connection.execute(text("INSERT INTO notes VALUES ('2026-01-05'), ('2026-03-05')"))
    measuring.measure_now()
    with db.transaction() as connection:
        connection.execute(text("DROP TABLE notes"))
    db.close()
    assert figure("timescaledb_chunks", state="all") == 2
    assert figure("timescaledb_chunks", state="compressed") == 0
