"""The rows of medicines and of their doses."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Enum,
    ForeignKey,
    Index,
    Text,
    UniqueConstraint,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Stamped

FREQUENCY = Enum(
    "ONCE_DAILY", "TWICE_DAILY", "THRICE_DAILY", "AS_NEEDED", name="medication_frequency"
)
STATUS = Enum("PENDING", "TAKEN", "TAKEN_LATE", "MISSED", "SKIPPED", name="medication_status")


HH_MM = "([01][0-9]|2[0-3]):[0-5][0-9]"
TIMES = f"^({HH_MM}(,{HH_MM})*)?$"
"""Times of the day as `array_to_string` joins them."""
ONE_EACH = (
    "length(array_to_string(scheduled_times, ',', ''))"
    " = greatest(6 * cardinality(scheduled_times) - 1, 0)"
)
"""No element is empty, and none holds two times: either would pass when joined."""


HAS_TIMES = "cardinality(scheduled_times) > 0"
IS_TO_BE_MADE = "(paused_at IS NULL OR paused_until IS NOT NULL)"
NOT_MADE = datetime(1970, 1, 1, tzinfo=UTC)
"""Until when doses are made of a medicine that none are made of, or all are to be made anew."""


class Medication(Stamped, Base):
    """A medicine of a patient; `prescribed_by` is a doctor, or null where it is self-reported.

    `name` is the generic, `called` what the person says; paused since `paused_at` until
    `paused_until`, or until it is resumed. Its doses are made until `made_until`: whoever changes
    when it is taken sets that back to `NOT_MADE`.
    """

    __tablename__ = "medications"
    __table_args__ = (
        CheckConstraint(
            f"array_to_string(scheduled_times, ',', '') ~ '{TIMES}'", name="scheduled_times_hh_mm"
        ),
        CheckConstraint(ONE_EACH, name="scheduled_times_one_each"),
        CheckConstraint("paused_until IS NULL OR paused_at IS NOT NULL", name="paused"),
        Index(None, "patient_id", "is_active"),
        Index(None, "prescribed_by"),
        Index(
            "ix_medications_end_date",
            "end_date",
            postgresql_where=text("is_active AND end_date IS NOT NULL"),
        ),
        Index(
            "ix_medications_made_until",
            "made_until",
            postgresql_where=text(f"is_active AND {HAS_TIMES} AND {IS_TO_BE_MADE}"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id", ondelete="CASCADE"))
    prescribed_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("doctors.id", ondelete="SET NULL")
    )
    name: Mapped[str]
    called: Mapped[str | None]
    dosage: Mapped[str]
    frequency: Mapped[str] = mapped_column(FREQUENCY)
    scheduled_times: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    start_date: Mapped[datetime]
    end_date: Mapped[datetime | None]
    is_active: Mapped[bool] = mapped_column(server_default=true())
    paused_at: Mapped[datetime | None]
    paused_until: Mapped[datetime | None]
    made_until: Mapped[datetime] = mapped_column(server_default=NOT_MADE.isoformat(" "))


class MedicationLog(Stamped, Base):
    """One dose: due, taken, missed or skipped.

    `logged_by` is a user, but no foreign key: a caregiver who leaves takes no dose along.
    """

    __tablename__ = "medication_logs"
    __table_args__ = (
        UniqueConstraint("medication_id", "scheduled_time"),
        Index(None, "patient_id", "status"),
        Index(None, "scheduled_time"),
        Index(
            "ix_medication_logs_due",
            "remind_at",
            "patient_id",
            postgresql_where=text("status = 'PENDING' AND reminder_message_id IS NULL"),
        ),
        Index(
            "ix_medication_logs_reminder_message_id",
            "reminder_message_id",
            postgresql_where=text("reminder_message_id IS NOT NULL"),
        ),
        Index(
            "ix_medication_logs_not_taken",
            "scheduled_time",
            "patient_id",
            postgresql_where=text("status IN ('MISSED', 'SKIPPED')"),
        ),
        Index(
            "ix_medication_logs_pending",
            "scheduled_time",
            "medication_id",
            postgresql_where=text("status = 'PENDING'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    medication_id: Mapped[UUID] = mapped_column(ForeignKey("medications.id", ondelete="CASCADE"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id", ondelete="CASCADE"))
    scheduled_time: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    status: Mapped[str] = mapped_column(STATUS)
    logged_by: Mapped[UUID]
    notes: Mapped[str | None]
    remind_at: Mapped[datetime | None]
    reminder_message_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("outbound_messages.id", ondelete="SET NULL")
    )
