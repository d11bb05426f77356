"""The rest of the schema: meals, records, appointments, patterns, pooled questions, messages.

The new rules on older tables hold for new rows at once; 0006 looks at the rows that are there.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


ENUMS = (
    *("appointment_status", "appointment_reason", "health_record_type", "health_record_category"),
    *("meal_type", "pattern_type"),
)
HH_MM = "([01][0-9]|2[0-3]):[0-5][0-9]"
RULES = {
    ("doctors", "revenue_share_percentage"): "revenue_share_percentage IN (30, 60)",
    ("doctor_patient_connections", "revenue_share_percentage"): (
        "revenue_share_percentage IN (30, 60)"
    ),
    ("medications", "scheduled_times_hh_mm"): (
        f"array_to_string(scheduled_times, ',', '') ~ '^({HH_MM}(,{HH_MM})*)?$'"
    ),
    ("notifications", "channel"): "channel IN ('PUSH', 'WHATSAPP', 'EMAIL')",
}


def upgrade() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("sender_id", sa.Uuid(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("is_read", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("is_read = (read_at IS NOT NULL)", name=op.f("ck_messages_read")),
        sa.ForeignKeyConstraint(
            ["receiver_id"], ["users.id"], name=op.f("fk_messages_receiver_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["users.id"], name=op.f("fk_messages_sender_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    op.create_index(
        op.f("ix_messages_receiver_id_is_read"),
        "messages",
        ["receiver_id", "is_read"],
        unique=False,
    )
    op.create_index(
        op.f("ix_messages_sender_id_receiver_id"),
        "messages",
        ["sender_id", "receiver_id"],
        unique=False,
    )
    op.create_table(
        "appointments",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("doctor_id", sa.Uuid(), nullable=False),
        sa.Column("requested_date", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_date", sa.DateTime(timezone=True), nullable=True),
        sa.Column("duration", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "REQUESTED",
                "CONFIRMED",
                "PAYMENT_PENDING",
                "PAYMENT_COMPLETE",
                "COMPLETED",
                "CANCELLED",
                name="appointment_status",
            ),
            server_default="REQUESTED",
            nullable=False,
        ),
        sa.Column("payment_id", sa.Text(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=10, scale=2), nullable=True),
        sa.Column("payment_completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "reason",
            sa.Enum(
                "ROUTINE_CHECKUP",
                "EMERGENCY",
                "FOLLOW_UP",
                "TEST_RESULTS",
                name="appointment_reason",
            ),
            nullable=False,
        ),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column(
            "pre_appointment_tasks", sa.ARRAY(sa.Text()), server_default="{}", nullable=False
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
        sa.CheckConstraint("amount >= 0", name=op.f("ck_appointments_amount")),
        sa.CheckConstraint("duration > 0", name=op.f("ck_appointments_duration")),
        sa.ForeignKeyConstraint(
            ["doctor_id"],
            ["doctors.id"],
            name=op.f("fk_appointments_doctor_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patients.id"],
            name=op.f("fk_appointments_patient_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
    )
    op.create_index(
        op.f("ix_appointments_doctor_id_status"),
        "appointments",
        ["doctor_id", "status"],
        unique=False,
    )
    op.create_index(
        op.f("ix_appointments_patient_id_status"),
        "appointments",
        ["patient_id", "status"],
        unique=False,
    )
    op.create_index(
        op.f("ix_appointments_requested_date"), "appointments", ["requested_date"], unique=False
    )
    op.create_table(
        "health_records",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("file_url", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_type", sa.Text(), nullable=False),
        sa.Column("file_size_bytes", sa.Integer(), nullable=False),
        sa.Column(
            "record_type",
            sa.Enum(
                "BLOOD_TEST",
                "LAB_REPORT",
                "PRESCRIPTION",
                "IMAGING",
                "DOCTOR_NOTE",
                "OTHER",
                name="health_record_type",
            ),
            nullable=False,
        ),
        sa.Column(
            "category",
            sa.Enum(
                "LIVER", "KIDNEY", "HEART", "DIABETES", "GENERAL", name="health_record_category"
            ),
            nullable=False,
        ),
        sa.Column("record_date", sa.DateTime(timezone=True), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("extracted_text", sa.Text(), nullable=True),
        sa.Column(
            "extracted_markers",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=True,
        ),
        sa.Column("tags", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("shared_with_doctors", sa.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
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
        sa.CheckConstraint("file_size_bytes >= 0", name=op.f("ck_health_records_file_size_bytes")),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patients.id"],
            name=op.f("fk_health_records_patient_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_records")),
    )
    op.create_index(
        op.f("ix_health_records_category"), "health_records", ["category"], unique=False
    )
    op.create_index(
        "ix_health_records_patient_id_record_date",
        "health_records",
        ["patient_id", sa.literal_column("record_date DESC")],
        unique=False,
    )
    op.create_index(
        op.f("ix_health_records_record_type"), "health_records", ["record_type"], unique=False
    )
    op.create_table(
        "meals",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("photo_url", sa.Text(), nullable=True),
        sa.Column(
            "meal_type",
            sa.Enum("BREAKFAST", "LUNCH", "DINNER", "SNACK", name="meal_type"),
            nullable=False,
        ),
        sa.Column("consumed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recognized_foods", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("estimated_calories", sa.Double(), nullable=True),
        sa.Column("glucose_reading_before_id", sa.Uuid(), nullable=True),
        sa.Column("glucose_reading_before_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("glucose_impact", sa.Double(), nullable=True),
        sa.Column("is_synced", sa.Boolean(), server_default=sa.text("false"), nullable=False),
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
            "(glucose_reading_before_id IS NULL) = (glucose_reading_before_at IS NULL)",
            name=op.f("ck_meals_glucose_reading_before"),
        ),
        sa.CheckConstraint("estimated_calories >= 0", name=op.f("ck_meals_estimated_calories")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patients.id"], name=op.f("fk_meals_patient_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meals")),
    )
    op.create_index(
        "ix_meals_glucose_reading_before_at",
        "meals",
        ["glucose_reading_before_at"],
        unique=False,
        postgresql_where=sa.text("glucose_reading_before_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_meals_meal_type"), "meals", ["meal_type"], unique=False)
    op.create_index(
        "ix_meals_patient_id_consumed_at",
        "meals",
        ["patient_id", sa.literal_column("consumed_at DESC")],
        unique=False,
    )
    op.create_table(
        "patterns",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "FOOD_GLUCOSE_CORRELATION",
                "ACTIVITY_IMPACT",
                "MEDICATION_CONSISTENCY",
                name="pattern_type",
            ),
            nullable=False,
        ),
        sa.Column("food_item", sa.Text(), nullable=True),
        sa.Column("avg_glucose_increase", sa.Double(), nullable=True),
        sa.Column("better_alternative", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("sample_size", sa.Integer(), nullable=False),
        sa.Column("detected_at", sa.DateTime(timezone=True), nullable=False),
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
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_patterns_confidence")),
        sa.CheckConstraint("sample_size >= 0", name=op.f("ck_patterns_sample_size")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patients.id"], name=op.f("fk_patterns_patient_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patterns")),
    )
    op.create_index(op.f("ix_patterns_confidence"), "patterns", ["confidence"], unique=False)
    op.create_index(
        op.f("ix_patterns_patient_id_type_is_active"),
        "patterns",
        ["patient_id", "type", "is_active"],
        unique=False,
    )
    op.create_table(
        "pooled_questions",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("doctor_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("patient_count", sa.Integer(), server_default="1", nullable=False),
        sa.Column(
            "first_asked_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "last_asked_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("is_answered", sa.Boolean(), server_default=sa.text("false"), nullable=False),
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
            "is_answered = (answered_at IS NOT NULL)", name=op.f("ck_pooled_questions_answered")
        ),
        sa.CheckConstraint("patient_count >= 0", name=op.f("ck_pooled_questions_patient_count")),
        sa.ForeignKeyConstraint(
            ["answered_by"],
            ["doctors.id"],
            name=op.f("fk_pooled_questions_answered_by"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["doctor_id"],
            ["doctors.id"],
            name=op.f("fk_pooled_questions_doctor_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pooled_questions")),
    )
    op.create_index(
        op.f("ix_pooled_questions_doctor_id_is_answered"),
        "pooled_questions",
        ["doctor_id", "is_answered"],
        unique=False,
    )
    op.drop_constraint(op.f("fk_medication_logs_logged_by"), "medication_logs", type_="foreignkey")
    for (table, name), rule in RULES.items():
        op.create_check_constraint(
            op.f(f"ck_{table}_{name}"), table, rule, postgresql_not_valid=True
        )


def downgrade() -> None:
    """Go back; a dose that somebody logged who has left since is no hindrance."""
    for table, name in RULES:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    op.create_foreign_key(
        op.f("fk_medication_logs_logged_by"),
        "medication_logs",
        "users",
        ["logged_by"],
        ["id"],
        ondelete="CASCADE",
        postgresql_not_valid=True,
    )
    op.drop_index(op.f("ix_pooled_questions_doctor_id_is_answered"), table_name="pooled_questions")
    op.drop_table("pooled_questions")
    op.drop_index(op.f("ix_patterns_patient_id_type_is_active"), table_name="patterns")
    op.drop_index(op.f("ix_patterns_confidence"), table_name="patterns")
    op.drop_table("patterns")
    op.drop_index("ix_meals_patient_id_consumed_at", table_name="meals")
    op.drop_index(op.f("ix_meals_meal_type"), table_name="meals")
    op.drop_index(
        "ix_meals_glucose_reading_before_at",
        table_name="meals",
        postgresql_where=sa.text("glucose_reading_before_at IS NOT NULL"),
    )
    op.drop_table("meals")
    op.drop_index(op.f("ix_health_records_record_type"), table_name="health_records")
    op.drop_index("ix_health_records_patient_id_record_date", table_name="health_records")
    op.drop_index(op.f("ix_health_records_category"), table_name="health_records")
    op.drop_table("health_records")
    op.drop_index(op.f("ix_appointments_requested_date"), table_name="appointments")
    op.drop_index(op.f("ix_appointments_patient_id_status"), table_name="appointments")
    op.drop_index(op.f("ix_appointments_doctor_id_status"), table_name="appointments")
    op.drop_table("appointments")
    op.drop_index(op.f("ix_messages_sender_id_receiver_id"), table_name="messages")
    op.drop_index(op.f("ix_messages_receiver_id_is_read"), table_name="messages")
    op.drop_table("messages")
    for name in ENUMS:
        op.execute(f"DROP TYPE {name}")
