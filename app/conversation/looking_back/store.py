"""What was kept of a person in their last days, in one query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, DateTime, Uuid, bindparam, select

from app.db import Fixed
from app.glucose.history import store as glucose
from app.insights.period import Past, Period, beginning
from app.insights.score import store as scores
from app.medications.history import store as medications

if TYPE_CHECKING:
    from datetime import datetime

    from app.people.person import Person

_PATIENT = bindparam("patient_id", type_=Uuid())
_SINCE = bindparam("since", type_=DateTime(timezone=True))
_NOW = bindparam("now", type_=DateTime(timezone=True))
_PAST = Fixed(
    select(
        glucose.readings(_PATIENT, _SINCE, _NOW).label("readings"),
        medications.doses(_PATIENT, _SINCE, _NOW).label("doses"),
        scores.latest(_PATIENT).label("score"),
    )
)


def past(connection: Connection, person: Person, now: datetime) -> Past:
    """Read the longest period that a person can ask for."""
    since = beginning(Period.WEEK, person.zone, now)
    known = {"patient_id": person.patient_id, "since": since, "now": now}
    row = _PAST.run(connection, known).one()
    return Past(
        glucose.readings_from(row.readings),
        medications.doses_from(row.doses),
        scores.latest_from(row.score),
    )
