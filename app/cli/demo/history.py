"""Made-up days written down: the demo patient's, and those of a crowd."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, exists, select, update

from app import db
from app.cli.demo import rows
from app.cli.demo.day import Day, Somebody
from app.cli.demo.days import history
from app.cli.demo.people import DEMO_DOCTOR, DEMO_PATIENT
from app.medications.tables import Medication
from app.people import store as people
from app.people.tables import Doctor, Patient, User

DAYS = 60
NOT_LATELY = timedelta(hours=24)
"""A conversation looks back as far at what was told: history must not be taken for its part."""


class Kept(NamedTuple):
    """A patient as the rows of a history need them."""

    somebody: Somebody
    user_id: UUID
    doctor_id: UUID | None


def add_demo_history(connection: Connection, now: datetime) -> bool:
    """Give the demo patient sixty days; False where they have them already, or are not there."""
    kept = _demo_patient(connection)
    if kept is None or _has_history(connection, kept.somebody):
        return False
    day = days_of(kept.somebody, now)
    copy_days(connection, [(kept, day)], now)
    patient_id = kept.somebody.patient_id
    people.count_readings(connection, patient_id, len(day.readings))
    people.keep_average(connection, patient_id, rows.average(day.readings, now))
    connection.execute(
        update(Patient)
        .where(Patient.id == patient_id)
        .values(medication_adherence_last_30_days=rows.adherence(day, now))
    )
    return True


def _demo_patient(connection: Connection) -> Kept | None:
    doctor = select(Doctor.id).join(User, User.id == Doctor.user_id)
    found = connection.execute(
        select(
            Patient.id,
            Patient.user_id,
            User.timezone,
            doctor.where(User.phone_number == DEMO_DOCTOR).scalar_subquery().label("doctor_id"),
        )
        .join(User, User.id == Patient.user_id)
        .where(User.phone_number == DEMO_PATIENT)
    ).one_or_none()
    if found is None:
        return None
    somebody = Somebody(DEMO_PATIENT, found.id, ZoneInfo(found.timezone))
    return Kept(somebody, found.user_id, found.doctor_id)


def _has_history(connection: Connection, somebody: Somebody) -> bool:
    there = exists().where(Medication.id == rows.medication_id(somebody))
    return bool(connection.execute(select(there)).scalar_one())


def days_of(somebody: Somebody, now: datetime) -> Day:
    """Make the sixty days up to yesterday, without what is not a whole day ago."""
    return history(somebody, _first_day(somebody, now), DAYS, now - NOT_LATELY)


def _first_day(somebody: Somebody, now: datetime) -> date:
    return now.astimezone(somebody.zone).date() - timedelta(days=DAYS)


def copy_days(connection: Connection, known: list[tuple[Kept, Day]], now: datetime) -> int:
    """Copy the days of patients who are there; say how many rows they are."""
    since, until = now - timedelta(days=DAYS), now - NOT_LATELY
    medicines = [
        rows.medication_row(kept.somebody, kept.doctor_id, since, until) for kept, _ in known
    ]
    logs = (row for kept, day in known for row in rows.log_rows(kept.somebody, kept.user_id, day))
    readings = (
        row
        for kept, day in known
        for row in rows.reading_rows(kept.somebody.patient_id, day.readings)
    )
    meals = (
        row for kept, day in known for row in rows.meal_rows(kept.somebody.patient_id, day.meals)
    )
    return (
        db.copy_rows(connection, "medications", rows.MEDICATION_COLUMNS, medicines)
        + db.copy_rows(connection, "medication_logs", rows.LOG_COLUMNS, logs)
        + db.copy_rows(connection, "meals", rows.MEAL_COLUMNS, meals)
        + db.copy_rows(connection, "glucose_readings", rows.READING_COLUMNS, readings)
    )
