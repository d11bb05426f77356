"""The row of the log of access."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class AccessLog(Base):
    """Who looked at or changed another's data, of which kind, and when; never what was there.

    `viewer_user_id` is no reference: who looked is still known when they have left.
    """

    __tablename__ = "access_log"
    __table_args__ = (Index(None, "patient_id", "at"), Index(None, "at"))

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    viewer_user_id: Mapped[UUID]
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id", ondelete="CASCADE"))
    relation: Mapped[str]
    need: Mapped[str]
    at: Mapped[datetime]
