"""The rule that 0025 made for new rows holds for the people who are there too.

Revision ID: 0026
Revises: 0025
"""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE users VALIDATE CONSTRAINT ck_users_timezone")


def downgrade() -> None:
    """Leave it: 0025 takes the rule away whole."""
