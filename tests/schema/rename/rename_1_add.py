"""Step 1: the new column is there beside the old one, and follows it.

The application that runs knows the old column only, and needs not know more.
"""

import sqlalchemy as sa
from alembic import op

from tests.schema.rename.in_step import KEEP_IN_STEP, LET_GO

revision = "rename_1"
down_revision = "HEAD"


def upgrade() -> None:
    op.add_column("patients", sa.Column("hba1c_goal", sa.Double(), nullable=True))
    for statement in KEEP_IN_STEP:
        op.execute(statement)


def downgrade() -> None:
    for statement in LET_GO:
        op.execute(statement)
    op.drop_column("patients", "hba1c_goal")
