"""The rows of health records: what each paper is, and what was read off it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Enum, ForeignKey, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Stamped

RECORD_TYPE = Enum(
    *("BLOOD_TEST", "LAB_REPORT", "PRESCRIPTION", "IMAGING", "DOCTOR_NOTE", "OTHER"),
    name="health_record_type",
)
CATEGORY = Enum("LIVER", "KIDNEY", "HEART", "DIABETES", "GENERAL", name="health_record_category")


class HealthRecord(Stamped, Base):
    """A paper of a patient; `record_date` is the day of the test, not of its upload."""

    __tablename__ = "health_records"
    __table_args__ = (
        CheckConstraint("file_size_bytes >= 0", name="file_size_bytes"),
        Index("ix_health_records_patient_id_record_date", "patient_id", text("record_date DESC")),
        Index(None, "record_type"),
        Index(None, "category"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id", ondelete="CASCADE"))
    file_url: Mapped[str]
    file_name: Mapped[str]
    file_type: Mapped[str]
    file_size_bytes: Mapped[int]
    record_type: Mapped[str] = mapped_column(RECORD_TYPE)
    category: Mapped[str] = mapped_column(CATEGORY)
    record_date: Mapped[datetime]
    description: Mapped[str | None]
    extracted_text: Mapped[str | None]
    extracted_markers: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    shared_with_doctors: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default="{}")
