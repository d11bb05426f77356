"""The worker process: it outlives its Redis, and ends when it is told to."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from os import environ  # noqa: TID251 - a process of its own needs what this one was given
from pathlib import Path
from time import monotonic, sleep

import pytest

from app import db, queue
from app.config import Config, use
from app.embedded import Valkey
from tests.settings import ACCOUNT, OURS, PUBLIC_URL, TOKEN

ROOT = Path(__file__).parents[1]


@pytest.fixture
def fragile(settings: Config, disposable_valkey: Valkey) -> Config:
    """Settings on a Valkey of this test's own."""
    made = replace(settings, redis_url=disposable_valkey.url)
    use(made)
    return made


@contextmanager
def working(settings: Config) -> Iterator[subprocess.Popen[bytes]]:
    told = {
        "PROCARE_ENV": "test",
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "PUBLIC_URL": PUBLIC_URL,
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_WHATSAPP_NUMBER": OURS,
        "SPOOL_DIR": str(settings.spool_dir),
    }
    command = [sys.executable, "-m", "app.worker"]
    with subprocess.Popen(command, cwd=ROOT, env={**environ, **told}) as process:
        try:
            yield process
        finally:
            process.kill()


def is_heard() -> bool:
    """Call a worker, and wait until one came."""
    with db.transaction() as connection:
        before = db.last_beat(connection, queue.HEARTBEAT)
    until = monotonic() + 40
    while monotonic() < until:
        queue.wake_delivery()
        sleep(0.2)
        with db.transaction() as connection:
            if db.last_beat(connection, queue.HEARTBEAT) != before:
                return True
    return False


def test_a_worker_is_at_work_again_when_redis_is_back(
    fragile: Config, disposable_valkey: Valkey
) -> None:
    with working(fragile) as process:
        assert is_heard()
        disposable_valkey.kill()
        sleep(2)
        assert process.poll() is None
        disposable_valkey.start()
        assert is_heard()


def test_a_worker_starts_before_its_redis(fragile: Config, disposable_valkey: Valkey) -> None:
    disposable_valkey.stop()
    with working(fragile) as process:
        sleep(3)
        assert process.poll() is None
        disposable_valkey.start()
        assert is_heard()


@pytest.mark.parametrize("is_away", [False, True])
def test_a_worker_ends_when_it_is_told_to(
    fragile: Config, disposable_valkey: Valkey, is_away: bool
) -> None:
    with working(fragile) as process:
        assert is_heard()
        if is_away:
            disposable_valkey.stop()
            sleep(2)
        process.send_signal(signal.SIGTERM)
        process.wait(10)
