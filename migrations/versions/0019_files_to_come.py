"""Find the files that wait for their person to write.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_outbound_messages_files_to_come",
        "outbound_messages",
        ["user_id"],
        postgresql_where=sa.text("status = 'PENDING' AND media IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_outbound_messages_files_to_come", "outbound_messages")
