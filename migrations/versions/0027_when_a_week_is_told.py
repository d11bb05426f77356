"""When a patient's week is told.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("patients", sa.Column("week_due_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_patients_week_due_at", "patients", ["week_due_at"])


def downgrade() -> None:
    op.drop_index("ix_patients_week_due_at", table_name="patients")
    op.drop_column("patients", "week_due_at")
