"""Days of a patient in a real database, from which scores are counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import insert

from app import db
from app.emergency.event import EmergencyType, Level
from app.emergency.tables import EmergencyEventRow
from app.glucose.tables import GlucoseReading
from app.insights.score.counts.store import Counted, count_for
from app.insights.score.inputs import Inputs
from app.medications.tables import MedicationLog
from app.parsing.meanings import Display

NOW = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)


def ago(*, days: float = 0, hours: float = 0, minutes: float = 0) -> datetime:
    """Give a moment before `NOW`."""
    return NOW - timedelta(days=days, hours=hours, minutes=minutes)


def reading(patient_id: UUID, value: float, at: datetime) -> None:
    """Add a reading."""
    row = {"patient_id": patient_id, "recorded_at": at, "value": value, "state": "RANDOM"}
    with db.transaction() as connection:
        connection.execute(insert(GlucoseReading).values(**row, source="MANUAL"))


def plain_readings(patient_id: UUID, count: int, *, since_days: float = 5) -> None:
    """Add readings of 110 an hour apart, the first so many days ago."""
    for number in range(count):
        reading(patient_id, 110, ago(days=since_days) + timedelta(hours=number))


def event(
    patient_id: UUID,
    level: Level,
    opened_at: datetime,
    *,
    kind: EmergencyType = EmergencyType.HYPOGLYCEMIA,
    resolved_at: datetime | None = None,
    beyond_range: Display | None = None,
) -> None:
    """Add an emergency, open unless it says when it was over."""
    row = {
        "patient_id": patient_id,
        "type": kind,
        "level": level.value,
        "status": "RESOLVED" if resolved_at else "ACTIVE",
        "instructions": "",
        "opened_at": opened_at,
        "resolved_at": resolved_at,
        "beyond_range": beyond_range,
    }
    with db.transaction() as connection:
        connection.execute(insert(EmergencyEventRow).values(row))


def dose(patient_id: UUID, medicine_id: UUID, status: str, due_at: datetime) -> None:
    """Add a dose and what became of it."""
    row = {"patient_id": patient_id, "medication_id": medicine_id, "scheduled_time": due_at}
    with db.transaction() as connection:
        connection.execute(insert(MedicationLog).values(**row, status=status, logged_by=patient_id))


def counted(patient_id: UUID, now: datetime = NOW) -> Counted:
    """Count for one patient."""
    with db.transaction() as connection:
        (only,) = count_for(connection, [patient_id], now)
    return only


def inputs(patient_id: UUID, now: datetime = NOW) -> Inputs:
    """Count what a patient's score is made of."""
    return counted(patient_id, now).inputs
