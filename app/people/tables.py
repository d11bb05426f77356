"""The rows of people: users, their roles, their addresses, who is connected to whom, consent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Enum,
    ForeignKey,
    Index,
    UniqueConstraint,
    func,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Stamped
from app.people.person import (
    DEFAULT_QUIET,
    MOST_OTHERS_A_DAY,
    OTHERS_A_DAY,
    DiabetesType,
    Role,
)

UUID_DEFAULT = text("gen_random_uuid()")
LANGUAGES = ("en", "hi", "ta", "te", "bn", "mr", "gu")
ROLE = Enum(Role, name="user_role")
LANGUAGE = Enum(*LANGUAGES, name="language")
DIABETES_TYPE = Enum(DiabetesType, name="diabetes_type")
MANAGEMENT_MODE = Enum("PATIENT_PRIMARY", "SHARED", "CAREGIVER_PRIMARY", name="management_mode")
SUBSCRIPTION = Enum("TRIAL", "ACTIVE", "EXPIRED", "CANCELLED", name="subscription_status")
SPECIALTY = Enum(
    "DIABETES", "CARDIOLOGY", "NEPHROLOGY", "HEPATOLOGY", "OTHER", name="doctor_specialty"
)
ALERTS = Enum("NONE", "IMMEDIATE", "DAILY_DIGEST", name="alert_frequency")
DOCTOR_TYPE = Enum("DIABETES_SPECIALIST", "REFERRING_DOCTOR", name="doctor_type")
E164 = r"~ '^\+[1-9][0-9]{6,14}$'"
CLOCK_TIME = "~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'"
ZONE = (
    "CASE WHEN timezone ~ '^([A-Z][A-Za-z]+(/[A-Z][A-Za-z0-9_+-]+){1,2}|UTC)$'"
    " THEN (timestamptz '2000-01-01 00:00:00+00' AT TIME ZONE timezone) IS NOT NULL"
    " ELSE false END"
)
"""Written as zones are, and known to PostgreSQL, which refuses to look up one that is not."""
REVENUE_SHARES = "revenue_share_percentage IN (30, 60)"
NOT_KNOWN_YET = text("'1970-01-01 00:00:00+00'")
"""A digest whose next moment is to be worked out."""


class User(Stamped, Base):
    """A person; `phone_number` is null where the address carries none."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint(f"phone_number {E164}", name="phone_number_e164"),
        CheckConstraint(f"quiet_from {CLOCK_TIME}", name="quiet_from_hh_mm"),
        CheckConstraint(f"quiet_until {CLOCK_TIME}", name="quiet_until_hh_mm"),
        CheckConstraint(ZONE, name="timezone"),
        Index(None, "role"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=UUID_DEFAULT)
    phone_number: Mapped[str | None] = mapped_column(unique=True)
    email: Mapped[str | None] = mapped_column(unique=True)
    role: Mapped[Role] = mapped_column(ROLE)
    language: Mapped[str] = mapped_column(LANGUAGE, server_default="en")
    profile_picture_url: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(server_default=true())
    last_login_at: Mapped[datetime | None]
    otp_attempts: Mapped[int] = mapped_column(server_default="0")
    last_otp_sent_at: Mapped[datetime | None]
    password_hash: Mapped[str | None]
    display_name: Mapped[str | None]
    timezone: Mapped[str] = mapped_column(server_default="Asia/Kolkata")
    stopped_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    unreachable_since: Mapped[datetime | None]
    quiet_from: Mapped[str] = mapped_column(server_default=DEFAULT_QUIET.since)
    quiet_until: Mapped[str] = mapped_column(server_default=DEFAULT_QUIET.until)


class WhatsappAddress(Stamped, Base):
    """One address of one person: `whatsapp:+91…`, or `whatsapp:IN.…` which has no number."""

    __tablename__ = "whatsapp_addresses"
    __table_args__ = (Index(None, "last_inbound_at"),)

    address: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    last_inbound_at: Mapped[datetime]


class Patient(Stamped, Base):
    """A patient's profile; type and year of diagnosis stay null until they are told."""

    __tablename__ = "patients"
    __table_args__ = (
        CheckConstraint("medication_adherence_last_30_days BETWEEN 0 AND 100", name="adherence"),
        CheckConstraint("health_score BETWEEN 0 AND 100", name="health_score"),
        CheckConstraint("glucose_unit IN ('mg/dL', 'mmol/L')", name="glucose_unit"),
        CheckConstraint("preferred_channel IN ('APP', 'WHATSAPP')", name="preferred_channel"),
        CheckConstraint(
            f"other_messages_a_day BETWEEN 0 AND {MOST_OTHERS_A_DAY}", name="other_messages_a_day"
        ),
        Index(None, "subscription_status"),
        Index(None, "health_score"),
        Index(None, "last_health_score_at"),
        Index(None, "week_due_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=UUID_DEFAULT)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), unique=True)
    diabetes_type: Mapped[DiabetesType | None] = mapped_column(DIABETES_TYPE)
    diagnosed_at: Mapped[datetime | None]
    last_hba1c: Mapped[float | None]
    target_hba1c: Mapped[float | None]
    management_mode: Mapped[str] = mapped_column(MANAGEMENT_MODE, server_default="PATIENT_PRIMARY")
    subscription_status: Mapped[str] = mapped_column(SUBSCRIPTION, server_default="TRIAL")
    trial_ends_at: Mapped[datetime | None]
    subscription_ends_at: Mapped[datetime | None]
    total_glucose_readings: Mapped[int] = mapped_column(server_default="0")
    avg_glucose_last_30_days: Mapped[float | None]
    medication_adherence_last_30_days: Mapped[float | None]
    glucose_unit: Mapped[str] = mapped_column(server_default="mg/dL")
    preferred_channel: Mapped[str] = mapped_column(server_default="WHATSAPP")
    health_score: Mapped[float | None]
    last_health_score_at: Mapped[datetime | None]
    reviewed_by_doctor_at: Mapped[datetime | None]
    other_messages_a_day: Mapped[int] = mapped_column(server_default=str(OTHERS_A_DAY))
    week_due_at: Mapped[datetime | None]


class Doctor(Stamped, Base):
    """A doctor's profile."""

    __tablename__ = "doctors"
    __table_args__ = (
        CheckConstraint(REVENUE_SHARES, name="revenue_share_percentage"),
        Index(None, "specialty"),
        Index(
            "ix_doctors_digest_due_at",
            "digest_due_at",
            postgresql_where=text("alert_preferences = 'DAILY_DIGEST'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=UUID_DEFAULT)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), unique=True)
    full_name: Mapped[str]
    specialty: Mapped[str] = mapped_column(SPECIALTY)
    is_diabetes_specialist: Mapped[bool] = mapped_column(server_default=text("false"))
    license_number: Mapped[str | None]
    clinic_name: Mapped[str | None]
    clinic_address: Mapped[str | None]
    revenue_share_percentage: Mapped[int] = mapped_column(server_default="30")
    alert_preferences: Mapped[str] = mapped_column(ALERTS, server_default="IMMEDIATE")
    onboarding_qr_code: Mapped[str] = mapped_column(unique=True)
    total_patients: Mapped[int] = mapped_column(server_default="0")
    active_patients: Mapped[int] = mapped_column(server_default="0")
    digest_due_at: Mapped[datetime] = mapped_column(server_default=NOT_KNOWN_YET)


class Caregiver(Stamped, Base):
    """A caregiver's profile."""

    __tablename__ = "caregivers"
    __table_args__ = (
        CheckConstraint(f"daily_digest_time {CLOCK_TIME}", name="daily_digest_time_hh_mm"),
        Index(None, "digest_due_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=UUID_DEFAULT)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), unique=True)
    full_name: Mapped[str]
    relationship_to_patient: Mapped[str | None]
    critical_alerts_enabled: Mapped[bool] = mapped_column(server_default=true())
    daily_digest_time: Mapped[str | None]
    digest_due_at: Mapped[datetime] = mapped_column(server_default=NOT_KNOWN_YET)


class DoctorPatientConnection(Stamped, Base):
    """A doctor who treats a patient."""

    __tablename__ = "doctor_patient_connections"
    __table_args__ = (
        UniqueConstraint("doctor_id", "patient_id"),
        CheckConstraint(REVENUE_SHARES, name="revenue_share_percentage"),
        Index(None, "doctor_id"),
        Index(None, "patient_id"),
        Index(None, "is_active"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=UUID_DEFAULT)
    doctor_id: Mapped[UUID] = mapped_column(ForeignKey("doctors.id", ondelete="CASCADE"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id", ondelete="CASCADE"))
    doctor_type: Mapped[str] = mapped_column(DOCTOR_TYPE)
    treating_condition: Mapped[str | None]
    revenue_share_percentage: Mapped[int] = mapped_column(server_default="30")
    is_active: Mapped[bool] = mapped_column(server_default=true())
    connected_at: Mapped[datetime] = mapped_column(server_default=func.now())
    disconnected_at: Mapped[datetime | None]


class CaregiverPatientConnection(Stamped, Base):
    """A caregiver of a patient, and what the patient lets them do.

    `patient_is` says what the patient is to the caregiver, as the parser names family: "mother".
    """

    __tablename__ = "caregiver_patient_connections"
    __table_args__ = (
        UniqueConstraint("caregiver_id", "patient_id"),
        Index(None, "caregiver_id"),
        Index(None, "patient_id"),
        Index(None, "is_active"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=UUID_DEFAULT)
    caregiver_id: Mapped[UUID] = mapped_column(ForeignKey("caregivers.id", ondelete="CASCADE"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id", ondelete="CASCADE"))
    patient_is: Mapped[str | None]
    can_update_data: Mapped[bool] = mapped_column(server_default=text("false"))
    can_view_health_records: Mapped[bool] = mapped_column(server_default=true())
    is_active: Mapped[bool] = mapped_column(server_default=true())
    connected_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Consent(Base):
    """The ledger of consent; rows are added and never changed.

    `doctor_id` names the doctor who may see the person's data, where that is what was agreed to.
    It is no reference: the ledger outlives the doctor. A row that `withdraws` takes back what was
    agreed to before it.
    """

    __tablename__ = "consents"
    __table_args__ = (Index(None, "user_id", "given_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=UUID_DEFAULT)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    version: Mapped[str]
    language: Mapped[str] = mapped_column(LANGUAGE)
    message_sid: Mapped[str]
    given_at: Mapped[datetime]
    doctor_id: Mapped[UUID | None]
    withdraws: Mapped[bool] = mapped_column(server_default=text("false"))
