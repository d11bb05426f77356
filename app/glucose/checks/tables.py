"""The rows of tests that are asked for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Stamped

HH_MM = "at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'"


class GlucoseCheck(Stamped, Base):
    """A time of the day, in the person's zone, at which to be reminded of a test.

    `next_at` is when that is next; reminded of or passed over, it is moved to the day after.
    """

    __tablename__ = "glucose_checks"
    __table_args__ = (
        UniqueConstraint("patient_id", "at"),
        CheckConstraint(HH_MM, name="at_hh_mm"),
        Index(None, "next_at", "patient_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id", ondelete="CASCADE"))
    at: Mapped[str]
    next_at: Mapped[datetime]
