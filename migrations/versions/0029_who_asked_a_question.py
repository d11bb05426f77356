"""Who asked a pooled question, and how a doctor names it.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

QUESTIONS = "pooled_questions"
ASKERS = "pooled_question_askers"


def upgrade() -> None:
    about = postgresql.JSONB(none_as_null=True)
    op.add_column(QUESTIONS, sa.Column("number", sa.Integer(), nullable=True))
    op.add_column(QUESTIONS, sa.Column("about", about, nullable=True))
    for name in ("is_urgent", "is_refused"):
        no = sa.text("false")
        op.add_column(QUESTIONS, sa.Column(name, sa.Boolean(), server_default=no, nullable=False))
    op.create_table(
        ASKERS,
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("about", about, nullable=True),
        sa.Column(
            "asked_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["question_id"], [f"{QUESTIONS}.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("question_id", "patient_id"),
    )
    op.create_index(op.f("ix_pooled_question_askers_patient_id"), ASKERS, ["patient_id"])
    op.create_index(
        "ix_pooled_questions_number",
        QUESTIONS,
        ["doctor_id", "number"],
        unique=True,
        postgresql_where=sa.text("NOT is_answered"),
    )
    op.create_check_constraint(op.f("ck_pooled_questions_number"), QUESTIONS, "number > 0")
    refused = "is_answered OR NOT is_refused"
    op.create_check_constraint(op.f("ck_pooled_questions_refused"), QUESTIONS, refused)


def downgrade() -> None:
    op.drop_table(ASKERS)
    op.drop_constraint(op.f("ck_pooled_questions_refused"), QUESTIONS, type_="check")
    op.drop_constraint(op.f("ck_pooled_questions_number"), QUESTIONS, type_="check")
    op.drop_index("ix_pooled_questions_number", QUESTIONS)
    for name in ("is_refused", "is_urgent", "about", "number"):
        op.drop_column(QUESTIONS, name)
