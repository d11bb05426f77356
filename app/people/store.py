"""What is kept of people, and the locks that keep two turns of one person apart."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from app.db import Fixed
from app.parsing.units import Unit
from app.people.around import store as around
from app.people.cared_for import store as cared_for
from app.people.caring import store as caring
from app.people.caring.caregiver import CaringEvent
from app.people.codes import store as codes
from app.people.codes.invitation import InvitationEvent
from app.people.doctors import store as doctors
from app.people.leaving import store as leaving
from app.people.person import (
    OTHERS_A_DAY,
    ConsentGiven,
    DiabetesType,
    DiabetesTypeGiven,
    DiagnosisYearTold,
    DigestTimeChosen,
    DoctorConnected,
    DoctorDisconnected,
    HbA1cTold,
    LanguageChosen,
    MessagesStarted,
    MessagesStopped,
    NameGiven,
    OthersADayChosen,
    Person,
    PersonEvent,
    PersonForgotten,
    QuietHours,
    QuietHoursChosen,
    Role,
    UnitChosen,
    ZoneChosen,
)
from app.people.readers import store as readers
from app.people.tables import (
    Caregiver,
    Consent,
    Patient,
    User,
    WhatsappAddress,
)

circle, circle_from = around.circle, around.circle_from
_ADDRESS_SEEN = Fixed(
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
USER = _LOCKED_USER.c.id
"""The sender, for columns read beside the lock."""
_LOCKED_PATIENT = (
    select(Patient)
    .where(Patient.user_id == select(USER).scalar_subquery())
    .where(~cared_for.cares_for_anyone(select(USER).scalar_subquery()))
    .with_for_update(of=Patient, key_share=True)
    .cte("p")
)


def _told_of(user: Any, patient: Any) -> tuple[ColumnElement[Any], ...]:
    """Give the columns that `_person` reads, of a user and their patient's row."""
    return (
        user.id,
        user.role,
        user.language,
        user.timezone,
        func.coalesce(user.display_name, _of_caregiver(Caregiver.full_name, user)).label("name"),
        user.stopped_at,
        user.quiet_from,
        user.quiet_until,
        patient.id.label("patient_id"),
        patient.diabetes_type.label("diabetes_type"),
        patient.glucose_unit.label("glucose_unit"),
        patient.other_messages_a_day.label("other_messages_a_day"),
        _of_caregiver(Caregiver.daily_digest_time, user).label("digest_at"),
        cared_for.cared_for(user.id).label("cares_for"),
    )


def _of_caregiver(column: Any, user: Any) -> ColumnElement[Any]:
    return select(column).where(Caregiver.user_id == user.id).scalar_subquery()


class _Own:
    """The sender's own patient: locked by this statement, or only read where another is to be.

    A caregiver's turn locks the one patient that it is about, so that no two turns wait for each
    other's patient; which one that is, is known only after this.
    """

    def __getattr__(self, name: str) -> ColumnElement[Any]:
        return func.coalesce(_LOCKED_PATIENT.c[name], getattr(Patient, name))


def locking(*beside: ColumnElement[Any]) -> Fixed:
    """Make the statement that locks a sender and their patient, with columns read beside it."""
    read = and_(Patient.user_id == USER, cared_for.cares_for_anyone(USER))
    both = _LOCKED_USER.outerjoin(Patient, read).outerjoin(
        _LOCKED_PATIENT, _LOCKED_PATIENT.c.user_id == USER
    )
    return Fixed(select(*_told_of(_LOCKED_USER.c, _Own()), *beside).select_from(both))


_LOCK_PERSON = locking()
_LOCK_PATIENT = (
    select(*_told_of(User, Patient))
    .join_from(Patient, User, User.id == Patient.user_id)
    .where(Patient.id == bindparam("patient_id"))
    .with_for_update(of=Patient, key_share=True, skip_locked=True)
)


def address_seen(connection: Connection, address: str, now: datetime) -> UUID | None:
    """Note that an address wrote, and lock it until the transaction ends.

    Returns:
        Whose address it is; None for one never seen before.
    """
    seen = _ADDRESS_SEEN.run(connection, {"address": address, "now": now})
    return cast("UUID | None", seen.scalar_one())


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
    """Lock the user of an address, then their patient's row if there is one; say who it is.

    The own patient of a caregiver is not locked: it may be another whom the turn is about.
    """
    return _person(_LOCK_PERSON.run(connection, {"address": address}).one())


def lock_sender(connection: Connection, address: str, statement: Fixed) -> tuple[Person, Any]:
    """Lock as `lock_person` does, by a statement of `locking`; give its column `node` as well."""
    row = statement.run(connection, {"address": address}).one()
    return _person(row), row.node


def _person(row: Row[*tuple[Any, ...]]) -> Person:
    return Person(
        user_id=row.id,
        role=Role(row.role),
        language=row.language,
        zone=row.timezone,
        name=row.name,
        patient_id=row.patient_id,
        diabetes_type=DiabetesType(row.diabetes_type) if row.diabetes_type else None,
        unit=Unit(row.glucose_unit) if row.glucose_unit else Unit.MG_DL,
        stopped_at=row.stopped_at,
        quiet=QuietHours(row.quiet_from, row.quiet_until),
        others_a_day=OTHERS_A_DAY if row.patient_id is None else row.other_messages_a_day,
        digest_at=row.digest_at,
        cares_for=cared_for.cared_for_from(row.cares_for),
    )


def apply(
    connection: Connection, user_id: UUID, event: PersonEvent, *, message_sid: str, now: datetime
) -> None:
    """Write down what a person told of themselves."""
    if isinstance(event, InvitationEvent):
        return codes.apply(connection, user_id, event, message_sid=message_sid, now=now)
    if isinstance(event, DoctorConnected | DoctorDisconnected | CaringEvent):
        return _of_connection(connection, user_id, event, message_sid, now)
    match event:
        case ConsentGiven():
            _keep_consent(connection, user_id, event, message_sid, now)
        case PersonForgotten():
            leaving.forget(connection, user_id, event, message_sid=message_sid, now=now)
        case DigestTimeChosen(at):
            readers.choose_time(connection, user_id, at)
        case MessagesStopped() | MessagesStarted():
            is_stopped = isinstance(event, MessagesStopped)
            _set_user(connection, user_id, stopped_at=now if is_stopped else None)
        case LanguageChosen() | NameGiven() | ZoneChosen() | QuietHoursChosen():
            _keep_of_user(connection, user_id, event)
        case _:
            _set_patient(connection, user_id, **_of_patient(event))
    return None


def _of_connection(
    connection: Connection,
    user_id: UUID,
    event: DoctorConnected | DoctorDisconnected | CaringEvent,
    message_sid: str,
    now: datetime,
) -> None:
    match event:
        case DoctorConnected():
            doctors.connect(connection, user_id, event, message_sid=message_sid, now=now)
        case DoctorDisconnected():
            doctors.disconnect(connection, user_id, event, message_sid=message_sid, now=now)
        case _:
            caring.apply(connection, user_id, event, message_sid=message_sid, now=now)


def _keep_of_user(
    connection: Connection,
    user_id: UUID,
    event: LanguageChosen | NameGiven | ZoneChosen | QuietHoursChosen,
) -> None:
    _set_user(connection, user_id, **_of_user(event))
    if isinstance(event, ZoneChosen):
        readers.forget_schedule(connection, user_id)


def _of_user(
    event: LanguageChosen | NameGiven | ZoneChosen | QuietHoursChosen,
) -> dict[str, object]:
    match event:
        case LanguageChosen(language):
            return {"language": language}
        case NameGiven(name):
            return {"display_name": name}
        case ZoneChosen(zone):
            return {"timezone": zone}
        case QuietHoursChosen(quiet):
            return {"quiet_from": quiet.since, "quiet_until": quiet.until}


def _of_patient(
    event: DiabetesTypeGiven | UnitChosen | DiagnosisYearTold | HbA1cTold | OthersADayChosen,
) -> dict[str, object]:
    """Give a patient's columns; a year of diagnosis is kept as its first moment in UTC."""
    match event:
        case DiabetesTypeGiven(diabetes_type):
            return {"diabetes_type": diabetes_type}
        case UnitChosen(unit):
            return {"glucose_unit": unit.value}
        case DiagnosisYearTold(year):
            return {"diagnosed_at": datetime(year, 1, 1, tzinfo=UTC)}
        case HbA1cTold(percent):
            return {"last_hba1c": percent}
        case OthersADayChosen(at_most):
            return {"other_messages_a_day": at_most}


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
    _set_user(connection, user_id, deleted_at=None)


_COUNT_READINGS = Fixed(
    update(Patient)
    .where(Patient.id == bindparam("of_patient"))
    .values(total_glucose_readings=Patient.total_glucose_readings + bindparam("added"))
)
_KEEP_AVERAGE = Fixed(
    update(Patient)
    .where(Patient.id == bindparam("of_patient"))
    .values(avg_glucose_last_30_days=bindparam("average_mg_dl"))
)


def count_readings(connection: Connection, patient_id: UUID, added: int) -> None:
    """Add to how many readings a patient has in all; take away where `added` is negative."""
    _COUNT_READINGS.run(connection, {"of_patient": patient_id, "added": added})


def keep_average(connection: Connection, patient_id: UUID, average_mg_dl: float | None) -> None:
    """Keep the average of a patient's last 30 days; None where they have no reading."""
    _KEEP_AVERAGE.run(connection, {"of_patient": patient_id, "average_mg_dl": average_mg_dl})


def lock_patient(connection: Connection, patient_id: UUID) -> Person | None:
    """Lock a patient for a timer, and say who it is; None while a turn of theirs is under way.

    A timer does not wait: the turn may be the very answer that it would ask for.
    """
    row = connection.execute(_LOCK_PATIENT, {"patient_id": patient_id}).one_or_none()
    return _person(row) if row else None
