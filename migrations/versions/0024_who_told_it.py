"""Who told a reading, and what a patient is to a caregiver.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("glucose_readings", sa.Column("logged_by", sa.Uuid(), nullable=True))
    op.add_column(
        "caregiver_patient_connections", sa.Column("patient_is", sa.Text(), nullable=True)
    )


def downgrade() -> None:
    op.drop_column("caregiver_patient_connections", "patient_is")
    op.drop_column("glucose_readings", "logged_by")
