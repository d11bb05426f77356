"""Each time of a medicine stands by itself: no empty one, no two in one.

0005 looks at the times joined, where `{""}` is like `{}` and `{"08:00,20:00"}` like two times. The
rule holds for new rows at once; 0008 looks at the rows that are there.

Revision ID: 0007
Revises: 0006
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

RULE = (
    "length(array_to_string(scheduled_times, ',', ''))"
    " = greatest(6 * cardinality(scheduled_times) - 1, 0)"
)


def upgrade() -> None:
    op.create_check_constraint(
        op.f("ck_medications_scheduled_times_one_each"),
        "medications",
        RULE,
        postgresql_not_valid=True,
    )


def downgrade() -> None:
    op.drop_constraint(
        op.f("ck_medications_scheduled_times_one_each"), "medications", type_="check"
    )
