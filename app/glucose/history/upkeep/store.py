"""Averages of touched days, and readings past their time, where no policy sees to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Connection,
    DateTime,
    Uuid,
    any_,
    bindparam,
    column,
    delete,
    func,
    insert,
    select,
    table,
    text,
    tuple_,
)

from app.glucose.history.store import DAILY_AVERAGE
from app.glucose.tables import GlucoseReading
from app.people.tables import Patient

TouchedDay = tuple[UUID, datetime]
"""A patient, and the moment at which a day began."""
DAY = timedelta(days=1)
TOUCHED = table(
    "glucose_days_touched", column("patient_id", Uuid()), column("day", DateTime(timezone=True))
)
"""Made by `sql/postgres`; its triggers note every day in which readings came, went or changed."""


def is_plain(connection: Connection) -> bool:
    """Tell whether the averages and the age of readings are ours to see to, not TimescaleDB's."""
    found = connection.execute(select(func.to_regclass(TOUCHED.name).is_not(None)))
    return bool(found.scalar_one())


def take_touched(connection: Connection, ended_by: datetime, at_once: int) -> list[TouchedDay]:
    """Take the notes of touched days that are over, earliest first, away from the table.

    A note that somebody is writing is left to the next time: his reading is not yet to be seen.
    Whoever touches a taken day waits for this transaction, and notes the day anew. So does whoever
    deletes a patient; one who is being deleted already is left, since to wait for each other would
    end one of the two.
    """
    found = connection.execute(
        select(TOUCHED.c.patient_id, TOUCHED.c.day)
        .where(TOUCHED.c.day <= ended_by - DAY)
        .order_by(TOUCHED.c.day, TOUCHED.c.patient_id)
        .limit(at_once)
        .with_for_update(skip_locked=True)
    ).all()
    patients = connection.execute(_KEEP_PATIENTS, {"patients": [each[0] for each in found]})
    kept = set(patients.scalars())
    taken = [(patient_id, day) for patient_id, day in found if patient_id in kept]
    if taken:
        noted = tuple_(TOUCHED.c.patient_id, TOUCHED.c.day)
        connection.execute(delete(TOUCHED).where(noted.in_(taken)))
    return taken


_KEEP_PATIENTS = (
    select(Patient.id)
    .where(Patient.id == any_(bindparam("patients", type_=ARRAY(Uuid()))))
    .with_for_update(key_share=True, read=True, skip_locked=True)
)

_TAKEN = (
    func.unnest(
        bindparam("patients", type_=ARRAY(Uuid())),
        bindparam("days", type_=ARRAY(DateTime(timezone=True))),
    )
    .table_valued(column("patient_id", Uuid()), column("day", DateTime(timezone=True)))
    .render_derived(name="taken")
)
_FORGET = delete(DAILY_AVERAGE).where(
    tuple_(DAILY_AVERAGE.c.patient_id, DAILY_AVERAGE.c.day).in_(
        select(_TAKEN.c.patient_id, _TAKEN.c.day)
    )
)
_AVERAGE = insert(DAILY_AVERAGE).from_select(
    [each.name for each in DAILY_AVERAGE.c],
    select(
        _TAKEN.c.patient_id,
        _TAKEN.c.day,
        func.avg(GlucoseReading.value),
        func.min(GlucoseReading.value),
        func.max(GlucoseReading.value),
        func.count(),
    )
    .where(
        GlucoseReading.patient_id == _TAKEN.c.patient_id,
        GlucoseReading.recorded_at >= _TAKEN.c.day,
        GlucoseReading.recorded_at < _TAKEN.c.day + DAY,
    )
    .group_by(_TAKEN.c.patient_id, _TAKEN.c.day),
)


def average(connection: Connection, days: Sequence[TouchedDay]) -> None:
    """Make the averages of days anew; a day without readings has none any more."""
    if days:
        taken = {"patients": [each[0] for each in days], "days": [each[1] for each in days]}
        connection.execute(_FORGET, taken)
        connection.execute(_AVERAGE, taken)


_UNHURRIED = text("SET statement_timeout = 0")
_REFRESH = text(
    "CALL refresh_continuous_aggregate("
    "'glucose_daily_avg', CAST(:since AS timestamptz), CAST(:until AS timestamptz))"
)


def refresh(connection: Connection, since: datetime, until: datetime) -> None:
    """Let TimescaleDB make the averages in [since, until) anew where readings have changed.

    However long it takes: the limits of the connection are taken away.

    Args:
        connection: One that commits each statement by itself: this one makes its own transactions.
        since: A midnight.
        until: A later midnight.
    """
    connection.execute(_UNHURRIED)
    connection.execute(_REFRESH, {"since": since, "until": until})


def drop_readings(connection: Connection, recorded_before: datetime, at_once: int) -> int:
    """Delete the oldest readings before a moment, and say how many; their averages stay."""
    connection.execute(select(func.set_config("procare.retention", "on", True)))  # noqa: FBT003
    key = (GlucoseReading.patient_id, GlucoseReading.recorded_at, GlucoseReading.id)
    oldest = (
        select(*key)
        .where(GlucoseReading.recorded_at < recorded_before)
        .order_by(GlucoseReading.recorded_at)
        .limit(at_once)
    )
    return connection.execute(delete(GlucoseReading).where(tuple_(*key).in_(oldest))).rowcount
