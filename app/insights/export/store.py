"""Everything that is kept of a patient, read as tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, func, literal, select

from app.emergency.tables import EmergencyEventRow
from app.glucose.checks import store as checks
from app.glucose.tables import GlucoseReading
from app.insights.export.workbook import Cell, Sheet
from app.insights.tables import HealthScore
from app.meals.tables import Meal
from app.medications.tables import Medication, MedicationLog
from app.messaging.tables import Inbound, Notification
from app.people.access.tables import AccessLog
from app.people.tables import (
    Caregiver,
    CaregiverPatientConnection,
    Consent,
    Doctor,
    DoctorPatientConnection,
    Patient,
    User,
    WhatsappAddress,
)
from app.questions.tables import PooledQuestion, PooledQuestionAsker

AT_MOST = 100_000
"""Rows of one table: beyond any person's (house)."""


Asked = Select[*tuple[Any, ...]]


class Owner(NamedTuple):
    """Whose copy it is."""

    user_id: UUID
    patient_id: UUID


def sheets(connection: Connection, owner: Owner) -> list[Sheet]:
    """Read every table of a patient, times by the clock of where they live."""
    name = select(User.timezone).where(User.id == owner.user_id)
    zone = ZoneInfo(connection.execute(name).scalar_one())
    return [_read(connection, name, asked, zone) for name, asked in _questions(owner).items()]


def _read(connection: Connection, name: str, asked: Asked, zone: ZoneInfo) -> Sheet:
    found = connection.execute(asked.limit(AT_MOST))
    columns = [str(each).replace("_", " ") for each in found.keys()]  # noqa: SIM118 - a result is no dict
    return Sheet(name, columns, [_shown(row, zone) for row in found])


def _shown(row: Sequence[Any], zone: ZoneInfo) -> list[Cell]:
    return [_cell(value, zone) for value in row]


def _cell(value: Any, zone: ZoneInfo) -> Cell:
    if value is None or isinstance(value, float):
        return value
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, list):
        return ", ".join("" if each is None else f"{each}" for each in value)
    return str(value)


def _questions(owner: Owner) -> dict[str, Asked]:
    return {
        "You": _person(owner),
        "Readings": _readings(owner),
        "Meals": _meals(owner),
        "Medicines": _medicines(owner),
        "Doses": _doses(owner),
        "Emergencies": _emergencies(owner),
        "Health scores": _scores(owner),
        "Who sees it": _circle(owner),
        "Who looked": _looked(owner),
        "What you agreed to": _consents(owner),
        "Questions": _asked(owner),
        "Messages": _messages(owner),
        "Messages of our own": _notifications(owner),
    }


def _person(owner: Owner) -> Asked:
    return (
        select(
            User.display_name.label("name"),
            User.phone_number,
            User.language,
            User.timezone,
            Patient.diabetes_type,
            Patient.diagnosed_at,
            Patient.last_hba1c,
            Patient.glucose_unit,
            checks.facts(literal(owner.patient_id)).label("reminded_of_tests_at"),
            Patient.created_at.label("since"),
        )
        .join(Patient, Patient.user_id == User.id)
        .where(Patient.id == owner.patient_id)
    )


def _readings(owner: Owner) -> Asked:
    kept = GlucoseReading
    told = (kept.recorded_at.label("time"), kept.value.label("mg_dl"), kept.state, kept.source)
    return (
        select(*told, kept.notes)
        .where(kept.patient_id == owner.patient_id)
        .order_by(kept.recorded_at, kept.id)
    )


def _meals(owner: Owner) -> Asked:
    return (
        select(
            Meal.consumed_at.label("time"),
            Meal.meal_type.label("meal"),
            Meal.description,
            Meal.recognized_foods.label("foods"),
            Meal.food_quantities.label("quantities"),
            Meal.estimated_calories.label("kcal"),
            Meal.glucose_impact.label("sugar_rose_by_mg_dl"),
            Meal.photo_url.label("photo"),
        )
        .where(Meal.patient_id == owner.patient_id)
        .order_by(Meal.consumed_at, Meal.id)
    )


def _medicines(owner: Owner) -> Asked:
    return (
        select(
            func.coalesce(Medication.called, Medication.name).label("medicine"),
            Medication.dosage,
            Medication.scheduled_times.label("times"),
            Medication.start_date.label("since"),
            Medication.end_date.label("until"),
        )
        .where(Medication.patient_id == owner.patient_id)
        .order_by(Medication.start_date, Medication.id)
    )


def _doses(owner: Owner) -> Asked:
    return (
        select(
            MedicationLog.scheduled_time.label("due"),
            MedicationLog.taken_at.label("taken"),
            func.coalesce(Medication.called, Medication.name).label("medicine"),
            MedicationLog.status,
            MedicationLog.notes,
        )
        .join(Medication, Medication.id == MedicationLog.medication_id)
        .where(MedicationLog.patient_id == owner.patient_id)
        .order_by(MedicationLog.scheduled_time, MedicationLog.id)
    )


def _emergencies(owner: Owner) -> Asked:
    kept = EmergencyEventRow
    return (
        select(
            kept.opened_at.label("time"),
            kept.type,
            kept.level,
            kept.glucose_value.label("mg_dl"),
            kept.status,
            kept.resolved_at.label("over"),
            kept.instructions,
        )
        .where(kept.patient_id == owner.patient_id)
        .order_by(kept.opened_at)
    )


def _scores(owner: Owner) -> Asked:
    kept = HealthScore
    told = (kept.scored_at.label("time"), kept.value.label("score"), kept.is_provisional)
    return (
        select(*told, kept.inputs.label("made_of"))
        .where(kept.patient_id == owner.patient_id)
        .order_by(kept.on_day)
    )


def _circle(owner: Owner) -> Asked:
    doctor, family = DoctorPatientConnection, CaregiverPatientConnection
    doctors = (
        select(
            Doctor.full_name.label("name"),
            literal("doctor").label("as"),
            doctor.connected_at.label("since"),
            doctor.disconnected_at.label("until"),
        )
        .join(doctor, doctor.doctor_id == Doctor.id)
        .where(doctor.patient_id == owner.patient_id)
    )
    caregivers = (
        select(
            Caregiver.full_name,
            literal("family"),
            family.connected_at,
            literal(None, doctor.disconnected_at.type),
        )
        .join(family, family.caregiver_id == Caregiver.id)
        .where(family.patient_id == owner.patient_id, family.is_active)
    )
    return select(doctors.union_all(caregivers).subquery())


def _looked(owner: Owner) -> Asked:
    told = (AccessLog.at.label("time"), User.display_name.label("who"))
    return (
        select(*told, AccessLog.relation.label("as"), AccessLog.need.label("what"))
        .outerjoin(User, User.id == AccessLog.viewer_user_id)
        .where(AccessLog.patient_id == owner.patient_id)
        .order_by(AccessLog.at)
    )


def _consents(owner: Owner) -> Asked:
    told = (Consent.given_at.label("time"), Consent.version, Consent.language, Consent.withdraws)
    return select(*told).where(Consent.user_id == owner.user_id).order_by(Consent.given_at)


def _asked(owner: Owner) -> Asked:
    pooled, asker = PooledQuestion, PooledQuestionAsker
    return (
        select(
            asker.asked_at.label("time"),
            asker.question,
            Doctor.full_name.label("doctor"),
            pooled.answer,
            pooled.answered_at,
        )
        .select_from(asker)
        .join(pooled, pooled.id == asker.question_id)
        .join(Doctor, Doctor.id == pooled.doctor_id)
        .where(asker.patient_id == owner.patient_id)
        .order_by(asker.asked_at)
    )


def _messages(owner: Owner) -> Asked:
    mine = select(WhatsappAddress.address).where(WhatsappAddress.user_id == owner.user_id)
    return (
        select(
            Inbound.received_at.label("time"),
            Inbound.body.label("you"),
            func.array_to_string(_lines(), "\n").label("we"),
        )
        .where(Inbound.address.in_(mine), Inbound.body.is_not(None))
        .order_by(Inbound.received_at)
    )


def _lines() -> Any:
    said = func.jsonb_array_elements_text(Inbound.answer).column_valued()
    return func.array(select(said).correlate(Inbound).scalar_subquery())


def _notifications(owner: Owner) -> Asked:
    return (
        select(Notification.sent_at.label("time"), Notification.body)
        .where(Notification.recipient_user_id == owner.user_id)
        .order_by(Notification.sent_at)
    )
