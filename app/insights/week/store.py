"""What the weeks of patients are made of, for many patients in one query."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Connection,
    DateTime,
    Select,
    bindparam,
    cast,
    exists,
    func,
    literal,
    not_,
    select,
)

from app.glucose.history import store as glucose
from app.glucose.tables import GlucoseReading
from app.insights.period import Past
from app.insights.score import store as scores
from app.insights.week.week import Week
from app.medications.history import store as medications
from app.parsing.units import Unit
from app.people.tables import Patient, User

AT_MOST = timedelta(days=8)
"""Seven days of any zone, the last of which has begun, with an hour to spare for summer time."""
HAS_READINGS = timedelta(days=6)
"""A week is told of our own accord where there is a reading of its last six days (house)."""
_SINCE = bindparam("since", type_=DateTime(timezone=True))
_UNTIL = bindparam("until", type_=DateTime(timezone=True))
_WEEKS = (
    select(
        Patient.id,
        Patient.glucose_unit,
        User.timezone,
        glucose.readings(Patient.id, _SINCE, _UNTIL).label("readings"),
        medications.doses(Patient.id, _SINCE, _UNTIL).label("doses"),
        scores.latest(Patient.id).label("score"),
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
    """Read a week: unit, zone, readings, doses, score."""
    unit, zone, readings, doses, score = kept
    past = Past(
        glucose.readings_from(readings),
        medications.doses_from(doses),
        scores.latest_from(score),
    )
    return Week(Unit(unit), zone, past)


def due(now: datetime) -> Select[*tuple[Any, ...]]:
    """Ask for every week that is or will be told of our own accord, with what `week_from` reads."""
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
    )
    epoch = cast(func.extract("epoch", Patient.week_due_at), BigInteger)
    return (
        select(
            Patient.id.label("patient_id"),
            Patient.id.label("due_id"),
            Patient.week_due_at.label("due_at"),
            not_(has_readings).label("is_logged"),
            func.concat_ws(":", "week", Patient.id, epoch).label("key"),
            facts.label("facts"),
        )
        .join(User, User.id == Patient.user_id)
        .where(Patient.week_due_at.is_not(None))
    )
