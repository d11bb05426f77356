"""What is due is found at once, however many people there are.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_meals_test_due_at", "meals", ["test_due_at", "patient_id"], "test_due_at IS NOT NULL"),
    (
        "ix_medication_logs_due",
        "medication_logs",
        ["remind_at", "patient_id"],
        "status = 'PENDING' AND reminder_message_id IS NULL",
    ),
    (
        "ix_medication_logs_pending",
        "medication_logs",
        ["scheduled_time", "medication_id"],
        "status = 'PENDING'",
    ),
    (
        "ix_medications_made_until",
        "medications",
        ["made_until"],
        (
            "is_active AND cardinality(scheduled_times) > 0"
            " AND (paused_at IS NULL OR paused_until IS NOT NULL)"
        ),
    ),
    (
        "ix_outbound_messages_pending_of_patient",
        "outbound_messages",
        ["patient_id"],
        "status = 'PENDING' AND counts_toward_limit",
    ),
)
OLD = (
    "ix_medication_logs_to_remind",
    "medication_logs",
    ["remind_at"],
    "status = 'PENDING' AND reminder_message_id IS NULL",
)


def upgrade() -> None:
    op.add_column("meals", sa.Column("test_due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "medications",
        sa.Column(
            "made_until",
            sa.DateTime(timezone=True),
            server_default="1970-01-01 00:00:00+00:00",
            nullable=False,
        ),
    )
    for name, table, columns, where in INDEXES:
        op.create_index(name, table, columns, postgresql_where=sa.text(where))
    op.drop_index(OLD[0], table_name=OLD[1])


def downgrade() -> None:
    name, table, columns, where = OLD
    op.create_index(name, table, columns, postgresql_where=sa.text(where))
    for name, table, _columns, _where in reversed(INDEXES):
        op.drop_index(name, table_name=table)
    op.drop_column("medications", "made_until")
    op.drop_column("meals", "test_due_at")
