"""What a reading was before it was corrected, told of anew or taken back.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

STATE = postgresql.ENUM(name="glucose_state", create_type=False)


def upgrade() -> None:
    op.create_table(
        "reading_edits",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("reading_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("old_value", sa.Double(precision=53), nullable=False),
        sa.Column("old_state", STATE, nullable=False),
        sa.Column("new_value", sa.Double(precision=53), nullable=True),
        sa.Column("new_state", STATE, nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_by", sa.Uuid(), nullable=False),
        sa.Column("message_sid", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patients.id"],
            name=op.f("fk_reading_edits_patient_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_edits")),
    )
    op.create_index(
        op.f("ix_reading_edits_patient_id_edited_at"), "reading_edits", ["patient_id", "edited_at"]
    )


def downgrade() -> None:
    op.drop_table("reading_edits")
