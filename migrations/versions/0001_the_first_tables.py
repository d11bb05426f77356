"""The first tables: people, readings, doses, emergencies and the plumbing of the chat.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heartbeats",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeats")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("phone_number", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column(
            "role", sa.Enum("PATIENT", "DOCTOR", "CAREGIVER", name="user_role"), nullable=False
        ),
        sa.Column(
            "language",
            sa.Enum("en", "hi", "ta", "te", "bn", "mr", "gu", name="language"),
            server_default="en",
            nullable=False,
        ),
        sa.Column("profile_picture_url", sa.Text(), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("otp_attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_otp_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("display_name", sa.Text(), nullable=True),
        sa.Column("timezone", sa.Text(), server_default="Asia/Kolkata", nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "phone_number ~ '^\\+[1-9][0-9]{6,14}$'", name=op.f("ck_users_phone_number_e164")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
        sa.UniqueConstraint("phone_number", name=op.f("uq_users_phone_number")),
    )
    op.create_index(op.f("ix_users_role"), "users", ["role"], unique=False)
    op.create_table(
        "caregivers",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("relationship_to_patient", sa.Text(), nullable=True),
        sa.Column(
            "critical_alerts_enabled", sa.Boolean(), server_default=sa.text("true"), nullable=False
        ),
        sa.Column("daily_digest_time", sa.Text(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "daily_digest_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'",
            name=op.f("ck_caregivers_daily_digest_time_hh_mm"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_caregivers_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caregivers")),
        sa.UniqueConstraint("user_id", name=op.f("uq_caregivers_user_id")),
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column(
            "language",
            sa.Enum("en", "hi", "ta", "te", "bn", "mr", "gu", name="language"),
            nullable=False,
        ),
        sa.Column("message_sid", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_consents_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(
        op.f("ix_consents_user_id_given_at"), "consents", ["user_id", "given_at"], unique=False
    )
    op.create_table(
        "conversations",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("node", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("wait_token", sa.Text(), nullable=True),
        sa.Column("waits_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_conversations_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_conversations")),
    )
    op.create_index(
        op.f("ix_conversations_waits_until"), "conversations", ["waits_until"], unique=False
    )
    op.create_table(
        "doctors",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column(
            "specialty",
            sa.Enum(
                "DIABETES",
                "CARDIOLOGY",
                "NEPHROLOGY",
                "HEPATOLOGY",
                "OTHER",
                name="doctor_specialty",
            ),
            nullable=False,
        ),
        sa.Column(
            "is_diabetes_specialist", sa.Boolean(), server_default=sa.text("false"), nullable=False
        ),
        sa.Column("license_number", sa.Text(), nullable=True),
        sa.Column("clinic_name", sa.Text(), nullable=True),
        sa.Column("clinic_address", sa.Text(), nullable=True),
        sa.Column("revenue_share_percentage", sa.Integer(), server_default="30", nullable=False),
        sa.Column(
            "alert_preferences",
            sa.Enum("NONE", "IMMEDIATE", "DAILY_DIGEST", name="alert_frequency"),
            server_default="IMMEDIATE",
            nullable=False,
        ),
        sa.Column("onboarding_qr_code", sa.Text(), nullable=False),
        sa.Column("total_patients", sa.Integer(), server_default="0", nullable=False),
        sa.Column("active_patients", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_doctors_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doctors")),
        sa.UniqueConstraint("onboarding_qr_code", name=op.f("uq_doctors_onboarding_qr_code")),
        sa.UniqueConstraint("user_id", name=op.f("uq_doctors_user_id")),
    )
    op.create_index(op.f("ix_doctors_specialty"), "doctors", ["specialty"], unique=False)
    op.create_table(
        "patients",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "diabetes_type", sa.Enum("TYPE_1", "TYPE_2", name="diabetes_type"), nullable=True
        ),
        sa.Column("diagnosed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_hba1c", sa.Double(), nullable=True),
        sa.Column("target_hba1c", sa.Double(), nullable=True),
        sa.Column(
            "management_mode",
            sa.Enum("PATIENT_PRIMARY", "SHARED", "CAREGIVER_PRIMARY", name="management_mode"),
            server_default="PATIENT_PRIMARY",
            nullable=False,
        ),
        sa.Column(
            "subscription_status",
            sa.Enum("TRIAL", "ACTIVE", "EXPIRED", "CANCELLED", name="subscription_status"),
            server_default="TRIAL",
            nullable=False,
        ),
        sa.Column("trial_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("subscription_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("total_glucose_readings", sa.Integer(), server_default="0", nullable=False),
        sa.Column("avg_glucose_last_30_days", sa.Double(), nullable=True),
        sa.Column("medication_adherence_last_30_days", sa.Double(), nullable=True),
        sa.Column("glucose_unit", sa.Text(), server_default="mg/dL", nullable=False),
        sa.Column("preferred_channel", sa.Text(), server_default="WHATSAPP", nullable=False),
        sa.Column("health_score", sa.Double(), nullable=True),
        sa.Column("last_health_score_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by_doctor_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "glucose_unit IN ('mg/dL', 'mmol/L')", name=op.f("ck_patients_glucose_unit")
        ),
        sa.CheckConstraint(
            "preferred_channel IN ('APP', 'WHATSAPP')", name=op.f("ck_patients_preferred_channel")
        ),
        sa.CheckConstraint("health_score BETWEEN 0 AND 100", name=op.f("ck_patients_health_score")),
        sa.CheckConstraint(
            "medication_adherence_last_30_days BETWEEN 0 AND 100",
            name=op.f("ck_patients_adherence"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_patients_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patients")),
        sa.UniqueConstraint("user_id", name=op.f("uq_patients_user_id")),
    )
    op.create_index(op.f("ix_patients_health_score"), "patients", ["health_score"], unique=False)
    op.create_index(
        op.f("ix_patients_subscription_status"), "patients", ["subscription_status"], unique=False
    )
    op.create_table(
        "whatsapp_addresses",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("last_inbound_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_whatsapp_addresses_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_whatsapp_addresses")),
    )
    op.create_index(
        op.f("ix_whatsapp_addresses_user_id"), "whatsapp_addresses", ["user_id"], unique=False
    )
    op.create_table(
        "caregiver_patient_connections",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("caregiver_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("can_update_data", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "can_view_health_records", sa.Boolean(), server_default=sa.text("true"), nullable=False
        ),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column(
            "connected_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["caregiver_id"],
            ["caregivers.id"],
            name=op.f("fk_caregiver_patient_connections_caregiver_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patients.id"],
            name=op.f("fk_caregiver_patient_connections_patient_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caregiver_patient_connections")),
        sa.UniqueConstraint(
            "caregiver_id",
            "patient_id",
            name=op.f("uq_caregiver_patient_connections_caregiver_id_patient_id"),
        ),
    )
    op.create_index(
        op.f("ix_caregiver_patient_connections_caregiver_id"),
        "caregiver_patient_connections",
        ["caregiver_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_caregiver_patient_connections_is_active"),
        "caregiver_patient_connections",
        ["is_active"],
        unique=False,
    )
    op.create_index(
        op.f("ix_caregiver_patient_connections_patient_id"),
        "caregiver_patient_connections",
        ["patient_id"],
        unique=False,
    )
    op.create_table(
        "doctor_patient_connections",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("doctor_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column(
            "doctor_type",
            sa.Enum("DIABETES_SPECIALIST", "REFERRING_DOCTOR", name="doctor_type"),
            nullable=False,
        ),
        sa.Column("treating_condition", sa.Text(), nullable=True),
        sa.Column("revenue_share_percentage", sa.Integer(), server_default="30", nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column(
            "connected_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("disconnected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["doctor_id"],
            ["doctors.id"],
            name=op.f("fk_doctor_patient_connections_doctor_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patients.id"],
            name=op.f("fk_doctor_patient_connections_patient_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doctor_patient_connections")),
        sa.UniqueConstraint(
            "doctor_id",
            "patient_id",
            name=op.f("uq_doctor_patient_connections_doctor_id_patient_id"),
        ),
    )
    op.create_index(
        op.f("ix_doctor_patient_connections_doctor_id"),
        "doctor_patient_connections",
        ["doctor_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_doctor_patient_connections_is_active"),
        "doctor_patient_connections",
        ["is_active"],
        unique=False,
    )
    op.create_index(
        op.f("ix_doctor_patient_connections_patient_id"),
        "doctor_patient_connections",
        ["patient_id"],
        unique=False,
    )
    op.create_table(
        "emergency_events",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column(
            "type",
            sa.Enum("HYPOGLYCEMIA", "HYPERGLYCEMIA", "MISSED_MEDICATION", name="emergency_type"),
            nullable=False,
        ),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("ACTIVE", "RESOLVED", "ESCALATED", name="emergency_status"),
            server_default="ACTIVE",
            nullable=False,
        ),
        sa.Column("glucose_value", sa.Double(), nullable=True),
        sa.Column("instructions", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), server_default="1", nullable=False),
        sa.Column("normal_values", sa.Integer(), server_default="0", nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("follow_up_reading_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(status = 'RESOLVED') = (resolved_at IS NOT NULL)",
            name=op.f("ck_emergency_events_resolved"),
        ),
        sa.CheckConstraint(
            "level IN ('P0', 'P0b', 'P1', 'P2', 'P2b', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8')",
            name=op.f("ck_emergency_events_level"),
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patients.id"],
            name=op.f("fk_emergency_events_patient_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_events")),
    )
    op.create_index(
        "ix_emergency_events_created_at",
        "emergency_events",
        [sa.literal_column("created_at DESC")],
        unique=False,
    )
    op.create_index(
        op.f("ix_emergency_events_patient_id_status"),
        "emergency_events",
        ["patient_id", "status"],
        unique=False,
    )
    op.create_index(
        "uq_emergency_events_open",
        "emergency_events",
        ["patient_id", "type"],
        unique=True,
        postgresql_where=sa.text("status <> 'RESOLVED'"),
    )
    op.create_table(
        "glucose_readings",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("unit", sa.Text(), server_default="mg/dL", nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "MORNING_FASTING",
                "AFTER_BREAKFAST",
                "BEFORE_LUNCH",
                "AFTER_LUNCH",
                "BEFORE_DINNER",
                "AFTER_DINNER",
                "BEDTIME",
                "RANDOM",
                name="glucose_state",
            ),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum("MANUAL", "OCR_PHOTO", "BLUETOOTH", "VOICE", name="data_source"),
            nullable=False,
        ),
        sa.Column("photo_url", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("is_emergency", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_synced", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("related_meal_id", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("unit IN ('mg/dL', 'mmol/L')", name=op.f("ck_glucose_readings_unit")),
        sa.CheckConstraint(
            "value BETWEEN 40 AND 600", name=op.f("ck_glucose_readings_value_40_to_600")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patients.id"],
            name=op.f("fk_glucose_readings_patient_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "patient_id", "recorded_at", "id", name=op.f("pk_glucose_readings")
        ),
    )
    op.create_index(
        op.f("ix_glucose_readings_is_emergency"), "glucose_readings", ["is_emergency"], unique=False
    )
    op.create_index(
        "ix_glucose_readings_patient_id_recorded_at",
        "glucose_readings",
        ["patient_id", sa.literal_column("recorded_at DESC")],
        unique=False,
    )
    op.create_index(
        op.f("ix_glucose_readings_patient_id_state"),
        "glucose_readings",
        ["patient_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_glucose_readings_recorded_at"), "glucose_readings", ["recorded_at"], unique=False
    )
    op.create_table(
        "inbound_messages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sid", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("WEBHOOK", "SPOOL", "PULL", "RETRY", name="inbound_source"),
            nullable=False,
        ),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("form", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("button_payload", sa.Text(), nullable=True),
        sa.Column("media_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("answer", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("is_emergency", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["address"],
            ["whatsapp_addresses.address"],
            name=op.f("fk_inbound_messages_address"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_messages")),
        sa.UniqueConstraint("sid", name=op.f("uq_inbound_messages_sid")),
    )
    op.create_index(
        "ix_inbound_messages_address_received_at",
        "inbound_messages",
        ["address", sa.literal_column("received_at DESC")],
        unique=False,
    )
    op.create_index(
        "ix_inbound_messages_unhandled",
        "inbound_messages",
        ["received_at"],
        unique=False,
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.create_table(
        "medications",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("prescribed_by", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("dosage", sa.Text(), nullable=False),
        sa.Column(
            "frequency",
            sa.Enum(
                "ONCE_DAILY",
                "TWICE_DAILY",
                "THRICE_DAILY",
                "AS_NEEDED",
                name="medication_frequency",
            ),
            nullable=False,
        ),
        sa.Column("scheduled_times", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("start_date", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end_date", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patients.id"],
            name=op.f("fk_medications_patient_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["prescribed_by"],
            ["doctors.id"],
            name=op.f("fk_medications_prescribed_by"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_medications")),
    )
    op.create_index(
        op.f("ix_medications_patient_id_is_active"),
        "medications",
        ["patient_id", "is_active"],
        unique=False,
    )
    op.create_index(
        op.f("ix_medications_prescribed_by"), "medications", ["prescribed_by"], unique=False
    )
    op.create_table(
        "medication_logs",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("medication_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("scheduled_time", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "PENDING", "TAKEN", "TAKEN_LATE", "MISSED", "SKIPPED", name="medication_status"
            ),
            nullable=False,
        ),
        sa.Column("logged_by", sa.Uuid(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["logged_by"],
            ["users.id"],
            name=op.f("fk_medication_logs_logged_by"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["medication_id"],
            ["medications.id"],
            name=op.f("fk_medication_logs_medication_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patients.id"],
            name=op.f("fk_medication_logs_patient_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_medication_logs")),
        sa.UniqueConstraint(
            "medication_id",
            "scheduled_time",
            name=op.f("uq_medication_logs_medication_id_scheduled_time"),
        ),
    )
    op.create_index(
        op.f("ix_medication_logs_patient_id_status"),
        "medication_logs",
        ["patient_id", "status"],
        unique=False,
    )
    op.create_index(
        op.f("ix_medication_logs_scheduled_time"),
        "medication_logs",
        ["scheduled_time"],
        unique=False,
    )


def downgrade() -> None:
    for table in (
        "heartbeats",
        "medication_logs",
        "medications",
        "inbound_messages",
        "glucose_readings",
        "emergency_events",
        "doctor_patient_connections",
        "caregiver_patient_connections",
        "whatsapp_addresses",
        "patients",
        "doctors",
        "conversations",
        "consents",
        "caregivers",
        "users",
    ):
        op.drop_table(table)
    for kind in (
        "alert_frequency",
        "data_source",
        "diabetes_type",
        "doctor_specialty",
        "doctor_type",
        "emergency_status",
        "emergency_type",
        "glucose_state",
        "inbound_source",
        "language",
        "management_mode",
        "medication_frequency",
        "medication_status",
        "subscription_status",
        "user_role",
    ):
        op.execute(f"DROP TYPE {kind}")
