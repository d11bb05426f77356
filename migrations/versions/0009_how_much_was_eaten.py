"""How much was eaten of each food of a meal, and whether a test after it was offered.

The new rule holds for new rows at once; 0010 looks at the rows that are there.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

RULE = "cardinality(food_quantities) IN (0, cardinality(recognized_foods))"


def upgrade() -> None:
    op.add_column(
        "meals",
        sa.Column(
            "food_quantities",
            postgresql.ARRAY(sa.Double(precision=53)),
            server_default="{}",
            nullable=False,
        ),
    )
    op.add_column("meals", sa.Column("test_offered_at", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(
        op.f("ck_meals_food_quantities"), "meals", RULE, postgresql_not_valid=True
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_meals_food_quantities"), "meals", type_="check")
    op.drop_column("meals", "test_offered_at")
    op.drop_column("meals", "food_quantities")
