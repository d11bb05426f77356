"""The rows of glucose readings."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Stamped
from app.parsing.meanings import GlucoseState

GLUCOSE_STATE = Enum(GlucoseState, name="glucose_state")
DATA_SOURCE = Enum("MANUAL", "OCR_PHOTO", "BLUETOOTH", "VOICE", name="data_source")


class GlucoseReading(Stamped, Base):
    """A reading in mg/dL; its time is part of its key, as a hypertable demands.

    `logged_by` is the user who told it, the patient or a caregiver; null where that is not known.
    It is no reference: the reading outlives whoever told it.
    """

    __tablename__ = "glucose_readings"
    __table_args__ = (
        CheckConstraint("value BETWEEN 40 AND 600", name="value_40_to_600"),
        CheckConstraint("unit IN ('mg/dL', 'mmol/L')", name="unit"),
        Index("ix_glucose_readings_patient_id_recorded_at", "patient_id", text("recorded_at DESC")),
        Index(None, "patient_id", "state"),
        Index(None, "is_emergency"),
        Index(None, "recorded_at"),
    )

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patients.id", ondelete="CASCADE"), primary_key=True
    )
    recorded_at: Mapped[datetime] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    value: Mapped[float]
    unit: Mapped[str] = mapped_column(server_default="mg/dL")
    state: Mapped[GlucoseState] = mapped_column(GLUCOSE_STATE)
    source: Mapped[str] = mapped_column(DATA_SOURCE)
    photo_url: Mapped[str | None]
    notes: Mapped[str | None]
    is_emergency: Mapped[bool] = mapped_column(server_default=text("false"))
    is_synced: Mapped[bool] = mapped_column(server_default=text("false"))
    related_meal_id: Mapped[UUID | None]
    logged_by: Mapped[UUID | None]


class ReadingEdit(Base):
    """What a reading was before it was put right, and what it became; rows are never changed.

    `new_value` and `new_state` are null where the reading was taken back. The reading itself may
    be gone, and `edited_by`, a user, may leave: neither is a foreign key.
    """

    __tablename__ = "reading_edits"
    __table_args__ = (Index(None, "patient_id", "edited_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id", ondelete="CASCADE"))
    reading_id: Mapped[UUID]
    recorded_at: Mapped[datetime]
    old_value: Mapped[float]
    old_state: Mapped[GlucoseState] = mapped_column(GLUCOSE_STATE)
    new_value: Mapped[float | None]
    new_state: Mapped[GlucoseState | None] = mapped_column(GLUCOSE_STATE)
    edited_at: Mapped[datetime]
    edited_by: Mapped[UUID]
    message_sid: Mapped[str]
