"""A reader's digest as something to be sent. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from app.digests import caregiver, doctor
from app.messaging.outbox.outgoing import Outgoing, Priority, Purpose
from app.people.person import Role
from app.text import Text

if TYPE_CHECKING:
    from app.digests.facts import PatientDay
    from app.people.readers.reader import Reader

PURPOSE: Mapping[Role, Purpose] = {
    Role.CAREGIVER: Purpose.CAREGIVER_DIGEST,
    Role.DOCTOR: Purpose.DOCTOR_DIGEST,
}
AS_A_DOCTOR = ":patients"
"""Who is a doctor and a caregiver has a digest as each."""


@dataclass(frozen=True, slots=True)
class Days:
    """The patients of one reader.

    Attributes:
        shown: Those the digest could tell of, in order.
        count: How many there are in all.
        is_heard: Something was heard of one of them, told of or not.
    """

    shown: Sequence[PatientDay]
    count: int
    is_heard: bool = False


def digest(
    reader: Reader, days: Days, now: datetime, length: Callable[[Text], int]
) -> Outgoing | None:
    """Make a reader's digest of the day it is to them; None where there is nothing to say.

    Args:
        reader: Who is told.
        days: Of the reader's patients.
        now: Aware.
        length: Letters of a text as it is said to the reader.
    """
    is_doctor = reader.role is Role.DOCTOR
    if not any(day.has_news(now) for day in days.shown) and not (is_doctor and days.is_heard):
        return None
    said = _to_doctor(reader, days, now, length) if is_doctor else _to_family(reader, days, now)
    texts, about = said
    return Outgoing(
        key=f"digest:{reader.user_id}:{reader.day(now)}{AS_A_DOCTOR * is_doctor}",
        user_id=reader.user_id,
        patient_id=None,
        purpose=PURPOSE[reader.role],
        priority=Priority.WHENEVER,
        language=reader.language,
        texts=texts,
        about=about,
        due_at=now,
        not_after=reader.midnight_after(now),
    )


Said = tuple[tuple[Text, ...], tuple[UUID | None, ...]]


def _to_family(reader: Reader, days: Days, now: datetime) -> Said:
    ordered = caregiver.in_order(days.shown, now)
    parts = [caregiver.part(day, reader.zone, now) for day in ordered]
    heading = caregiver.heading(reader.day(now))
    return (heading, *parts), (None, *(day.patient.patient_id for day in ordered))


def _to_doctor(reader: Reader, days: Days, now: datetime, length: Callable[[Text], int]) -> Said:
    lines = [doctor.part(day, now) for day in days.shown]
    kept = doctor.taken(lines, days.count, length)
    rest = doctor.rest(days.count - kept)
    about = (day.patient.patient_id for day in days.shown[:kept])
    heading = doctor.heading(reader.day(now), days.count)
    return (heading, *lines[:kept], *rest), (None, *about, *(None for _ in rest))
