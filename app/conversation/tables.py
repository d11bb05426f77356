"""The rows of conversations: where each person stands."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Stamped


class Conversation(Stamped, Base):
    """One person's place in the flows, written in each turn's own transaction."""

    __tablename__ = "conversations"
    __table_args__ = (Index(None, "waits_until"),)

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    node: Mapped[dict[str, Any]] = mapped_column(JSONB)
    wait_token: Mapped[str | None]
    waits_until: Mapped[datetime | None]
