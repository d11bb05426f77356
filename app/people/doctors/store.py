"""What is kept of a patient joining a doctor: the consent, the connection, the counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Select,
    Text,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert
from sqlalchemy.orm import aliased

from app.messaging.outbox import store as outbox
from app.people.doctors.doctor import CodedDoctor
from app.people.person import DoctorConnected, DoctorDisconnected
from app.people.tables import (
    DOCTOR_TYPE,
    Consent,
    Doctor,
    DoctorPatientConnection,
    Patient,
    User,
)


def connect(
    connection: Connection,
    user_id: UUID,
    event: DoctorConnected,
    *,
    message_sid: str,
    now: datetime,
) -> None:
    """Connect a doctor who is still there; who was connected before comes back on the same row."""
    agreed = {"version": event.version, "language": event.language, "message_sid": message_sid}
    connection.execute(
        insert(Consent)
        .values(user_id=user_id, given_at=now, doctor_id=event.doctor_id, **agreed)
        .inline()
    )
    link = DoctorPatientConnection
    connection.execute(
        insert(link)
        .from_select(
            ["doctor_id", "patient_id", "doctor_type", "revenue_share_percentage", "connected_at"],
            _terms(user_id, event.doctor_id, now),
        )
        .on_conflict_do_update(
            index_elements=[link.doctor_id, link.patient_id],
            set_={"is_active": True, "connected_at": now, "disconnected_at": None},
            where=~link.is_active,
        )
        .inline()
    )
    _count_patients(connection, event.doctor_id)


def disconnect(
    connection: Connection,
    user_id: UUID,
    event: DoctorDisconnected,
    *,
    message_sid: str,
    now: datetime,
) -> None:
    """End a doctor's connection; that it was wished is kept with what had been agreed to."""
    told = {"version": event.version, "language": event.language, "message_sid": message_sid}
    connection.execute(
        insert(Consent)
        .values(user_id=user_id, given_at=now, doctor_id=event.doctor_id, withdraws=True, **told)
        .inline()
    )
    link, own = DoctorPatientConnection, select(Patient.id).where(Patient.user_id == user_id)
    connection.execute(
        update(link)
        .where(link.doctor_id == event.doctor_id, link.patient_id == own.scalar_subquery())
        .where(link.is_active)
        .values(is_active=False, disconnected_at=now)
    )
    _count_patients(connection, event.doctor_id)
    doctor = select(Doctor.user_id).where(Doctor.id == event.doctor_id).scalar_subquery()
    outbox.withdraw_about(connection, user_id=doctor, patient_id=own.scalar_subquery())


def connected(patient_id: ColumnElement[UUID]) -> ColumnElement[Any]:
    """Give the column of the doctors who see a patient; read it with `connected_from`."""
    link = DoctorPatientConnection
    row = func.json_build_array(Doctor.id, Doctor.full_name, Doctor.clinic_name)
    return (
        select(func.json_agg(aggregate_order_by(row, link.connected_at, link.id)))
        .select_from(link)
        .join(Doctor, Doctor.id == link.doctor_id)
        .where(link.patient_id == patient_id, link.is_active)
        .scalar_subquery()
    )


def connected_from(known: list[list[Any]] | None) -> tuple[CodedDoctor, ...]:
    """Read what the column of `connected` held."""
    return tuple(_doctor([*each, True]) for each in known or ())


def _doctor(known: list[Any]) -> CodedDoctor:
    doctor_id, name, clinic, is_connected = known
    return CodedDoctor(UUID(doctor_id), f"{name}, {clinic}" if clinic else name, is_connected)


def forget_patient(connection: Connection, user_id: UUID) -> None:
    """Take a patient who is about to be deleted off the counts of their doctors."""
    link, other = DoctorPatientConnection, aliased(DoctorPatientConnection)
    own = select(Patient.id).where(Patient.user_id == user_id).scalar_subquery()
    others = select(func.count()).where(other.doctor_id == Doctor.id, other.patient_id != own)
    active = others.where(other.is_active)
    connection.execute(
        update(Doctor)
        .where(Doctor.id.in_(select(link.doctor_id).where(link.patient_id == own)))
        .values(total_patients=others.scalar_subquery(), active_patients=active.scalar_subquery())
    )


def _terms(user_id: UUID, doctor_id: UUID, now: datetime) -> Select[*tuple[Any, ...]]:
    """Give what a new connection starts from: whether a specialist, and which share."""
    kind = case((Doctor.is_diabetes_specialist, "DIABETES_SPECIALIST"), else_="REFERRING_DOCTOR")
    at = literal(now, DateTime(timezone=True))
    return (
        select(Doctor.id, Patient.id, kind.cast(DOCTOR_TYPE), Doctor.revenue_share_percentage, at)
        .join(User, User.id == Doctor.user_id)
        .join(Patient, Patient.user_id == user_id)
        .where(Doctor.id == doctor_id, User.is_active)
    )


def _count_patients(connection: Connection, doctor_id: UUID) -> None:
    mine = DoctorPatientConnection.doctor_id == doctor_id
    counted = select(func.count()).where(mine)
    active = counted.where(DoctorPatientConnection.is_active)
    connection.execute(
        update(Doctor)
        .where(Doctor.id == doctor_id)
        .values(total_patients=counted.scalar_subquery(), active_patients=active.scalar_subquery())
    )


def count_all_patients(connection: Connection) -> None:
    """Count the patients of every doctor anew, and write down what differs."""
    link = DoctorPatientConnection
    counted = (
        select(
            Doctor.id,
            func.count(link.id).label("total"),
            func.count(link.id).filter(link.is_active).label("active"),
        )
        .outerjoin(link, link.doctor_id == Doctor.id)
        .group_by(Doctor.id)
        .subquery()
    )
    differs = or_(
        Doctor.total_patients != counted.c.total, Doctor.active_patients != counted.c.active
    )
    connection.execute(
        update(Doctor)
        .where(Doctor.id == counted.c.id, differs)
        .values(total_patients=counted.c.total, active_patients=counted.c.active)
    )


_NO_MARKS = (literal("[^A-Z0-9]", Text), literal("", Text), literal("g", Text))


def coded_doctor(
    code: ColumnElement[str | None],
    user_id: ColumnElement[UUID],
    patient_id: ColumnElement[UUID],
) -> ColumnElement[Any]:
    """Give the column that carries the doctor of a code, or null; read it with `coded_doctor_from`.

    Codes are compared by their letters and digits. A doctor's own code is nobody's to the doctor.
    """
    link = DoctorPatientConnection
    is_connected = (
        exists()
        .where(link.doctor_id == Doctor.id, link.patient_id == patient_id, link.is_active)
        .correlate(Doctor)
    )
    return (
        select(func.json_build_array(Doctor.id, Doctor.full_name, Doctor.clinic_name, is_connected))
        .join(User, User.id == Doctor.user_id)
        .where(code.is_not(None), User.is_active, User.id != user_id)
        .where(
            func.regexp_replace(func.upper(Doctor.onboarding_qr_code), *_NO_MARKS)
            == func.regexp_replace(func.upper(code), *_NO_MARKS)
        )
        .order_by(Doctor.id)
        .limit(1)
        .scalar_subquery()
    )


def coded_doctor_from(known: list[Any] | None) -> CodedDoctor | None:
    """Read what the column of `coded_doctor` held."""
    return None if known is None else _doctor(known)
