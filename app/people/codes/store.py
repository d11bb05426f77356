"""What is kept of one-time codes, and of the caregiver who comes of one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    exists,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert

from app.people.codes.code import TRIES, WITHIN, Offer, expires_at
from app.people.codes.invitation import (
    CaregiverInvited,
    CodeTried,
    InvitationAccepted,
    InvitationEvent,
)
from app.people.codes.tables import OneTimeCode
from app.people.person import Role
from app.people.tables import Caregiver, CaregiverPatientConnection, Consent, Patient, User

_LINK = CaregiverPatientConnection


def offers(
    code: ColumnElement[str | None], user_id: ColumnElement[UUID], now: ColumnElement[datetime]
) -> ColumnElement[Any]:
    """Give the column of the invitations that a code may fit; read it with `offers_from`.

    Those are the sender's own number's; nothing where the message holds no code.
    """
    name = func.coalesce(User.display_name, "…" + func.right(User.phone_number, 4))
    row = func.json_build_array(OneTimeCode.id, name, OneTimeCode.code_hash)
    own = select(User.phone_number).where(User.id == user_id).scalar_subquery()
    return (
        select(func.json_agg(aggregate_order_by(row, OneTimeCode.sent_at.desc(), OneTimeCode.id)))
        .select_from(OneTimeCode)
        .join(Patient, Patient.id == OneTimeCode.patient_id)
        .join(User, User.id == Patient.user_id)
        .where(code.is_not(None), OneTimeCode.phone_number == own, User.id != user_id)
        .where(User.is_active, _is_open(now))
        .scalar_subquery()
    )


def offers_from(known: list[list[Any]] | None) -> tuple[Offer, ...]:
    """Read what the column of `offers` held."""
    return tuple(Offer(UUID(one), name, code_hash) for one, name, code_hash in known or ())


def invited_lately(
    patient_id: ColumnElement[UUID], now: ColumnElement[datetime]
) -> ColumnElement[Any]:
    """Give the column of how many codes a patient had made within the hour."""
    return (
        select(func.count())
        .where(OneTimeCode.patient_id == patient_id, OneTimeCode.sent_at > now - WITHIN)
        .scalar_subquery()
    )


def apply(
    connection: Connection,
    user_id: UUID,
    event: InvitationEvent,
    *,
    message_sid: str,
    now: datetime,
) -> None:
    """Write down what happened to an invitation."""
    match event:
        case CaregiverInvited():
            _agreed(connection, user_id, event.version, event.language, message_sid, now)
            _invite(connection, user_id, event, now)
        case CodeTried(right_id):
            _tried(connection, user_id, right_id, now)
        case InvitationAccepted():
            _agreed(connection, user_id, event.version, event.language, message_sid, now)
            _accept(connection, user_id, event, now)


def drop_before(connection: Connection, moment: datetime) -> None:
    """Delete the codes that were made before a moment."""
    connection.execute(delete(OneTimeCode).where(OneTimeCode.sent_at < moment))


def _is_open(now: Any) -> ColumnElement[bool]:
    return and_(
        OneTimeCode.right_at.is_(None), OneTimeCode.expires_at > now, OneTimeCode.tries < TRIES
    )


def _invite(connection: Connection, user_id: UUID, event: CaregiverInvited, now: datetime) -> None:
    columns = [
        *("id", "patient_id", "phone_number", "code_hash", "patient_is", "may_log", "may_see"),
        *("sent_at", "expires_at"),
    ]
    row = select(
        literal(event.invitation_id),
        Patient.id,
        literal(event.phone_number),
        literal(event.code_hash),
        literal(event.patient_is, OneTimeCode.patient_is.type),
        literal(event.may_log),
        literal(event.may_see),
        literal(now, OneTimeCode.sent_at.type),
        literal(expires_at(now), OneTimeCode.sent_at.type),
    ).where(Patient.user_id == user_id)
    connection.execute(
        insert(OneTimeCode).from_select(columns, row).on_conflict_do_nothing().inline()
    )
    connection.execute(update(User).where(User.id == user_id).values(last_otp_sent_at=now))


def _tried(connection: Connection, user_id: UUID, right_id: UUID | None, now: datetime) -> None:
    """Count a wrong try on every code that it could have been of, and on who tried."""
    own = select(User.phone_number).where(User.id == user_id).scalar_subquery()
    if right_id is not None:
        right = update(OneTimeCode).where(OneTimeCode.id == right_id, _is_open(now))
        connection.execute(right.where(OneTimeCode.phone_number == own).values(right_at=now))
        connection.execute(update(User).where(User.id == user_id).values(otp_attempts=0))
        return
    wrong = update(OneTimeCode).where(OneTimeCode.phone_number == own, _is_open(now))
    connection.execute(wrong.values(tries=OneTimeCode.tries + 1))
    tried = update(User).where(User.id == user_id)
    connection.execute(tried.values(otp_attempts=User.otp_attempts + 1))


def _accept(
    connection: Connection, user_id: UUID, event: InvitationAccepted, now: datetime
) -> None:
    """Make the connection of a code that was right, once; who is no patient speaks as caregiver."""
    is_patient = exists().where(Patient.user_id == user_id)
    connection.execute(
        insert(Caregiver)
        .values(user_id=user_id, full_name=event.name)
        .on_conflict_do_nothing(index_elements=[Caregiver.user_id])
        .inline()
    )
    connection.execute(
        update(User)
        .where(User.id == user_id, User.role == Role.PATIENT, ~is_patient)
        .values(role=Role.CAREGIVER)
    )
    connected = insert(_LINK).from_select(
        [
            *("caregiver_id", "patient_id", "patient_is", "can_update_data"),
            *("can_view_health_records", "connected_at"),
        ],
        _terms(user_id, event.invitation_id, now),
    )
    said = connected.excluded
    connection.execute(
        connected.on_conflict_do_update(
            index_elements=[_LINK.caregiver_id, _LINK.patient_id],
            set_={
                "is_active": True,
                "connected_at": now,
                "patient_is": said.patient_is,
                "can_update_data": said.can_update_data,
                "can_view_health_records": said.can_view_health_records,
            },
        ).inline()
    )
    used = update(OneTimeCode).where(OneTimeCode.id == event.invitation_id)
    connection.execute(used.where(OneTimeCode.used_at.is_(None)).values(used_at=now))


def _terms(user_id: UUID, invitation_id: UUID, now: datetime) -> Select[*tuple[Any, ...]]:
    own = select(User.phone_number).where(User.id == user_id).scalar_subquery()
    return (
        select(
            Caregiver.id,
            OneTimeCode.patient_id,
            OneTimeCode.patient_is,
            OneTimeCode.may_log,
            OneTimeCode.may_see,
            literal(now, OneTimeCode.sent_at.type),
        )
        .join(Caregiver, Caregiver.user_id == user_id)
        .where(OneTimeCode.id == invitation_id, OneTimeCode.phone_number == own)
        .where(OneTimeCode.right_at.is_not(None), OneTimeCode.used_at.is_(None))
    )


def _agreed(
    connection: Connection,
    user_id: UUID,
    version: str,
    language: str,
    message_sid: str,
    now: datetime,
) -> None:
    row = {"version": version, "language": language, "message_sid": message_sid}
    connection.execute(insert(Consent).values(user_id=user_id, given_at=now, **row).inline())
