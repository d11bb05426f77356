"""The rules that 0005 made for new rows hold for the older ones too.

Each table is read under a lock that lets others read and write.

Revision ID: 0006
Revises: 0005
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

RULES = (
    ("doctors", "revenue_share_percentage"),
    ("doctor_patient_connections", "revenue_share_percentage"),
    ("medications", "scheduled_times_hh_mm"),
    ("notifications", "channel"),
)


def upgrade() -> None:
    for table, name in RULES:
        op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT ck_{table}_{name}")


def downgrade() -> None:
    """Leave them: 0005 takes the rules away whole."""
