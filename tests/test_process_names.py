"""Each process tells PostgreSQL its name: the real ones, started as the Procfile starts them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from os import environ  # noqa: TID251 - a process of its own needs what this one was given
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import text

from app import db, queue
from app.config import Config
from tests.settings import ACCOUNT, OURS, PUBLIC_URL, TOKEN

ROOT = Path(__file__).parents[1]
NAMES = text(
    "SELECT DISTINCT application_name FROM pg_stat_activity WHERE datname = current_database()"
)
WEB = "import app.wsgi, sys; app.wsgi.app.test_client().get('/readyz'); sys.stdin.read()"


def environment_of(settings: Config) -> Mapping[str, str]:
    return {
        **environ,
        "PROCARE_ENV": "test",
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "PUBLIC_URL": PUBLIC_URL,
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_WHATSAPP_NUMBER": OURS,
        "SPOOL_DIR": str(settings.spool_dir),
    }


@contextmanager
def running(words: list[str], settings: Config) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment_of(settings),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    ) as started:
        try:
            yield
        finally:
            started.kill()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["-c", WEB], "procare-web"),
        (["-m", "app.worker"], "procare-worker"),
        (["-m", "app.ticker"], "procare-clock"),
    ],
)
def test_a_process_is_known_by_its_name(settings: Config, words: list[str], name: str) -> None:
    db.serve_as(db.COMMANDS)  # so that only the process itself can be the web
    try:
        with running(words, settings):
            assert queue.wake_delivery()  # a worker asks the database only where there is a job
            assert is_seen(name)
    finally:
        db.close()
        db.serve_as(db.WEB)


def is_seen(name: str) -> bool:
    for _ in range(300):
        with db.transaction() as connection:
            if name in connection.execute(NAMES).scalars().all():
                return True
        sleep(0.1)
    return False
