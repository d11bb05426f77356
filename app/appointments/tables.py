"""The rows of appointments."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Enum, ForeignKey, Index, Numeric, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Stamped

STATUS = Enum(
    *("REQUESTED", "CONFIRMED", "PAYMENT_PENDING", "PAYMENT_COMPLETE", "COMPLETED", "CANCELLED"),
    name="appointment_status",
)
REASON = Enum(
    "ROUTINE_CHECKUP", "EMERGENCY", "FOLLOW_UP", "TEST_RESULTS", name="appointment_reason"
)


class Appointment(Stamped, Base):
    """A visit that a patient asked for: `duration` in minutes, `amount` in rupees."""

    __tablename__ = "appointments"
    __table_args__ = (
        CheckConstraint("duration > 0", name="duration"),
        CheckConstraint("amount >= 0", name="amount"),
        Index(None, "patient_id", "status"),
        Index(None, "doctor_id", "status"),
        Index(None, "requested_date"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id", ondelete="CASCADE"))
    doctor_id: Mapped[UUID] = mapped_column(ForeignKey("doctors.id", ondelete="CASCADE"))
    requested_date: Mapped[datetime]
    confirmed_date: Mapped[datetime | None]
    duration: Mapped[int]
    status: Mapped[str] = mapped_column(STATUS, server_default="REQUESTED")
    payment_id: Mapped[str | None]
    amount: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    payment_completed_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(REASON)
    notes: Mapped[str | None]
    pre_appointment_tasks: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
