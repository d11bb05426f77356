"""Which file a message brings, by its kind.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbound_messages", sa.Column("media", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("outbound_messages", "media")
