"""The clock: every duty each tick, one clock at a time, and a beat that tells it is alive."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event, Thread

import pytest
from flask.testing import FlaskClient
from redis import Redis
from sqlalchemy import text

from app import clock, db, queue, ticker
from app.config import Config, use
from app.delivery import jobs as delivery
from app.embedded import Postgres
from app.errors import DatabaseAway
from app.schedule import tick
from tests.web.calls import say


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


OK = dict.fromkeys(["status", "database", "redis", "clock", "worker", "emergencies"], "ok")


def test_readyz_names_each_part(service: FlaskClient) -> None:
    answer = service.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == OK | {
        "status": "degraded",
        "clock": "never seen",
        "worker": "never seen",
    }
    ticker.tick_alone()
    delivery.drain()
    answer = service.get("/readyz")
    assert (answer.status_code, answer.json) == (200, OK)


@pytest.mark.parametrize("part", ["clock", "worker"])
@pytest.mark.parametrize(("ago", "state"), [(119, "ok"), (121, "late")])
def test_a_part_that_was_not_heard_of_for_two_minutes_is_late(
    service: FlaskClient, part: str, ago: int, state: str
) -> None:
    with db.transaction() as connection:
        db.beat(connection, part, clock.now() - timedelta(seconds=ago))
    told = service.get("/readyz").json
    assert told is not None
    assert told[part] == state


def test_an_emergencys_message_that_waits_for_a_minute_makes_the_service_unready(
    service: FlaskClient,
) -> None:
    say(service, "sugar 45")  # its answer is due in half a minute, unless that is confirmed
    moved = "UPDATE outbound_messages SET next_attempt_at = next_attempt_at - interval '{} seconds'"
    for seconds, state in ((89, "ok"), (2, "late")):
        with db.transaction() as connection:
            connection.execute(
                text("DELETE FROM outbound_messages WHERE purpose <> 'EMERGENCY_ANSWER'")
            )
            connection.execute(text(moved.format(seconds)))
        told = service.get("/readyz").json
        assert told is not None
        assert told["emergencies"] == state


def test_the_clock_calls_a_worker_each_minute(settings: Config) -> None:
    now = clock.now()
    with Redis.from_url(settings.redis_url) as redis:
        delivery.call_worker(now)
        assert queue.depths()["emergency"] == 1
        redis.flushdb()
        delivery.drain()
        delivery.call_worker(now + timedelta(seconds=50))
        assert queue.depths()["emergency"] == 0
        delivery.call_worker(now + timedelta(seconds=65))
        assert queue.depths()["emergency"] == 1


def test_healthz_is_alive_whatever_is_away(service: FlaskClient) -> None:
    assert service.get("/healthz").json == {"status": "ok"}


def test_metrics_count_messages_and_what_waits(service: FlaskClient) -> None:
    page = service.get("/metrics").text
    for name in ("spool", "unhandled", "emergency", "deliver", "default"):
        assert f'procare_waiting{{queue="{name}"}} 0.0' in page
    assert "# TYPE procare_hop_seconds histogram" in page
    assert "# TYPE procare_inbound_messages_total counter" in page
