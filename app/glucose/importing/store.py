"""Readings of files in the database: copied in beside, then taken over where they are new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Double,
    MetaData,
    Table,
    Text,
    Uuid,
    exists,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.schema import CreateTable, DropTable

from app import db
from app.glucose.importing.line import FileReading
from app.glucose.tables import DATA_SOURCE, GLUCOSE_STATE, GlucoseReading
from app.people import store as people

LIMITS = {
    "statement_timeout": "30min",
    "lock_timeout": "10s",
    "timescaledb.max_tuples_decompressed_per_dml_transaction": "0",
}
"""Of the one transaction, in place of a turn's: a long history takes longer, and the day's chunks
may have been compressed (0 is for no limit; without TimescaleDB the name means nothing)."""
AVERAGED = timedelta(days=30)

STAGED = Table(
    "staged_readings",
    MetaData(),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("id", Uuid(), nullable=False),
    Column("value", Double(), nullable=False),
    Column("unit", Text(), nullable=False),
    Column("state", GLUCOSE_STATE, nullable=False),
    Column("source", DATA_SOURCE, nullable=False),
    Column("notes", Text()),
    prefixes=["TEMPORARY"],
)
_OF_FILE = ("recorded_at", "id", "value", "unit", "state", "source", "notes")


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the readings of a file.

    Attributes:
        added: New to the patient.
        known: There already, or twice in the file.
    """

    added: int
    known: int


def import_readings(
    connection: Connection, patient_id: UUID, readings: Iterable[FileReading], now: datetime
) -> Imported:
    """Add the readings that the patient does not have yet, and count them.

    A reading is known by its time and value: the same file again, or another with some of the
    same readings, adds nothing twice. No emergency is opened: what a file holds is past.

    Args:
        connection: In a transaction that is rolled back if anything fails, also in `readings`.
        patient_id: Whose readings they are.
        readings: Taken one by one, so that a file may be longer than memory.
        now: Aware; ends the 30 days that the patient's average is of.
    """
    allow_time(connection)
    connection.execute(CreateTable(STAGED))
    staged = db.copy_rows(connection, STAGED.name, _OF_FILE, _rows(patient_id, readings))
    added = take_over(connection, patient_id)
    connection.execute(DropTable(STAGED))
    people.count_readings(connection, patient_id, added)
    people.keep_average(connection, patient_id, _average(connection, patient_id, now))
    return Imported(added, staged - added)


def allow_time(connection: Connection) -> None:
    """Set the `LIMITS` for the rest of the connection's transaction."""
    for name, limit in LIMITS.items():
        connection.execute(select(func.set_config(name, limit, true())))


def _rows(patient_id: UUID, readings: Iterable[FileReading]) -> Iterator[Sequence[object]]:
    """Give each reading an id that it has again in every other import."""
    for at, value, unit, source, state, notes, own_id in readings:
        name = f"{at.isoformat()}|{value!r}|{own_id}"
        yield at, uuid5(patient_id, name), value, unit.value, state.value, source.value, notes


def take_over(connection: Connection, patient_id: UUID) -> int:
    """Add what is staged, unless the patient has a reading of that time and value; say how many."""
    has = exists().where(
        GlucoseReading.patient_id == patient_id,
        GlucoseReading.recorded_at == STAGED.c.recorded_at,
        GlucoseReading.value == STAGED.c.value,
    )
    values = (literal(patient_id), *(STAGED.c[name] for name in _OF_FILE), literal(value=True))
    columns = ("patient_id", *_OF_FILE, "is_synced")
    new = insert(GlucoseReading).from_select(columns, select(*values).where(~has))
    return connection.execute(
        new.on_conflict_do_nothing(), execution_options={"preserve_rowcount": True}
    ).rowcount


def _average(connection: Connection, patient_id: UUID, now: datetime) -> float | None:
    """Average the readings of the last 30 days; None where there are none."""
    average = select(func.avg(GlucoseReading.value)).where(
        GlucoseReading.patient_id == patient_id,
        GlucoseReading.recorded_at > now - AVERAGED,
        GlucoseReading.recorded_at <= now,
    )
    return connection.execute(average).scalar()
