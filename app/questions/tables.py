"""The rows of pooled questions, and of who asked them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Stamped


class PooledQuestion(Stamped, Base):
    """One question of a doctor's patients, however many of them asked it.

    `number` is how the doctor names it while it is open and for a while after; `about` is what it
    asks of what, as `app.parsing.topics` reads it.
    """

    __tablename__ = "pooled_questions"
    __table_args__ = (
        CheckConstraint("patient_count >= 0", name="patient_count"),
        CheckConstraint("is_answered = (answered_at IS NOT NULL)", name="answered"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("is_answered OR NOT is_refused", name="refused"),
        Index(None, "doctor_id", "is_answered"),
        Index(
            "ix_pooled_questions_number",
            "doctor_id",
            "number",
            unique=True,
            postgresql_where=text("NOT is_answered"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    doctor_id: Mapped[UUID] = mapped_column(ForeignKey("doctors.id", ondelete="CASCADE"))
    question: Mapped[str]
    patient_count: Mapped[int] = mapped_column(server_default="1")
    first_asked_at: Mapped[datetime] = mapped_column(server_default=func.now())
    last_asked_at: Mapped[datetime] = mapped_column(server_default=func.now())
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("doctors.id", ondelete="SET NULL"))
    is_answered: Mapped[bool] = mapped_column(server_default=text("false"))
    number: Mapped[int | None]
    about: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    is_urgent: Mapped[bool] = mapped_column(server_default=text("false"))
    is_refused: Mapped[bool] = mapped_column(server_default=text("false"))


class PooledQuestionAsker(Base):
    """A patient who asked a pooled question, in their own words."""

    __tablename__ = "pooled_question_askers"
    __table_args__ = (Index(None, "patient_id"),)

    question_id: Mapped[UUID] = mapped_column(
        ForeignKey("pooled_questions.id", ondelete="CASCADE"), primary_key=True
    )
    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patients.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[str]
    language: Mapped[str]
    about: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    asked_at: Mapped[datetime] = mapped_column(server_default=func.now())
