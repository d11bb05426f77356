"""The rows of patterns, what was seen and how sure it is, and of health scores."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, text, true
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Stamped

PATTERN_TYPE = Enum(
    "FOOD_GLUCOSE_CORRELATION", "ACTIVITY_IMPACT", "MEDICATION_CONSISTENCY", name="pattern_type"
)


class Pattern(Stamped, Base):
    """A pattern of one patient; increases in mg/dL."""

    __tablename__ = "patterns"
    __table_args__ = (
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
        CheckConstraint("sample_size >= 0", name="sample_size"),
        Index(None, "patient_id", "type", "is_active"),
        Index(None, "confidence"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id", ondelete="CASCADE"))
    type: Mapped[str] = mapped_column(PATTERN_TYPE)
    food_item: Mapped[str | None]
    avg_glucose_increase: Mapped[float | None]
    better_alternative: Mapped[str | None]
    confidence: Mapped[float]
    sample_size: Mapped[int]
    detected_at: Mapped[datetime]
    is_active: Mapped[bool] = mapped_column(server_default=true())


class HealthScore(Base):
    """A patient's score as it stood at the end of a day, or stands, and what it was made of.

    `value` is null where not enough was known; `inputs` are the counts of the formula.
    """

    __tablename__ = "health_scores"
    __table_args__ = (
        CheckConstraint("value BETWEEN 0 AND 100", name="value"),
        Index(None, "on_day"),
    )

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patients.id", ondelete="CASCADE"), primary_key=True
    )
    on_day: Mapped[date] = mapped_column(primary_key=True)
    scored_at: Mapped[datetime]
    value: Mapped[float | None]
    is_provisional: Mapped[bool]
    inputs: Mapped[dict[str, Any]] = mapped_column(JSONB)
