"""The rule that 0007 made for new rows holds for the older ones too.

Revision ID: 0008
Revises: 0007
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE medications VALIDATE CONSTRAINT ck_medications_scheduled_times_one_each"
    )


def downgrade() -> None:
    """Leave it: 0007 takes the rule away whole."""
