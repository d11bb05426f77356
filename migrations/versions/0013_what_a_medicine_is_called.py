"""What a person calls a medicine, and since when and until when it is paused.

The new rule holds for new rows at once; 0014 looks at the rows that are there.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

RULE = "paused_until IS NULL OR paused_at IS NOT NULL"


def upgrade() -> None:
    op.add_column("medications", sa.Column("called", sa.Text(), nullable=True))
    op.add_column("medications", sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "medications", sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_check_constraint(
        op.f("ck_medications_paused"), "medications", RULE, postgresql_not_valid=True
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_medications_paused"), "medications", type_="check")
    op.drop_column("medications", "paused_until")
    op.drop_column("medications", "paused_at")
    op.drop_column("medications", "called")
