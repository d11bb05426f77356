"""The rows of messages: what came in, what goes out, and what counts toward the day's five."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Enum,
    ForeignKey,
    Index,
    UniqueConstraint,
    Uuid,
    func,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Stamped
from app.messaging.message import Source
from app.messaging.outbox.outgoing import Status

SOURCE = Enum(Source, name="inbound_source")
STATUS = Enum(Status, name="outbound_status")


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
    form: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    button_payload: Mapped[str | None]
    media_count: Mapped[int] = mapped_column(server_default="0")
    received_at: Mapped[datetime]
    kept_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(server_default="0")
    error: Mapped[str | None]
    answer: Mapped[list[str] | None] = mapped_column(JSONB(none_as_null=True))
    is_emergency: Mapped[bool] = mapped_column(server_default=text("false"))


class Outbound(Stamped, Base):
    """Something to be said of our own accord, until it is read, has failed or is stale.

    `texts` are msgids with what they stand for, so that a text can still become a template. Where
    they are about several patients, `about` says of each text whom it is about, null for nobody.
    """

    __tablename__ = "outbound_messages"
    __table_args__ = (
        CheckConstraint(
            "(status IN ('PENDING', 'CANCELLED') OR attempts > 0)", name="sent_after_an_attempt"
        ),
        Index(
            "ix_outbound_messages_due",
            "priority",
            "next_attempt_at",
            postgresql_where=text("status = 'PENDING'"),
        ),
        Index(
            "ix_outbound_messages_sending",
            "lease_until",
            postgresql_where=text("status = 'SENDING'"),
        ),
        Index(
            "ix_outbound_messages_unreported",
            "accepted_at",
            postgresql_where=text("status = 'ACCEPTED' AND priority = 0"),
        ),
        Index(
            "ix_outbound_messages_files_to_come",
            "user_id",
            postgresql_where=text("status = 'PENDING' AND media IS NOT NULL"),
        ),
        Index(
            "ix_outbound_messages_pending_of_patient",
            "patient_id",
            postgresql_where=text("status = 'PENDING' AND counts_toward_limit"),
        ),
        Index(None, "user_id", "created_at"),
        Index(None, "event_id"),
        Index(
            "ix_outbound_messages_about",
            "about",
            postgresql_using="gin",
            postgresql_where=text("about IS NOT NULL"),
        ),
        Index(None, "patient_id", "queued_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    patient_id: Mapped[UUID | None] = mapped_column(ForeignKey("patients.id", ondelete="CASCADE"))
    event_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("emergency_events.id", ondelete="SET NULL")
    )
    purpose: Mapped[str]
    priority: Mapped[int]
    language: Mapped[str]
    texts: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    about: Mapped[list[UUID | None] | None] = mapped_column(ARRAY(Uuid))
    media: Mapped[str | None]
    counts_toward_limit: Mapped[bool] = mapped_column(server_default=text("false"))
    status: Mapped[Status] = mapped_column(STATUS, server_default="PENDING")
    attempts: Mapped[int] = mapped_column(server_default="0")
    next_attempt_at: Mapped[datetime]
    not_after: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    sid: Mapped[str | None] = mapped_column(unique=True)
    error_code: Mapped[str | None]
    queued_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]


class Notification(Base):
    """What was sent of our own accord, and the slot of the patient's day that it holds.

    A counted one holds one of the slots 1 to 5; no code path and no session can exceed five.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("patient_id", "local_day", "slot"),
        CheckConstraint("channel IN ('PUSH', 'WHATSAPP', 'EMAIL')", name="channel"),
        CheckConstraint("slot BETWEEN 1 AND 5", name="slot_1_to_5"),
        CheckConstraint("(slot IS NULL) = (local_day IS NULL)", name="slot_of_a_day"),
        CheckConstraint("slot IS NULL OR counts_toward_limit", name="slot_counts"),
        Index("ix_notifications_patient_id_sent_at", "patient_id", text("sent_at DESC")),
        Index(None, "patient_id", "is_read"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id", ondelete="CASCADE"))
    recipient_user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    outbound_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("outbound_messages.id", ondelete="SET NULL"), unique=True
    )
    type: Mapped[str]
    title: Mapped[str]
    body: Mapped[str]
    channel: Mapped[str]
    sent_at: Mapped[datetime] = mapped_column(server_default=func.now())
    read_at: Mapped[datetime | None]
    is_read: Mapped[bool] = mapped_column(server_default=text("false"))
    counts_toward_limit: Mapped[bool] = mapped_column(server_default=true())
    local_day: Mapped[date | None]
    slot: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ParkedStatus(Base):
    """A status report whose SID is not known yet: it can come before our own commit of the SID."""

    __tablename__ = "parked_statuses"

    sid: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[Status] = mapped_column(STATUS, primary_key=True)
    error_code: Mapped[str | None]
    received_at: Mapped[datetime]


class Message(Base):
    """A message between a doctor and a patient; both are users."""

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint("is_read = (read_at IS NOT NULL)", name="read"),
        Index(None, "sender_id", "receiver_id"),
        Index(None, "receiver_id", "is_read"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    sender_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    receiver_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    subject: Mapped[str | None]
    body: Mapped[str]
    is_read: Mapped[bool] = mapped_column(server_default=text("false"))
    read_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
