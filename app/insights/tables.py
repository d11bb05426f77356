"""The rows of patterns: what was seen in a patient's readings, and how sure it is."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, text, true
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
