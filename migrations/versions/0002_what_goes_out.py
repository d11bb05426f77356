"""What goes out: the outbox, the day's slots, and what a reminder or a follow-up needs.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


STATUS = postgresql.ENUM(
    "PENDING",
    "SENDING",
    "ACCEPTED",
    "SENT",
    "DELIVERED",
    "READ",
    "FAILED",
    "CANCELLED",
    name="outbound_status",
    create_type=False,
)


def upgrade() -> None:
    STATUS.create(op.get_bind())
    op.create_table(
        "parked_statuses",
        sa.Column("sid", sa.Text(), nullable=False),
        sa.Column("status", STATUS, nullable=False),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sid", "status", name=op.f("pk_parked_statuses")),
    )
    op.create_table(
        "outbound_messages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("texts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "counts_toward_limit", sa.Boolean(), server_default=sa.text("false"), nullable=False
        ),
        sa.Column("status", STATUS, server_default="PENDING", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_after", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sid", sa.Text(), nullable=True),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
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
            "(status IN ('PENDING', 'CANCELLED') OR attempts > 0)",
            name=op.f("ck_outbound_messages_sent_after_an_attempt"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["emergency_events.id"],
            name=op.f("fk_outbound_messages_event_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patients.id"],
            name=op.f("fk_outbound_messages_patient_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_outbound_messages_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbound_messages")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_outbound_messages_idempotency_key")),
        sa.UniqueConstraint("sid", name=op.f("uq_outbound_messages_sid")),
    )
    op.create_index(
        "ix_outbound_messages_due",
        "outbound_messages",
        ["priority", "next_attempt_at"],
        unique=False,
        postgresql_where=sa.text("status = 'PENDING'"),
    )
    op.create_index(
        op.f("ix_outbound_messages_event_id"), "outbound_messages", ["event_id"], unique=False
    )
    op.create_index(
        "ix_outbound_messages_sending",
        "outbound_messages",
        ["lease_until"],
        unique=False,
        postgresql_where=sa.text("status = 'SENDING'"),
    )
    op.create_index(
        op.f("ix_outbound_messages_user_id_created_at"),
        "outbound_messages",
        ["user_id", "created_at"],
        unique=False,
    )
    op.create_table(
        "notifications",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_user_id", sa.Uuid(), nullable=False),
        sa.Column("outbound_id", sa.Uuid(), nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column(
            "sent_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_read", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "counts_toward_limit", sa.Boolean(), server_default=sa.text("true"), nullable=False
        ),
        sa.Column("local_day", sa.Date(), nullable=True),
        sa.Column("slot", sa.Integer(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(slot IS NULL) = (local_day IS NULL)", name=op.f("ck_notifications_slot_of_a_day")
        ),
        sa.CheckConstraint("slot BETWEEN 1 AND 5", name=op.f("ck_notifications_slot_1_to_5")),
        sa.CheckConstraint(
            "slot IS NULL OR counts_toward_limit", name=op.f("ck_notifications_slot_counts")
        ),
        sa.ForeignKeyConstraint(
            ["outbound_id"],
            ["outbound_messages.id"],
            name=op.f("fk_notifications_outbound_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patients.id"],
            name=op.f("fk_notifications_patient_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recipient_user_id"],
            ["users.id"],
            name=op.f("fk_notifications_recipient_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
        sa.UniqueConstraint("outbound_id", name=op.f("uq_notifications_outbound_id")),
        sa.UniqueConstraint(
            "patient_id",
            "local_day",
            "slot",
            name=op.f("uq_notifications_patient_id_local_day_slot"),
        ),
    )
    op.create_index(
        op.f("ix_notifications_patient_id_is_read"),
        "notifications",
        ["patient_id", "is_read"],
        unique=False,
    )
    op.create_index(
        "ix_notifications_patient_id_sent_at",
        "notifications",
        ["patient_id", sa.literal_column("sent_at DESC")],
        unique=False,
    )
    op.add_column(
        "emergency_events",
        sa.Column("follow_ups_done", sa.Integer(), server_default="0", nullable=False),
    )
    op.create_index(
        "ix_emergency_events_follow_up",
        "emergency_events",
        ["follow_up_reading_at"],
        unique=False,
        postgresql_where=sa.text("follow_up_reading_at IS NOT NULL"),
    )
    op.add_column(
        "medication_logs", sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("medication_logs", sa.Column("reminder_message_id", sa.Uuid(), nullable=True))
    op.create_index(
        "ix_medication_logs_to_remind",
        "medication_logs",
        ["remind_at"],
        unique=False,
        postgresql_where=sa.text("status = 'PENDING' AND reminder_message_id IS NULL"),
    )
    op.create_foreign_key(
        op.f("fk_medication_logs_reminder_message_id"),
        "medication_logs",
        "outbound_messages",
        ["reminder_message_id"],
        ["id"],
        ondelete="SET NULL",
    )


def downgrade() -> None:
    op.drop_constraint(
        op.f("fk_medication_logs_reminder_message_id"), "medication_logs", type_="foreignkey"
    )
    op.drop_index(
        "ix_medication_logs_to_remind",
        table_name="medication_logs",
        postgresql_where=sa.text("status = 'PENDING' AND reminder_message_id IS NULL"),
    )
    op.drop_column("medication_logs", "reminder_message_id")
    op.drop_column("medication_logs", "remind_at")
    op.drop_index(
        "ix_emergency_events_follow_up",
        table_name="emergency_events",
        postgresql_where=sa.text("follow_up_reading_at IS NOT NULL"),
    )
    op.drop_column("emergency_events", "follow_ups_done")
    op.drop_table("notifications")
    op.drop_table("outbound_messages")
    op.drop_table("parked_statuses")
    STATUS.drop(op.get_bind())
