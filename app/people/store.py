"""What is kept of people, and the locks that keep two turns of one person apart."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from app.parsing.units import Unit
from app.people.person import (
    ConsentGiven,
    DiabetesTypeGiven,
    LanguageChosen,
    MessagesStarted,
    MessagesStopped,
    NameGiven,
    Person,
    PersonEvent,
    Role,
    UnitChosen,
)
from app.people.tables import Consent, Patient, User, WhatsappAddress

_ADDRESS_SEEN = (
    insert(WhatsappAddress)
    .values(address=bindparam("address"), last_inbound_at=bindparam("now"))
    .on_conflict_do_update(
        index_elements=[WhatsappAddress.address], set_={"last_inbound_at": bindparam("now")}
    )
    .returning(WhatsappAddress.user_id)
)
_LOCKED_USER = (
    select(User)
    .where(
        User.id
        == select(WhatsappAddress.user_id)
        .where(WhatsappAddress.address == bindparam("address"))
        .scalar_subquery()
    )
    .with_for_update(key_share=True)
    .cte("u")
)
_LOCKED_PATIENT = (
    select(Patient)
    .where(Patient.user_id == select(_LOCKED_USER.c.id).scalar_subquery())
    .with_for_update(key_share=True)
    .cte("p")
)
_LOCK_PERSON = select(
    _LOCKED_USER.c.id,
    _LOCKED_USER.c.role,
    _LOCKED_USER.c.language,
    _LOCKED_USER.c.timezone,
    _LOCKED_USER.c.display_name,
    _LOCKED_USER.c.stopped_at,
    _LOCKED_PATIENT.c.id.label("patient_id"),
    _LOCKED_PATIENT.c.diabetes_type,
    _LOCKED_PATIENT.c.glucose_unit,
).select_from(
    _LOCKED_USER.outerjoin(_LOCKED_PATIENT, _LOCKED_PATIENT.c.user_id == _LOCKED_USER.c.id)
)


def address_seen(connection: Connection, address: str, now: datetime) -> UUID | None:
    """Note that an address wrote, and lock it until the transaction ends.

    Returns:
        Whose address it is; None for one never seen before.
    """
    return connection.execute(_ADDRESS_SEEN, {"address": address, "now": now}).scalar_one()


def welcome(
    connection: Connection, address: str, phone_number: str | None, *, user_id: UUID, language: str
) -> None:
    """Give a new address its user: the one who has its number, or a new patient-to-be."""
    connection.execute(
        insert(User)
        .values(id=user_id, phone_number=phone_number, role=Role.PATIENT, language=language)
        .on_conflict_do_nothing(index_elements=[User.phone_number])
    )
    owner = select(User.id).where(
        User.phone_number == phone_number if phone_number else User.id == user_id
    )
    connection.execute(
        update(WhatsappAddress)
        .where(WhatsappAddress.address == address)
        .values(user_id=owner.scalar_subquery())
    )


def also_known_as(connection: Connection, address: str, user_id: UUID, now: datetime) -> None:
    """Keep a second address of a person, such as the one that carries no number."""
    connection.execute(
        insert(WhatsappAddress)
        .values(address=address, user_id=user_id, last_inbound_at=now)
        .on_conflict_do_nothing()
    )


def lock_person(connection: Connection, address: str) -> Person:
    """Lock the user of an address, then their patient's row if there is one; say who it is."""
    row = connection.execute(_LOCK_PERSON, {"address": address}).one()
    return Person(
        user_id=row.id,
        role=row.role,
        language=row.language,
        zone=row.timezone,
        name=row.display_name,
        patient_id=row.patient_id,
        diabetes_type=row.diabetes_type,
        unit=Unit(row.glucose_unit) if row.glucose_unit else Unit.MG_DL,
        stopped_at=row.stopped_at,
    )


def apply(
    connection: Connection, user_id: UUID, event: PersonEvent, *, message_sid: str, now: datetime
) -> None:
    """Write down what a person told of themselves."""
    match event:
        case LanguageChosen(language):
            _set_user(connection, user_id, language=language)
        case NameGiven(name):
            _set_user(connection, user_id, display_name=name)
        case MessagesStopped():
            _set_user(connection, user_id, stopped_at=now)
        case MessagesStarted():
            _set_user(connection, user_id, stopped_at=None)
        case DiabetesTypeGiven(diabetes_type):
            _set_patient(connection, user_id, diabetes_type=diabetes_type)
        case UnitChosen(unit):
            _set_patient(connection, user_id, glucose_unit=unit.value)
        case ConsentGiven():
            _keep_consent(connection, user_id, event, message_sid, now)


def _set_user(connection: Connection, user_id: UUID, **values: object) -> None:
    connection.execute(update(User).where(User.id == user_id).values(**values))


def _set_patient(connection: Connection, user_id: UUID, **values: object) -> None:
    connection.execute(update(Patient).where(Patient.user_id == user_id).values(**values))


def _keep_consent(
    connection: Connection, user_id: UUID, event: ConsentGiven, message_sid: str, now: datetime
) -> None:
    connection.execute(
        insert(Consent)
        .values(
            user_id=user_id,
            version=event.version,
            language=event.language,
            message_sid=message_sid,
            given_at=now,
        )
        .inline()
    )
    connection.execute(
        insert(Patient).values(id=event.patient_id, user_id=user_id).on_conflict_do_nothing()
    )
