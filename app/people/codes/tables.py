"""The row of a one-time code."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.people.codes.code import TRIES


class OneTimeCode(Base):
    """An invitation of a patient to one number; the code itself is nowhere, only its keyed hash.

    `right_at` is when the right code came, `used_at` when whoever sent it had agreed too.
    """

    __tablename__ = "one_time_codes"
    __table_args__ = (
        CheckConstraint(f"tries BETWEEN 0 AND {TRIES}", name="tries"),
        Index(None, "phone_number"),
        Index(None, "patient_id", "sent_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id", ondelete="CASCADE"))
    phone_number: Mapped[str]
    code_hash: Mapped[str]
    patient_is: Mapped[str | None]
    may_log: Mapped[bool]
    may_see: Mapped[bool]
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(server_default=text("0"))
    right_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
