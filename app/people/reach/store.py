"""What is kept of how people can be reached."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import Connection, Select, Text, bindparam, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from app.people.person import Role
from app.people.reach.addressee import Addressee
from app.people.tables import Patient, User, WhatsappAddress

_ABOUT = aliased(User)
_ADDRESS = (
    select(WhatsappAddress.address, WhatsappAddress.last_inbound_at)
    .where(WhatsappAddress.user_id == bindparam("user_id"))
    .order_by(WhatsappAddress.last_inbound_at.desc(), WhatsappAddress.address)
    .limit(1)
    .subquery()
)
"""The number's address comes before one without a number where both wrote at once."""
_ZONE = (
    select(_ABOUT.timezone)
    .join(Patient, Patient.user_id == _ABOUT.id)
    .where(Patient.id == bindparam("patient_id"))
    .scalar_subquery()
)
_ADDRESSEE = (
    select(
        func.coalesce(
            _ADDRESS.c.address, literal("whatsapp:", Text).concat(User.phone_number)
        ).label("address"),
        _ADDRESS.c.last_inbound_at,
        User.stopped_at,
        User.unreachable_since,
        func.coalesce(_ZONE, User.timezone).label("zone"),
    )
    .select_from(User)
    .outerjoin(_ADDRESS, literal(value=True))
    .where(User.id == bindparam("user_id"))
)


def addressee(connection: Connection, user_id: UUID, patient_id: UUID | None) -> Addressee:
    """Say how to reach a person.

    Args:
        connection: In a transaction.
        user_id: Who is written to.
        patient_id: Whom it is about; None where it is about nobody.
    """
    known = {"user_id": user_id, "patient_id": patient_id}
    row = connection.execute(_ADDRESSEE, known).one()
    return Addressee(
        row.address, row.last_inbound_at, row.stopped_at, row.unreachable_since, row.zone
    )


def with_number(connection: Connection, phone_number: str) -> UUID:
    """Give the user who has a number; one is made where nobody has it."""
    connection.execute(
        insert(User)
        .values(id=uuid5(NAMESPACE_URL, f"number:{phone_number}"), phone_number=phone_number)
        .values(role=Role.PATIENT)
        .on_conflict_do_nothing(index_elements=[User.phone_number])
    )
    return connection.execute(select(User.id).where(User.phone_number == phone_number)).scalar_one()


def addresses(user_id: UUID) -> Select[str]:
    """Give the question for all addresses of a person."""
    return select(WhatsappAddress.address).where(WhatsappAddress.user_id == user_id)


def not_reached(connection: Connection, user_id: UUID, now: datetime) -> None:
    """Note that WhatsApp refuses to reach a person."""
    connection.execute(update(User).where(User.id == user_id).values(unreachable_since=now))
