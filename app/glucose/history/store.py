"""A patient's past readings, and the averages of past days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    DateTime,
    Double,
    SQLColumnExpression,
    Uuid,
    column,
    func,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.glucose.history.history import DayOfGlucose, PastReading, day_of, midnight
from app.glucose.tables import GlucoseReading
from app.parsing.meanings import GlucoseState

DAILY_AVERAGE = table(
    "glucose_daily_avg",
    column("patient_id", Uuid()),
    column("day", DateTime(timezone=True)),
    column("avg_glucose", Double()),
    column("min_glucose", Double()),
    column("max_glucose", Double()),
    column("reading_count", BigInteger()),
)
"""Made by `sql/`: TimescaleDB's continuous aggregate, or a table of the same columns."""


def readings_between(
    connection: Connection, patient_id: UUID, since: datetime, until: datetime
) -> list[PastReading]:
    """List a patient's readings recorded in [since, until), newest first.

    Args:
        connection: Open.
        patient_id: Whose.
        since: Aware moment, included.
        until: Aware moment, excluded.
    """
    found = connection.execute(
        select(
            GlucoseReading.id,
            GlucoseReading.recorded_at,
            GlucoseReading.value,
            GlucoseReading.state,
        )
        .where(
            GlucoseReading.patient_id == patient_id,
            GlucoseReading.recorded_at >= since,
            GlucoseReading.recorded_at < until,
        )
        .order_by(GlucoseReading.recorded_at.desc())
    )
    return [PastReading(*row) for row in found]


def readings(
    patient_id: SQLColumnExpression[UUID],
    since: ColumnElement[datetime],
    until: ColumnElement[datetime],
) -> ColumnElement[Any]:
    """Give the column that carries the readings of [since, until); read it with `readings_from`."""
    row = func.json_build_array(
        GlucoseReading.id, GlucoseReading.recorded_at, GlucoseReading.value, GlucoseReading.state
    )
    newest_first = aggregate_order_by(row, GlucoseReading.recorded_at.desc(), GlucoseReading.id)
    return (
        select(func.json_agg(newest_first))
        .where(
            GlucoseReading.patient_id == patient_id,
            GlucoseReading.recorded_at >= since,
            GlucoseReading.recorded_at < until,
        )
        .scalar_subquery()
    )


def readings_from(kept: list[list[Any]] | None) -> tuple[PastReading, ...]:
    """Read what the column of `readings` held, newest first."""
    return tuple(
        PastReading(
            UUID(reading_id), datetime.fromisoformat(recorded_at), value, GlucoseState(state)
        )
        for reading_id, recorded_at, value, state in kept or ()
    )


def daily_averages(
    connection: Connection, patient_id: UUID, since: date, until: date
) -> list[DayOfGlucose]:
    """List what is kept of a patient's days in [since, until), newest first.

    A day is there once it has been over for an hour or two, and only if it has readings; it stays
    when its readings are dropped for their age.

    Args:
        connection: Open.
        patient_id: Whose.
        since: Day of `DAY_ZONE`, included.
        until: Day of `DAY_ZONE`, excluded.
    """
    kept = DAILY_AVERAGE.c
    found = connection.execute(
        select(kept.day, kept.avg_glucose, kept.min_glucose, kept.max_glucose, kept.reading_count)
        .where(
            kept.patient_id == patient_id,
            kept.day >= midnight(since),
            kept.day < midnight(until),
        )
        .order_by(kept.day.desc())
    )
    return [DayOfGlucose(day_of(day), *rest) for day, *rest in found]
