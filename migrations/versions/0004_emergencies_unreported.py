"""Emergencies that were accepted and of which nothing is reported are found at once.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_outbound_messages_unreported",
        "outbound_messages",
        ["accepted_at"],
        unique=False,
        postgresql_where=sa.text("status = 'ACCEPTED' AND priority = 0"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_outbound_messages_unreported",
        table_name="outbound_messages",
        postgresql_where=sa.text("status = 'ACCEPTED' AND priority = 0"),
    )
