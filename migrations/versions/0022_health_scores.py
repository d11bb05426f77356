"""Health scores with what they were made of, and whose is due.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "health_scores",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", sa.Double(precision=53), nullable=True),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column("inputs", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("value BETWEEN 0 AND 100", name=op.f("ck_health_scores_value")),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patients.id"],
            name=op.f("fk_health_scores_patient_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("patient_id", "on_day", name=op.f("pk_health_scores")),
    )
    op.create_index(op.f("ix_health_scores_on_day"), "health_scores", ["on_day"])
    op.create_index(op.f("ix_patients_last_health_score_at"), "patients", ["last_health_score_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_patients_last_health_score_at"), "patients")
    op.drop_table("health_scores")
