"""The rows of pooled questions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Stamped


class PooledQuestion(Stamped, Base):
    """One question of a doctor's patients, however many of them asked it."""

    __tablename__ = "pooled_questions"
    __table_args__ = (
        CheckConstraint("patient_count >= 0", name="patient_count"),
        CheckConstraint("is_answered = (answered_at IS NOT NULL)", name="answered"),
        Index(None, "doctor_id", "is_answered"),
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
