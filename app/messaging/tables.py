"""The rows of messages that came in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Enum, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Stamped
from app.messaging.message import Source

SOURCE = Enum(Source, name="inbound_source")


class Inbound(Stamped, Base):
    """A message as it came and as it was answered.

    `body`, `form` and `answer` are blanked where the person has not agreed that they are kept.
    """

    __tablename__ = "inbound_messages"
    __table_args__ = (
        Index("ix_inbound_messages_address_received_at", "address", text("received_at DESC")),
        Index(
            "ix_inbound_messages_unhandled",
            "received_at",
            postgresql_where=text("handled_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sid: Mapped[str] = mapped_column(unique=True)
    address: Mapped[str] = mapped_column(
        ForeignKey("whatsapp_addresses.address", ondelete="CASCADE")
    )
    source: Mapped[Source] = mapped_column(SOURCE)
    body: Mapped[str | None]
    form: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    button_payload: Mapped[str | None]
    media_count: Mapped[int] = mapped_column(server_default="0")
    received_at: Mapped[datetime]
    kept_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(server_default="0")
    error: Mapped[str | None]
    answer: Mapped[list[str] | None] = mapped_column(JSONB)
    is_emergency: Mapped[bool] = mapped_column(server_default=text("false"))
