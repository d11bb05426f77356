"""What the weeks of patients are made of, for many patients in one query."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, DateTime, bindparam, select

from app.glucose.history import store as glucose
from app.insights.period import Past
from app.insights.score import store as scores
from app.insights.week.week import Week
from app.medications.history import store as medications
from app.parsing.units import Unit
from app.people.tables import Patient, User

AT_MOST = timedelta(days=8)
"""Seven days of any zone, the last of which has begun, with an hour to spare for summer time."""
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
    return {
        row.id: Week(
            unit=Unit(row.glucose_unit),
            zone=row.timezone,
            past=Past(
                glucose.readings_from(row.readings),
                medications.doses_from(row.doses),
                scores.latest_from(row.score),
            ),
        )
        for row in connection.execute(_WEEKS, known)
    }
