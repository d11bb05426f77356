"""Who told a reading, and what a patient is to a caregiver.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
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
