"""The rule that 0009 made for new meals holds for the older ones too.

Revision ID: 0010
Revises: 0009
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE meals VALIDATE CONSTRAINT ck_meals_food_quantities")


def downgrade() -> None:
    """Leave it: 0009 takes the rule away whole."""
