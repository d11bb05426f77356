"""What a person prefers: quiet hours, how many other messages a day; which doctor was agreed to.

The rules hold for new rows at once; 0012 looks at the rows that are there.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

HH_MM = "'^([01][0-9]|2[0-3]):[0-5][0-9]$'"
RULES = {
    ("users", "quiet_from_hh_mm"): f"quiet_from ~ {HH_MM}",
    ("users", "quiet_until_hh_mm"): f"quiet_until ~ {HH_MM}",
    ("patients", "other_messages_a_day"): "other_messages_a_day BETWEEN 0 AND 5",
}


def upgrade() -> None:
    op.add_column(
        "users", sa.Column("quiet_from", sa.Text(), server_default="22:00", nullable=False)
    )
    op.add_column(
        "users", sa.Column("quiet_until", sa.Text(), server_default="07:00", nullable=False)
    )
    op.add_column(
        "patients",
        sa.Column("other_messages_a_day", sa.Integer(), server_default="2", nullable=False),
    )
    op.add_column("consents", sa.Column("doctor_id", sa.Uuid(), nullable=True))
    for (table, name), rule in RULES.items():
        op.create_check_constraint(
            op.f(f"ck_{table}_{name}"), table, rule, postgresql_not_valid=True
        )


def downgrade() -> None:
    for table, name in RULES:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    op.drop_column("consents", "doctor_id")
    op.drop_column("patients", "other_messages_a_day")
    op.drop_column("users", "quiet_until")
    op.drop_column("users", "quiet_from")
