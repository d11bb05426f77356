"""What the weeks of patients are made of, for many patients in one query."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    DateTime,
    Select,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    not_,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.emergency.tables import EmergencyEventRow as Event
from app.glucose.history import store as glucose
from app.glucose.tables import GlucoseReading
from app.insights.period import Past
from app.insights.score import store as scores
from app.insights.week.week import Beyond, Week
from app.medications.history import store as medications
from app.parsing.meanings import Display
from app.parsing.units import Unit
from app.people.tables import Patient, User

AT_MOST = timedelta(days=8)
"""Seven days of any zone, the last of which has begun, with an hour to spare for summer time."""
HAS_READINGS = timedelta(days=6)
"""A week is told of our own accord where there is a reading of its last six days (house)."""
_SINCE = bindparam("since", type_=DateTime(timezone=True))
_UNTIL = bindparam("until", type_=DateTime(timezone=True))


def _beyond(
    since: ColumnElement[datetime], until: ColumnElement[datetime]
) -> ColumnElement[list[list[str]]]:
    """Give the column that carries what the patient's meter showed in [since, until)."""
    row = func.json_build_array(Event.opened_at, Event.beyond_range)
    return (
        select(func.json_agg(aggregate_order_by(row, Event.opened_at, Event.id)))
        .where(Event.patient_id == Patient.id, Event.beyond_range.is_not(None))
        .where(Event.opened_at >= since, Event.opened_at < until)
        .scalar_subquery()
    )


_WEEKS = (
    select(
        Patient.id,
        Patient.glucose_unit,
        User.timezone,
        glucose.readings(Patient.id, _SINCE, _UNTIL).label("readings"),
        medications.doses(Patient.id, _SINCE, _UNTIL).label("doses"),
        scores.latest(Patient.id).label("score"),
        _beyond(_SINCE, _UNTIL).label("beyond"),
    )
    .join(User, User.id == Patient.user_id)
    .where(Patient.id.in_(bindparam("patient_ids", expanding=True)))
)


def weeks(connection: Connection, patient_ids: Sequence[UUID], now: datetime) -> dict[UUID, Week]:
    """Read the weeks that end now, of patients who are still there."""
    known = {
        "patient_ids": list(patient_ids),
        "since": now - AT_MOST,
        "until": now + timedelta.resolution,
    }
    return {row.id: week_from(row[1:]) for row in connection.execute(_WEEKS, known)}


def week_from(kept: Sequence[Any]) -> Week:
    """Read a week: unit, zone, readings, doses, score, what a meter showed."""
    unit, zone, readings, doses, score, beyond = kept
    past = Past(
        glucose.readings_from(readings),
        medications.doses_from(doses),
        scores.latest_from(score),
    )
    shown = tuple(Beyond(datetime.fromisoformat(at), Display(what)) for at, what in beyond or ())
    return Week(Unit(unit), zone, past, shown)


def due(now: datetime) -> Select[*tuple[Any, ...]]:
    """Ask for every week that is or will be told of our own accord.

    The facts are what `week_from` reads, of weeks that are due only: nobody asks for the others.
    """
    since, until = (literal(at, DateTime(timezone=True)) for at in (now - AT_MOST, now))
    has_readings = exists().where(
        GlucoseReading.patient_id == Patient.id,
        GlucoseReading.recorded_at > now - HAS_READINGS,
        GlucoseReading.recorded_at < now,
    )
    facts = func.json_build_array(
        Patient.glucose_unit,
        User.timezone,
        glucose.readings(Patient.id, since, until),
        medications.doses(Patient.id, since, until),
        scores.latest(Patient.id),
        _beyond(since, until),
    )
    if_due = case((Patient.week_due_at <= now, facts))
    epoch = cast(func.extract("epoch", Patient.week_due_at), BigInteger)
    return (
        select(
            Patient.id.label("patient_id"),
            Patient.id.label("due_id"),
            Patient.week_due_at.label("due_at"),
            not_(has_readings).label("is_logged"),
            func.concat_ws(":", "week", Patient.id, epoch).label("key"),
            if_due.label("facts"),
        )
        .join(User, User.id == Patient.user_id)
        .where(Patient.week_due_at.is_not(None))
    )
