"""Patients, caregivers and doctors in a real database."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import insert

from app import db
from app.people.tables import (
    Caregiver,
    CaregiverPatientConnection,
    Doctor,
    DoctorPatientConnection,
    Patient,
    User,
)


def user(role: str, *, language: str = "en", **more: object) -> UUID:
    """Add a user."""
    user_id = uuid4()
    with db.transaction() as connection:
        connection.execute(insert(User).values(id=user_id, role=role, language=language, **more))
    return user_id


def patient(user_id: UUID | None = None, **more: object) -> UUID:
    """Add a patient, and its user unless one is given."""
    patient_id = uuid4()
    values = {"id": patient_id, "user_id": user_id or user("PATIENT"), **more}
    with db.transaction() as connection:
        connection.execute(insert(Patient).values(values))
    return patient_id


def caregiver(
    patient_id: UUID, name: str, *, language: str = "en", wants: bool = True, **link: object
) -> UUID:
    """Connect a new caregiver, and give the user."""
    user_id, caregiver_id = user("CAREGIVER", language=language), uuid4()
    with db.transaction() as connection:
        connection.execute(
            insert(Caregiver).values(
                id=caregiver_id, user_id=user_id, full_name=name, critical_alerts_enabled=wants
            )
        )
        connection.execute(
            insert(CaregiverPatientConnection).values(
                caregiver_id=caregiver_id, patient_id=patient_id, **link
            )
        )
    return user_id


def doctor(patient_id: UUID, name: str, *, wants: str = "IMMEDIATE", **link: object) -> UUID:
    """Connect a new doctor, and give the user."""
    user_id, doctor_id = user("DOCTOR"), uuid4()
    profile = {"full_name": name, "specialty": "DIABETES", "onboarding_qr_code": str(doctor_id)}
    with db.transaction() as connection:
        connection.execute(
            insert(Doctor).values(id=doctor_id, user_id=user_id, alert_preferences=wants, **profile)
        )
        connection.execute(
            insert(DoctorPatientConnection).values(
                doctor_id=doctor_id,
                patient_id=patient_id,
                doctor_type="DIABETES_SPECIALIST",
                **link,
            )
        )
    return user_id
