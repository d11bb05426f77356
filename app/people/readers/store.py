"""Whose digest is due: found by an index, taken by one worker at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, bindparam, func, literal, select, update

from app.people.circle import AlertPreference
from app.people.person import Role
from app.people.readers.reader import CAREGIVERS_AT, DOCTORS_AT, Reader
from app.people.tables import Caregiver, Doctor, User

NOT_KNOWN_YET = datetime(1970, 1, 1, tzinfo=UTC)
"""What `digest_due_at` is where the next moment is to be worked out."""
_PROFILES: Mapping[Role, type[Caregiver] | type[Doctor]] = {
    Role.CAREGIVER: Caregiver,
    Role.DOCTOR: Doctor,
}


def claim(
    connection: Connection, role: Role, now: datetime, *, until: datetime, at_once: int
) -> list[Reader]:
    """Take readers whose turn has come, the longest waiting first; nobody else has them until then.

    Who is not scheduled meanwhile, because something failed, comes again at `until`.
    """
    rows = connection.execute(_waiting(role, now, at_once)).all()
    if rows:
        profile, ids = _PROFILES[role], [row.user_id for row in rows]
        connection.execute(
            update(profile).where(profile.user_id.in_(ids)).values(digest_due_at=until)
        )
    return [_reader(row, role) for row in rows]


def _waiting(role: Role, now: datetime, at_once: int) -> Select[*tuple[Any, ...]]:
    profile, is_caregiver = _PROFILES[role], role is Role.CAREGIVER
    chosen = func.coalesce(Caregiver.daily_digest_time, CAREGIVERS_AT)
    waiting = (
        select(
            profile.user_id,
            profile.digest_due_at,
            (chosen if is_caregiver else literal(DOCTORS_AT)).label("digest_at"),
            User.language,
            User.timezone,
            (User.is_active & User.stopped_at.is_(None)).label("is_told"),
        )
        .join(User, User.id == profile.user_id)
        .where(profile.digest_due_at <= now)
        .order_by(profile.digest_due_at)
        .limit(at_once)
        .with_for_update(of=profile, skip_locked=True)
    )
    wants = AlertPreference.DAILY_DIGEST.value
    return waiting if is_caregiver else waiting.where(Doctor.alert_preferences == wants)


def _reader(row: Row[Any], role: Role) -> Reader:
    return Reader(
        user_id=row.user_id,
        role=role,
        language=row.language,
        zone=row.timezone,
        digest_at=row.digest_at,
        is_new=row.digest_due_at == NOT_KNOWN_YET,
        is_told=row.is_told,
    )


def schedule(
    connection: Connection, role: Role, next_at: Mapping[UUID, datetime], *, claimed_until: datetime
) -> None:
    """Say when claimed readers come next; a time they chose meanwhile is worked out anew."""
    profile = _PROFILES[role]
    rows = [{"of_user": user_id, "next_at": at} for user_id, at in next_at.items()]
    if rows:
        connection.execute(
            update(profile)
            .where(profile.user_id == bindparam("of_user"), profile.digest_due_at == claimed_until)
            .values(digest_due_at=bindparam("next_at")),
            rows,
        )


def choose_time(connection: Connection, user_id: UUID, at: str) -> None:
    """Keep when a caregiver wants the digest, as HH:MM; it begins with the next such time."""
    chosen = update(Caregiver).where(Caregiver.user_id == user_id)
    connection.execute(chosen.values(daily_digest_time=at, digest_due_at=NOT_KNOWN_YET))


def forget_schedule(connection: Connection, user_id: UUID) -> None:
    """Have a person's next digest worked out anew, since their zone is another."""
    for profile in _PROFILES.values():
        own = update(profile).where(profile.user_id == user_id)
        connection.execute(own.values(digest_due_at=NOT_KNOWN_YET))
