"""One process that keeps readings, each in a transaction of its own, on so many threads.

Reads what to do as a line of JSON, says that it is ready, starts at the next line, and says how
many readings it kept.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from random import Random

from app import clock, db
from app.config import use
from app.glucose import store
from tests.benchmarks.history_rows import BY_PHONE, logged, patient_id
from tests.settings import settings

WARM_UP = 20
"""Readings that each thread keeps before the clock starts; psycopg prepares the fifth."""


def main() -> None:
    """Do as the line says."""
    asked = json.loads(sys.stdin.readline())
    db.serve_as(db.WEB)
    use(settings(spool_dir=Path(), DATABASE_URL=asked["url"]))
    patients, threads, seconds = asked["patients"], asked["threads"], asked["seconds"]
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda seed: _warm_up(Random(seed), patients), range(threads)))  # noqa: S311
        _say("ready")
        sys.stdin.readline()
        until = clock.monotonic() + seconds
        kept = pool.map(lambda seed: _keep(Random(seed), patients, until), range(threads))  # noqa: S311
        _say(str(sum(kept)))


def _warm_up(chance: Random, patients: int) -> None:
    for _ in range(WARM_UP):
        _keep_one(chance, patients)


def _keep(chance: Random, patients: int, until: float) -> int:
    for kept in count():
        if clock.monotonic() >= until:
            return kept
        _keep_one(chance, patients)
    raise AssertionError


def _keep_one(chance: Random, patients: int) -> None:
    patient, now = patient_id(chance.randrange(patients)), clock.now()
    with db.transaction() as connection:
        store.apply(connection, patient, logged(now), BY_PHONE, now)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
