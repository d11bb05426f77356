"""Staged readings taken over, on plain PostgreSQL and on TimescaleDB alike.

The TimescaleDB of the tests does not speak COPY, so the stage is filled by inserts here; the whole
way, with COPY, is in tests/cli/test_readings.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

import pytest
from sqlalchemy import Connection, insert, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateTable, DropTable

from app import db
from app.config import use
from app.glucose.importing.store import STAGED, allow_time, take_over
from tests.people.families import patient
from tests.settings import settings as make_settings

FIRST = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def patient_id(any_database: str, tmp_path: Path) -> Iterator[UUID]:
    use(make_settings(spool_dir=tmp_path, DATABASE_URL=any_database))
    yield patient()
    db.engine().dispose()


def staged(patient_id: UUID, hours: range) -> int:
    """Stage a reading an hour, and take them over; say how many were new."""
    rows = [
        {
            "recorded_at": FIRST + timedelta(hours=hour),
            "id": uuid5(patient_id, str(hour)),
            "value": 110,
            "unit": "mg/dL",
            "state": "RANDOM",
            "source": "BLUETOOTH",
        }
        for hour in hours
    ]
    with db.transaction() as connection:
        allow_time(connection)
        connection.execute(CreateTable(STAGED))
        connection.execute(insert(STAGED), rows)
        added = take_over(connection, patient_id)
        connection.execute(DropTable(STAGED))
    return added


def compress(connection: Connection) -> None:
    """Compress every day there is, where the storage can."""
    has_chunks = text("SELECT count(*) FROM pg_extension WHERE extname = 'timescaledb'")
    if connection.execute(has_chunks).scalar():
        chunks = "SELECT compress_chunk(each) FROM show_chunks('glucose_readings') AS each"
        assert connection.execute(text(chunks)).all()


def test_what_is_there_is_not_added_again(patient_id: UUID) -> None:
    assert staged(patient_id, range(100)) == 100
    assert staged(patient_id, range(50, 150)) == 50


def test_days_that_were_compressed_take_new_readings_and_no_double(patient_id: UUID) -> None:
    assert staged(patient_id, range(0, 200, 2)) == 100
    with db.transaction() as connection:
        compress(connection)
    assert staged(patient_id, range(200)) == 100
    with db.transaction() as connection:
        kept = connection.execute(text("SELECT count(*) FROM glucose_readings")).scalar()
    assert kept == 200


@pytest.mark.usefixtures("settings")
def test_what_the_database_refuses_is_told_as_by_any_statement() -> None:
    with pytest.raises(IntegrityError), db.transaction() as connection:
        db.copy_rows(connection, "users", ("role", "language"), [("PATIENT", None)])
