"""When the next digest of each caregiver and doctor is due, and whom a message's texts are about.

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("caregivers", "doctors"):
        op.add_column(
            table,
            sa.Column(
                "digest_due_at",
                sa.DateTime(timezone=True),
                server_default=sa.text("'1970-01-01 00:00:00+00'"),
                nullable=False,
            ),
        )
    op.add_column("outbound_messages", sa.Column("about", sa.ARRAY(sa.Uuid()), nullable=True))
    op.create_index("ix_caregivers_digest_due_at", "caregivers", ["digest_due_at"])
    op.create_index(
        "ix_doctors_digest_due_at",
        "doctors",
        ["digest_due_at"],
        postgresql_where=sa.text("alert_preferences = 'DAILY_DIGEST'"),
    )
    op.create_index(
        "ix_outbound_messages_about",
        "outbound_messages",
        ["about"],
        postgresql_using="gin",
        postgresql_where=sa.text("about IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_outbound_messages_about", table_name="outbound_messages")
    op.drop_index("ix_doctors_digest_due_at", table_name="doctors")
    op.drop_index("ix_caregivers_digest_due_at", table_name="caregivers")
    op.drop_column("outbound_messages", "about")
    op.drop_column("doctors", "digest_due_at")
    op.drop_column("caregivers", "digest_due_at")
