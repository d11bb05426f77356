"""The rule that 0013 made for new rows holds for the older medicines too.

Revision ID: 0014
Revises: 0013
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE medications VALIDATE CONSTRAINT ck_medications_paused")


def downgrade() -> None:
    """Leave it: 0013 takes the rule away whole."""
