"""A backfill goes batch by batch, and is started again where it broke off."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from app.db import make_engine
from migrations.batches import Backfill, backfill
from tests.schema.document import HERE

PATIENT = "00000000-0000-0000-0000-000000000011"
SEVEN_READINGS = f"""
    INSERT INTO glucose_readings (patient_id, recorded_at, value, state, source)
    SELECT '{PATIENT}', '2025-02-01 08:00+05:30'::timestamptz + n * interval '1 day', 100 + n,
           'RANDOM', 'MANUAL'
    FROM generate_series(1, 7) AS n
"""  # noqa: S608 - a constant
FILLED = "SELECT count(*) FROM glucose_readings WHERE notes = 'mg/dL'"
UNITS = Backfill(
    table="glucose_readings",
    key=("patient_id", "recorded_at", "id"),
    change="notes = unit",
    todo="notes IS NULL",
)


@pytest.fixture
def connection(database: str) -> Iterator[Connection]:
    """An autocommitting connection to a database in which a patient has eight readings."""
    engine = make_engine(database, lock_ms=50)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as opened:
        opened.exec_driver_sql((HERE / "one_of_each.sql").read_text())
        opened.exec_driver_sql(SEVEN_READINGS)
        yield opened
    engine.dispose()


@pytest.mark.parametrize("rows", [1, 3, 8, 1000])
def test_every_row_that_wants_it_is_changed_once(connection: Connection, rows: int) -> None:
    connection.exec_driver_sql("UPDATE glucose_readings SET notes = 'told' WHERE value = 103")
    assert backfill(connection, UNITS, rows) == 7
    assert connection.exec_driver_sql(FILLED).scalar_one() == 7
    assert backfill(connection, UNITS, rows) == 0


def test_a_backfill_that_broke_off_is_started_again(connection: Connection, database: str) -> None:
    with psycopg.connect(database.replace("+psycopg", "")) as turn:
        turn.execute("UPDATE glucose_readings SET is_synced = true WHERE value = 105")
        with pytest.raises(OperationalError) as broken_off:
            backfill(connection, UNITS, rows=2)
        assert isinstance(broken_off.value.orig, psycopg.errors.LockNotAvailable)
    assert connection.exec_driver_sql(FILLED).scalar_one() == 4
    assert backfill(connection, UNITS, rows=2) == 4


def test_a_backfill_in_one_long_transaction_is_refused(database: str) -> None:
    engine = make_engine(database)
    with engine.connect() as connection, pytest.raises(ValueError, match="autocommit"):
        backfill(connection, UNITS)
    engine.dispose()
