"""Readings in a real database, and their days' averages made as the deployment makes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, text

from app import clock, db
from app.glucose import jobs
from app.glucose.history.history import DayOfGlucose, day_of, midnight
from app.glucose.history.store import daily_averages
from app.glucose.history.upkeep.store import is_plain
from app.glucose.tables import GlucoseReading
from app.parsing.meanings import GlucoseState

TODAY = day_of(clock.now())
"""Days are counted back from it, for TimescaleDB's policies go by the server's clock."""


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def at(days: int, hour: int = 0, minute: int = 0) -> datetime:
    """Give a local time so many days ago."""
    return midnight(days_ago(days)) + timedelta(hours=hour, minutes=minute)


def keep(patient_id: UUID, told: Sequence[tuple[datetime, float]]) -> list[UUID]:
    """Add readings of a patient."""
    with db.transaction() as connection:
        return keep_on(connection, patient_id, told)


def keep_on(
    connection: Connection, patient_id: UUID, told: Sequence[tuple[datetime, float]]
) -> list[UUID]:
    """Add readings within a transaction."""
    rows = [
        {
            "id": uuid4(),
            "patient_id": patient_id,
            "recorded_at": recorded_at,
            "value": value,
            "state": GlucoseState.RANDOM,
            "source": "MANUAL",
        }
        for recorded_at, value in told
    ]
    connection.execute(insert(GlucoseReading), rows)
    return [UUID(str(row["id"])) for row in rows]


def keep_many(
    patient_id: UUID, since: datetime, readings: int, every: timedelta = timedelta(seconds=1)
) -> None:
    """Add readings of 100 mg/dL at equal distances, the first one such distance after `since`."""
    with db.transaction() as connection:
        connection.execute(
            text(
                "INSERT INTO glucose_readings (patient_id, recorded_at, value, state, source)"
                " SELECT :patient_id, CAST(:since AS timestamptz) + n * :every, 100,"
                " 'RANDOM', 'MANUAL' FROM generate_series(1, :readings) AS n"
            ),
            {"patient_id": patient_id, "since": since, "every": every, "readings": readings},
        )


def make_averages(now: datetime | None = None) -> None:
    """Make the averages that are due: by the job, or by TimescaleDB's policy."""
    with db.transaction() as connection:
        ours = is_plain(connection)
        connection.execute(text("DELETE FROM heartbeats"))  # an hour has passed
    if ours:
        jobs.refresh_daily_averages(now or clock.now())
    else:
        run_policy("policy_refresh_continuous_aggregate")


def run_policy(name: str) -> None:
    """Run one of TimescaleDB's policies now; the tests' server has no background workers."""
    outside = db.engine().execution_options(isolation_level="AUTOCOMMIT")
    with outside.connect() as connection:
        job = connection.execute(
            text("SELECT job_id FROM timescaledb_information.jobs WHERE proc_name = :name"),
            {"name": name},
        )
        connection.exec_driver_sql(f"CALL run_job({job.scalar_one():d})")


def averages(patient_id: UUID, days: int = 400) -> list[DayOfGlucose]:
    """List the averages of the last days, newest first."""
    with db.transaction() as connection:
        return daily_averages(connection, patient_id, days_ago(days), days_ago(-1))
