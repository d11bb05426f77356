"""What becomes of the rows of a person who wants to be forgotten."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from app.messaging.outbox.several import store as several
from app.people.doctors import store as doctors
from app.people.person import DEFAULT_QUIET, PersonForgotten
from app.people.tables import Caregiver, Consent, Doctor, Patient, User

ALL = "all"
"""What is taken back: consent to everything, whichever versions it was given to."""
NOTHING_KNOWN = {
    "display_name": None,
    "profile_picture_url": None,
    "email": None,
    "quiet_from": DEFAULT_QUIET.since,
    "quiet_until": DEFAULT_QUIET.until,
}


def forget(
    connection: Connection,
    user_id: UUID,
    event: PersonForgotten,
    *,
    message_sid: str,
    now: datetime,
) -> None:
    """Delete a person's patient with everything that hangs on it, and what is known of them.

    The number and the ledger of consent stay, until `drop_left` takes them. Who is a doctor or a
    caregiver as well keeps their name.
    """
    doctors.forget_patient(connection, user_id)
    own = select(Patient.id).where(Patient.user_id == user_id)
    several.leave_out(connection, own.scalar_subquery(), None)
    connection.execute(delete(Patient).where(Patient.user_id == user_id))
    left = {"deleted_at": now, "stopped_at": None}
    connection.execute(update(User).where(User.id == user_id).values(**left))
    connection.execute(
        update(User).where(User.id == user_id, ~_has_other_role()).values(**NOTHING_KNOWN)
    )
    told = {"version": ALL, "language": event.language, "message_sid": message_sid}
    connection.execute(
        insert(Consent).values(user_id=user_id, given_at=now, withdraws=True, **told).inline()
    )


def drop_left(connection: Connection, before: datetime) -> None:
    """Delete what stayed of people who left before a moment and did not come back."""
    is_patient = exists().where(Patient.user_id == User.id)
    connection.execute(
        delete(User).where(User.deleted_at < before, ~is_patient, ~_has_other_role())
    )


def has_left_since(connection: Connection, moment: datetime | None) -> bool:
    """Say whether somebody had everything deleted since a moment; None for ever."""
    is_left: ColumnElement[bool] = User.deleted_at.is_not(None)
    if moment is not None:
        is_left = and_(is_left, User.deleted_at >= moment)
    return connection.execute(select(literal(1)).where(is_left).limit(1)).first() is not None


def _has_other_role() -> ColumnElement[bool]:
    is_doctor = exists().where(Doctor.user_id == User.id)
    return is_doctor | exists().where(Caregiver.user_id == User.id)
