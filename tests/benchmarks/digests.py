"""How many digests a second are made and queued, in how much memory, and what an idle tick costs.

Each caregiver has two patients; each patient four readings and three doses of the last day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from time import monotonic

from sqlalchemy import text

from app import db
from app.cli.database import migrate
from app.config import use
from app.digests import jobs
from app.embedded import Postgres, Valkey
from tests.benchmarks import report
from tests.settings import settings

SIZES = (10_000, 40_000)
"""Caregivers."""
NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
"""Eight in the evening in India."""
TICKS = 50
PEOPLE = (
    """
    INSERT INTO users (id, role, display_name, language)
    SELECT md5('user ' || n)::uuid, 'PATIENT', 'Asha', 'en'
    FROM generate_series(1, 2 * :size) n
    """,
    """
    INSERT INTO patients (id, user_id)
    SELECT md5('patient ' || n)::uuid, md5('user ' || n)::uuid
    FROM generate_series(1, 2 * :size) n
    """,
    """
    INSERT INTO users (id, role, language)
    SELECT md5('reader ' || n)::uuid, 'CAREGIVER',
           (ARRAY['en', 'hi', 'ta', 'te', 'bn', 'mr', 'gu'])[1 + n % 7]::language
    FROM generate_series(1, :size) n
    """,
    """
    INSERT INTO caregivers (id, user_id, full_name, digest_due_at)
    SELECT md5('caregiver ' || n)::uuid, md5('reader ' || n)::uuid, 'Ravi', :now
    FROM generate_series(1, :size) n
    """,
    """
    INSERT INTO caregiver_patient_connections (caregiver_id, patient_id, connected_at)
    SELECT md5('caregiver ' || (1 + n % :size))::uuid, md5('patient ' || n)::uuid, :now
    FROM generate_series(1, 2 * :size) n
    """,
    """
    INSERT INTO glucose_readings (patient_id, recorded_at, value, state, source, created_at)
    SELECT md5('patient ' || n)::uuid, at, 60 + (n * 7 + hour * 31) % 220, 'RANDOM', 'MANUAL', at
    FROM generate_series(1, 2 * :size) n, generate_series(1, 4) hour,
         LATERAL (SELECT CAST(:now AS timestamptz) - make_interval(0, 0, 0, 0, hour * 3) AS at) t
    """,
    """
    INSERT INTO medications
        (id, patient_id, name, dosage, frequency, scheduled_times, start_date)
    SELECT md5('medicine ' || n)::uuid, md5('patient ' || n)::uuid, 'metformin', '500',
           'THRICE_DAILY', '{08:00,14:00,20:00}', '2026-01-01+05:30'
    FROM generate_series(1, 2 * :size) n
    """,
    """
    INSERT INTO medication_logs (medication_id, patient_id, scheduled_time, status, logged_by)
    SELECT md5('medicine ' || n)::uuid, md5('patient ' || n)::uuid,
           CAST(:now AS timestamptz) - make_interval(0, 0, 0, 0, third * 6),
           (ARRAY['TAKEN', 'TAKEN_LATE', 'MISSED'])[1 + (n + third) % 3]::medication_status,
           md5('user ' || n)::uuid
    FROM generate_series(1, 2 * :size) n, generate_series(1, 3) third
    """,
)


class WrongDigestsError(Exception):
    """Not every caregiver has one digest."""


def measure(folder: Path, sizes: Sequence[int] = SIZES) -> None:
    """Measure a few sizes, each on a database of its own, the smallest first.

    Raises:
        WrongDigestsError: Not every caregiver has one digest.
    """
    with Postgres(folder / "postgres") as postgres, Valkey(folder / "valkey") as valkey:
        for size in sorted(sizes):
            name = f"digests_{size}"
            postgres.create_database(name)
            migrate(postgres.url_of(name))
            urls = {"DATABASE_URL": postgres.url_of(name), "REDIS_URL": valkey.url}
            use(settings(spool_dir=folder / "spool", **urls))
            _fill(size)
            _measure(size)
            db.close()


def _fill(size: int) -> None:
    with db.transaction() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        for statement in PEOPLE:
            connection.execute(text(statement), {"size": size, "now": NOW})
    with db.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql("ANALYZE")


def _measure(size: int) -> None:
    ticks_s = []
    while _waiting():
        ticks_s.append(_tick())
    _check(size)
    idle = [_tick() for _ in range(TICKS)]
    peak_mb = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    report.say(
        f"{size:,} digests of two patients each: {size / sum(ticks_s):,.0f} a second,"
        f" longest tick {max(ticks_s):.1f} s; nobody due: {median(idle) * 1000:.2f} ms;"
        f" peak memory so far: {peak_mb:.0f} MB\n"
    )


def _tick() -> float:
    began = monotonic()
    jobs.send_digests(NOW)
    return monotonic() - began


def _waiting() -> bool:
    query = text("SELECT EXISTS (SELECT 1 FROM caregivers WHERE digest_due_at <= :now)")
    with db.transaction() as connection:
        return bool(connection.execute(query, {"now": NOW}).scalar_one())


def _check(size: int) -> None:
    query = text("SELECT count(DISTINCT user_id), count(*) FROM outbound_messages")
    with db.transaction() as connection:
        readers, queued = connection.execute(query).one()
    if (readers, queued) != (size, size):
        raise WrongDigestsError(f"{queued} digests for {readers} of {size} caregivers")
