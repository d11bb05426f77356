"""The clock: every duty each tick, one clock at a time, and a beat that tells it is alive."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from threading import Event, Thread

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from app import clock, db, ticker
from app.config import Config, use
from app.embedded import Postgres
from app.errors import DatabaseAway
from app.schedule import tick


@pytest.mark.usefixtures("settings")
def test_a_duty_that_fails_does_not_keep_the_others_from_theirs() -> None:
    done: list[datetime] = []

    def broken(_now: datetime) -> None:
        raise ValueError

    at = clock.now()
    tick(at, (broken, done.append))
    assert done == [at]
    with db.transaction() as connection:
        assert db.last_beat(connection, clock.HEARTBEAT) == at


@pytest.mark.usefixtures("settings")
def test_a_second_clock_waits() -> None:
    with db.transaction() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ticker.LOCK})
        assert not ticker.tick_alone()
    assert ticker.tick_alone()


def test_the_clock_goes_on_when_the_database_is_back(
    settings: Config, disposable_postgres: Postgres
) -> None:
    use(replace(settings, database_url=disposable_postgres.url))
    disposable_postgres.stop()
    with pytest.raises(DatabaseAway):
        tick(clock.now())
    stop = Event()
    running = Thread(target=ticker.run, args=(stop,))
    running.start()
    disposable_postgres.start()
    stop.set()
    running.join(10)
    assert not running.is_alive()
    assert ticker.tick_alone()
    db.engine().dispose()


def test_readyz_names_each_part(service: FlaskClient) -> None:
    answer = service.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {
        "status": "degraded",
        "database": "ok",
        "redis": "ok",
        "clock": "never seen",
    }
    ticker.tick_alone()
    assert service.get("/readyz").json == {
        "status": "ok",
        "database": "ok",
        "redis": "ok",
        "clock": "ok",
    }


def test_healthz_is_alive_whatever_is_away(service: FlaskClient) -> None:
    assert service.get("/healthz").json == {"status": "ok"}


def test_metrics_count_messages_and_what_waits(service: FlaskClient) -> None:
    page = service.get("/metrics").text
    for queue in ("spool", "unhandled", "emergency", "deliver", "default"):
        assert f'procare_waiting{{queue="{queue}"}} 0.0' in page
    assert "# TYPE procare_hop_seconds histogram" in page
    assert "# TYPE procare_inbound_messages_total counter" in page
