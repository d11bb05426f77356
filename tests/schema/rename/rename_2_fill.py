"""Step 2: the rows that were there before the new column have it filled.

After it, the application that writes the new column is deployed, host by host.
"""

from migrations.batches import Backfill, fill

revision = "rename_2"
down_revision = "rename_1"

GOALS = Backfill(
    table="patients",
    key=("id",),
    change="hba1c_goal = target_hba1c",
    todo="hba1c_goal IS DISTINCT FROM target_hba1c",
)


def upgrade() -> None:
    fill(GOALS, rows=3)


def downgrade() -> None:
    """Leave them: both columns say the same."""
