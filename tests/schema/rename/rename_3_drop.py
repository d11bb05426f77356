"""Step 3: the old column goes, once no host runs the application that knows it."""

import sqlalchemy as sa
from alembic import op

from migrations.batches import Backfill, fill
from tests.schema.rename.in_step import KEEP_IN_STEP, LET_GO

revision = "rename_3"
down_revision = "rename_2"

TARGETS = Backfill(
    table="patients",
    key=("id",),
    change="target_hba1c = hba1c_goal",
    todo="target_hba1c IS DISTINCT FROM hba1c_goal",
)


def upgrade() -> None:
    for statement in LET_GO:
        op.execute(statement)
    op.drop_column("patients", "target_hba1c")


def downgrade() -> None:
    """Bring the old column back with the new one's values.

    Making the trigger keeps writers out until the revision ends, so that what they wrote after the
    filling is taken over as well.
    """
    column: sa.Column[float] = sa.Column("target_hba1c", sa.Double(), nullable=True)
    op.add_column("patients", column, if_not_exists=True)
    fill(TARGETS, rows=3)
    for statement in KEEP_IN_STEP:
        op.execute(statement)
    op.execute(f"UPDATE patients SET {TARGETS.change} WHERE {TARGETS.todo}")  # noqa: S608 - constants
