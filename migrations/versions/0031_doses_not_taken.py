"""Doses that were missed or skipped are found by when they were due.

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_medication_logs_not_taken",
        "medication_logs",
        ["scheduled_time", "patient_id"],
        postgresql_where=sa.text("status IN ('MISSED', 'SKIPPED')"),
    )


def downgrade() -> None:
    op.drop_index("ix_medication_logs_not_taken", table_name="medication_logs")
