"""The rows of emergencies."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Stamped
from app.emergency.event import EmergencyStatus, EmergencyType, Level
from app.parsing.meanings import Display

TYPE = Enum(EmergencyType, name="emergency_type")
STATUS = Enum(EmergencyStatus, name="emergency_status")
DISPLAY = Enum(Display, name="meter_display")
LEVELS = ", ".join(f"'{level}'" for level in Level)


class EmergencyEventRow(Stamped, Base):
    """A danger, from its first message until it is resolved; at most one open of each type."""

    __tablename__ = "emergency_events"
    __table_args__ = (
        CheckConstraint(f"level IN ({LEVELS})", name="level"),
        CheckConstraint("(status = 'RESOLVED') = (resolved_at IS NOT NULL)", name="resolved"),
        Index(None, "patient_id", "status"),
        Index(
            "ix_emergency_events_follow_up",
            "follow_up_reading_at",
            postgresql_where=text("follow_up_reading_at IS NOT NULL"),
        ),
        Index("ix_emergency_events_created_at", text("created_at DESC")),
        Index(
            "uq_emergency_events_open",
            "patient_id",
            "type",
            unique=True,
            postgresql_where=text("status <> 'RESOLVED'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id", ondelete="CASCADE"))
    type: Mapped[EmergencyType] = mapped_column(TYPE)
    level: Mapped[str]
    status: Mapped[EmergencyStatus] = mapped_column(STATUS, server_default="ACTIVE")
    glucose_value: Mapped[float | None]
    beyond_range: Mapped[Display | None] = mapped_column(DISPLAY)
    instructions: Mapped[str]
    round: Mapped[int] = mapped_column(server_default="1")
    normal_values: Mapped[int] = mapped_column(server_default="0")
    opened_at: Mapped[datetime]
    escalated_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    follow_up_reading_at: Mapped[datetime | None]
    follow_ups_done: Mapped[int] = mapped_column(server_default="0")
