"""What is kept of people, and the locks that keep two turns of one person apart."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    bindparam,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert

from app.db import Fixed
from app.parsing.units import Unit
from app.people.access.rules import Relation, Standing, treats_everything
from app.people.circle import AlertPreference, Circle, Companion
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
from app.people.tables import (
    Caregiver,
    CaregiverPatientConnection,
    Consent,
    Doctor,
    DoctorPatientConnection,
    Patient,
    User,
    WhatsappAddress,
)

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
_LOCKED_PATIENT = (
    select(Patient)
    .where(Patient.user_id == select(_LOCKED_USER.c.id).scalar_subquery())
    .with_for_update(key_share=True)
    .cte("p")
)


def _told_of(user: Any, patient: Any) -> tuple[ColumnElement[Any], ...]:
    """Give the columns that `_person` reads, of a user and their patient's row."""
    return (
        user.id,
        user.role,
        user.language,
        user.timezone,
        user.display_name,
        user.stopped_at,
        user.quiet_from,
        user.quiet_until,
        patient.id.label("patient_id"),
        patient.diabetes_type,
        patient.glucose_unit,
        patient.other_messages_a_day,
        select(Caregiver.daily_digest_time)
        .where(Caregiver.user_id == user.id)
        .scalar_subquery()
        .label("digest_at"),
    )


_LOCK_PERSON = Fixed(
    select(*_told_of(_LOCKED_USER.c, _LOCKED_PATIENT.c)).select_from(
        _LOCKED_USER.outerjoin(_LOCKED_PATIENT, _LOCKED_PATIENT.c.user_id == _LOCKED_USER.c.id)
    )
)
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
    """Lock the user of an address, then their patient's row if there is one; say who it is."""
    return _person(_LOCK_PERSON.run(connection, {"address": address}).one())


def _person(row: Row[*tuple[Any, ...]]) -> Person:
    return Person(
        user_id=row.id,
        role=Role(row.role),
        language=row.language,
        zone=row.timezone,
        name=row.display_name,
        patient_id=row.patient_id,
        diabetes_type=DiabetesType(row.diabetes_type) if row.diabetes_type else None,
        unit=Unit(row.glucose_unit) if row.glucose_unit else Unit.MG_DL,
        stopped_at=row.stopped_at,
        quiet=QuietHours(row.quiet_from, row.quiet_until),
        others_a_day=OTHERS_A_DAY if row.patient_id is None else row.other_messages_a_day,
        digest_at=row.digest_at,
    )


def apply(
    connection: Connection, user_id: UUID, event: PersonEvent, *, message_sid: str, now: datetime
) -> None:
    """Write down what a person told of themselves."""
    match event:
        case ConsentGiven():
            _keep_consent(connection, user_id, event, message_sid, now)
        case DoctorConnected():
            doctors.connect(connection, user_id, event, message_sid=message_sid, now=now)
        case DoctorDisconnected():
            doctors.disconnect(connection, user_id, event, message_sid=message_sid, now=now)
        case PersonForgotten():
            leaving.forget(connection, user_id, event, message_sid=message_sid, now=now)
        case DigestTimeChosen(at):
            chosen = update(Caregiver).where(Caregiver.user_id == user_id)
            connection.execute(chosen.values(daily_digest_time=at))
        case MessagesStopped() | MessagesStarted():
            is_stopped = isinstance(event, MessagesStopped)
            _set_user(connection, user_id, stopped_at=now if is_stopped else None)
        case LanguageChosen() | NameGiven() | ZoneChosen() | QuietHoursChosen():
            _set_user(connection, user_id, **_of_user(event))
        case _:
            _set_patient(connection, user_id, **_of_patient(event))


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


def circle(patient_id: ColumnElement[UUID]) -> ColumnElement[Any]:
    """Give the column that carries a patient's `Circle`; read it with `circle_from`."""
    return func.json_build_array(_caregivers(patient_id), _doctors(patient_id))


def circle_from(known: tuple[list[list[Any]] | None, list[list[Any]] | None]) -> Circle:
    """Read what the column of `circle` held."""
    caregivers, doctors = known
    return Circle(
        tuple(
            Companion(UUID(user_id), Role.CAREGIVER, name, language, critical_alerts=wanted)
            for user_id, name, language, wanted in caregivers or ()
        )
        + tuple(
            Companion(UUID(user_id), Role.DOCTOR, name, language, alerts=_alerts(alerts, *part))
            for user_id, name, language, alerts, *part in doctors or ()
        )
    )


def _alerts(wanted: str, relation: str, condition: str | None) -> AlertPreference:
    """Give which alerts a doctor gets: of a part of the patient, danger signs only."""
    standing = Standing(Relation(relation), condition=condition)
    return AlertPreference(wanted) if treats_everything(standing) else AlertPreference.NONE


def _caregivers(patient_id: ColumnElement[UUID]) -> ColumnElement[Any]:
    link = CaregiverPatientConnection
    row = func.json_build_array(
        User.id, Caregiver.full_name, User.language, Caregiver.critical_alerts_enabled
    )
    return (
        select(func.json_agg(aggregate_order_by(row, link.connected_at, link.id)))
        .select_from(link)
        .join(Caregiver, Caregiver.id == link.caregiver_id)
        .join(User, User.id == Caregiver.user_id)
        .where(link.patient_id == patient_id, link.is_active, User.is_active)
        .scalar_subquery()
    )


def _doctors(patient_id: ColumnElement[UUID]) -> ColumnElement[Any]:
    link = DoctorPatientConnection
    part = (link.doctor_type, link.treating_condition)
    wants = Doctor.alert_preferences
    row = func.json_build_array(User.id, Doctor.full_name, User.language, wants, *part)
    return (
        select(func.json_agg(aggregate_order_by(row, link.connected_at, link.id)))
        .select_from(link)
        .join(Doctor, Doctor.id == link.doctor_id)
        .join(User, User.id == Doctor.user_id)
        .where(link.patient_id == patient_id, link.is_active, User.is_active)
        .scalar_subquery()
    )


def lock_patient(connection: Connection, patient_id: UUID) -> Person | None:
    """Lock a patient for a timer, and say who it is; None while a turn of theirs is under way.

    A timer does not wait: the turn may be the very answer that it would ask for.
    """
    row = connection.execute(_LOCK_PATIENT, {"patient_id": patient_id}).one_or_none()
    return _person(row) if row else None
