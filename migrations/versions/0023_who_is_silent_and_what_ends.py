"""Who is silent, and which medicine ends, is found at once.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_whatsapp_addresses_last_inbound_at", "whatsapp_addresses", ["last_inbound_at"]
    )
    op.create_index(
        "ix_medications_end_date",
        "medications",
        ["end_date"],
        postgresql_where=sa.text("is_active AND end_date IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_medications_end_date", table_name="medications")
    op.drop_index("ix_whatsapp_addresses_last_inbound_at", table_name="whatsapp_addresses")
