"""What everybody's health score costs: a patient, a page, memory, and a tick in which none is due.

Each patient has a reading a day for thirty days, and three doses a day for fourteen. The first run
counts all readings besides, as the first run of each day does; the second one does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from time import monotonic

from sqlalchemy import Engine, text

from app.cli.database import migrate
from app.db import make_engine
from app.embedded import Postgres
from app.insights.score import jobs, store
from tests.benchmarks import report
from tests.benchmarks.history_fill import MAINTENANCE_MS, PATIENTS, PEOPLE

SIZES = (10_000, 100_000)
NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=6)
"""Of the same day in India."""
TICKS = 50
READINGS = (
    "INSERT INTO glucose_readings (patient_id, recorded_at, value, state, source)"
    " SELECT md5('patient ' || n)::uuid,"
    " CAST(:now AS timestamptz) - make_interval(0, 0, 0, day, 0, n % 60),"
    " 45 + (n * 7 + day * 31) % 300, 'RANDOM', 'MANUAL'"
    " FROM generate_series(CAST(:first AS integer), :last) n,"
    " generate_series(0, 29) day"
)
MEDICINES = (
    "INSERT INTO medications"
    " (id, patient_id, name, dosage, frequency, scheduled_times, start_date)"
    " SELECT md5('medicine ' || n)::uuid, md5('patient ' || n)::uuid, 'metformin', '500',"
    " 'THRICE_DAILY', '{08:00,14:00,20:00}', '2026-01-01+05:30'"
    " FROM generate_series(CAST(:first AS integer), :last) n"
)
DOSES = (
    "INSERT INTO medication_logs"
    " (medication_id, patient_id, scheduled_time, status, logged_by)"
    " SELECT md5('medicine ' || n)::uuid, md5('patient ' || n)::uuid,"
    " CAST(:now AS timestamptz) - make_interval(0, 0, 0, day, third * 6),"
    " (ARRAY['TAKEN', 'TAKEN', 'TAKEN_LATE', 'MISSED'])[1 + (n + day + third) % 4]"
    "::medication_status, md5('user ' || n)::uuid"
    " FROM generate_series(CAST(:first AS integer), :last) n,"
    " generate_series(0, 13) day, generate_series(0, 2) third"
)
AT_ONCE = 10_000
"""Patients whose days are filled in by one statement."""
SCORED = "SELECT count(*) FROM patients WHERE health_score IS NOT NULL"
COUNTED = "SELECT count(*) FROM patients WHERE total_glucose_readings = 30"


class WrongScoresError(Exception):
    """Not everybody has a score."""


def measure(folder: Path, sizes: Sequence[int] = SIZES) -> None:
    """Measure a few sizes, each on a database of its own, the smallest first."""
    with Postgres(folder / "postgres") as postgres:
        for size in sorted(sizes):
            engine = filled(postgres, size)
            _measure(engine, size)
            engine.dispose()


def filled(postgres: Postgres, size: int) -> Engine:
    """Make a database with so many patients, and their last thirty days."""
    name = f"scores_{size}"
    postgres.create_database(name)
    migrate(postgres.url_of(name))
    engine = make_engine(postgres.url_of(name), statement_ms=MAINTENANCE_MS)
    with engine.begin() as connection:
        for statement in (PEOPLE, PATIENTS):
            connection.execute(text(statement), {"last": size - 1})
    for first in range(0, size, AT_ONCE):
        known = {"first": first, "last": min(first + AT_ONCE, size) - 1, "now": NOW}
        with engine.begin() as connection:
            for statement in (READINGS, MEDICINES, DOSES):
                connection.execute(text(statement), known)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
    return engine


def _measure(engine: Engine, size: int) -> None:
    for title, now in (("first of the day", NOW), ("six hours later", LATER)):
        pages_s = scored(engine, now)
        seconds = sum(pages_s)
        report.say(
            f"{size:,} patients, {title}: {seconds:.1f} s, {seconds / size * 1000:.2f} ms each;"
            f" a page of {jobs.PATIENTS_AT_ONCE}: median {median(pages_s) * 1000:.0f} ms,"
            f" longest {max(pages_s) * 1000:.0f} ms\n"
        )
    _check(engine, size)
    idle = [_page(engine, LATER)[1] for _ in range(TICKS)]
    peak_mb = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    report.say(
        f"  nobody due: {median(idle) * 1000:.2f} ms; peak memory so far: {peak_mb:.0f} MB\n"
    )


def scored(engine: Engine, now: datetime) -> list[float]:
    """Score everybody, and give the seconds of each page."""
    pages_s: list[float] = []
    while True:
        due, seconds = _page(engine, now)
        if not due:
            return pages_s
        pages_s.append(seconds)


def _page(engine: Engine, now: datetime) -> tuple[int, float]:
    began = monotonic()
    with engine.begin() as connection:
        due = store.score_some(connection, now, jobs.PATIENTS_AT_ONCE)
    return due, monotonic() - began


def _check(engine: Engine, size: int) -> None:
    """Look whether everybody was scored.

    Raises:
        WrongScoresError: Somebody was not, or their readings were not counted.
    """
    with engine.begin() as connection:
        found = [connection.execute(text(each)).scalar_one() for each in (SCORED, COUNTED)]
    if found != [size, size]:
        raise WrongScoresError(f"{found} of {size}")
