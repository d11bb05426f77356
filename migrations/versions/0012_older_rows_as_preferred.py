"""The rules that 0011 made for new rows hold for the older ones too.

Revision ID: 0012
Revises: 0011
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE users VALIDATE CONSTRAINT ck_users_quiet_from_hh_mm")
    op.execute("ALTER TABLE users VALIDATE CONSTRAINT ck_users_quiet_until_hh_mm")
    op.execute("ALTER TABLE patients VALIDATE CONSTRAINT ck_patients_other_messages_a_day")


def downgrade() -> None:
    """Leave it: 0011 takes the rules away whole."""
