"""A person's zone is one that there is.

The rule holds for new rows at once; 0026 looks at the people who are there.

Revision ID: 0025
Revises: 0024
"""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

RULE = (
    "CASE WHEN timezone ~ '^([A-Z][A-Za-z]+(/[A-Z][A-Za-z0-9_+-]+){1,2}|UTC)$'"
    " THEN (timestamptz '2000-01-01 00:00:00+00' AT TIME ZONE timezone) IS NOT NULL"
    " ELSE false END"
)


def upgrade() -> None:
    op.create_check_constraint(op.f("ck_users_timezone"), "users", RULE, postgresql_not_valid=True)


def downgrade() -> None:
    op.drop_constraint(op.f("ck_users_timezone"), "users", type_="check")
