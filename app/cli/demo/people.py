"""The three demo people, connected to each other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, Uuid, column
from sqlalchemy.dialects.postgresql import insert

from app import clock
from app.db import Base
from app.people.tables import (
    Caregiver,
    CaregiverPatientConnection,
    Consent,
    Doctor,
    DoctorPatientConnection,
    Patient,
    User,
)

DEMO_DOCTOR, DEMO_PATIENT, DEMO_CAREGIVER = "+919999999999", "+919999999998", "+919999999997"
TRIAL = timedelta(days=30)


def seed(connection: Connection) -> None:
    """Add the demo people, connected to each other, unless the first of them is there."""
    doctor_user = _add(
        connection,
        User,
        phone_number=DEMO_DOCTOR,
        email="doctor@procare.health",
        role="DOCTOR",
        display_name="Dr. Demo",
    )
    if doctor_user is None:
        return
    doctor = _add(
        connection,
        Doctor,
        user_id=doctor_user,
        full_name="Dr. Demo Diabetes Specialist",
        specialty="DIABETES",
        is_diabetes_specialist=True,
        revenue_share_percentage=60,
        onboarding_qr_code="DOC-DEMO-001",
    )
    patient = _demo_patient(connection)
    caregiver = _demo_caregiver(connection)
    _add(
        connection,
        DoctorPatientConnection,
        doctor_id=doctor,
        patient_id=patient,
        doctor_type="DIABETES_SPECIALIST",
        revenue_share_percentage=60,
    )
    _add(
        connection,
        CaregiverPatientConnection,
        caregiver_id=caregiver,
        patient_id=patient,
        patient_is="mother",
        can_update_data=True,
    )


def _demo_patient(connection: Connection) -> UUID | None:
    user = _add(
        connection,
        User,
        phone_number=DEMO_PATIENT,
        role="PATIENT",
        language="hi",
        display_name="Asha",
    )
    agreed = {"version": "demo", "language": "hi", "message_sid": "demo"}
    _add(connection, Consent, user_id=user, given_at=clock.now(), **agreed)
    return _add(
        connection,
        Patient,
        user_id=user,
        diabetes_type="TYPE_2",
        diagnosed_at=datetime(2023, 1, 1, tzinfo=UTC),
        trial_ends_at=clock.now() + TRIAL,
    )


def _demo_caregiver(connection: Connection) -> UUID | None:
    user = _add(
        connection, User, phone_number=DEMO_CAREGIVER, role="CAREGIVER", display_name="Ravi"
    )
    return _add(
        connection,
        Caregiver,
        user_id=user,
        full_name="Ravi Demo",
        relationship_to_patient="Son",
        daily_digest_time="20:00",
    )


def _add(connection: Connection, table: type[Base], **values: object) -> UUID | None:
    row = insert(table).values(**values).on_conflict_do_nothing()
    return connection.execute(row.returning(column("id", Uuid()))).scalar()
