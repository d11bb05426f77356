"""What a meter showed where no reading can keep the value.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

DISPLAY = postgresql.ENUM("HI", "LO", name="meter_display")


def upgrade() -> None:
    DISPLAY.create(op.get_bind())
    of_ours = postgresql.ENUM(name="meter_display", create_type=False)
    op.add_column("emergency_events", sa.Column("beyond_range", of_ours, nullable=True))


def downgrade() -> None:
    op.drop_column("emergency_events", "beyond_range")
    DISPLAY.drop(op.get_bind())
