"""The rule that 0023 made for new rows holds for the people who are there too.

Revision ID: 0024
Revises: 0023
"""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE users VALIDATE CONSTRAINT ck_users_timezone")


def downgrade() -> None:
    """Leave it: 0023 takes the rule away whole."""
