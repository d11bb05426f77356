"""Tests of sugar at a time of the day; what hangs on a message or a patient is found at once.

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

REMINDER = sa.text("reminder_message_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "glucose_checks",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint(
            "at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'", name=op.f("ck_glucose_checks_at_hh_mm")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patients.id"],
            name=op.f("fk_glucose_checks_patient_id_patients"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glucose_checks")),
        sa.UniqueConstraint("patient_id", "at", name=op.f("uq_glucose_checks_patient_id_at")),
    )
    op.create_index(
        "ix_glucose_checks_next_at_patient_id", "glucose_checks", ["next_at", "patient_id"]
    )
    op.create_index(
        "ix_medication_logs_reminder_message_id",
        "medication_logs",
        ["reminder_message_id"],
        postgresql_where=REMINDER,
    )
    op.create_index(
        "ix_outbound_messages_patient_id_queued_at",
        "outbound_messages",
        ["patient_id", "queued_at"],
    )


def downgrade() -> None:
    op.drop_index("ix_outbound_messages_patient_id_queued_at", table_name="outbound_messages")
    op.drop_index("ix_medication_logs_reminder_message_id", table_name="medication_logs")
    op.drop_table("glucose_checks")
