"""Any number of made-up patients, for measurements and demonstrations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from app import db
from app.cli.demo import rows
from app.cli.demo.day import Day, Somebody
from app.cli.demo.history import DAYS, NOT_LATELY, Kept, copy_days, days_of
from app.glucose.importing.store import allow_time
from app.people.tables import LANGUAGES, User

CROWD = UUID("5c1f0e58-7d0a-4b43-9d10-0d1a5a1e0001")
"""The name space of the crowd's ids, drawn once."""
PREFIX = "+9100"
"""No number of India begins with a zero after the country's code: there the zero is the prefix of
calls between cities, and no subscriber's first digit (National Numbering Plan). So these are whole
numbers in form, and nobody's."""
HIGHEST = 10**8
AT_ONCE = 50
"""Patients in one transaction; what is in memory at a time."""
ZONE = "Asia/Kolkata"

_USER = ("id", "phone_number", "role", "language", "display_name", "timezone")
_ADDRESS = ("address", "user_id", "last_inbound_at")
_PATIENT = (
    *("id", "user_id", "diabetes_type", "diagnosed_at", "trial_ends_at"),
    *("total_glucose_readings", "avg_glucose_last_30_days", "medication_adherence_last_30_days"),
)
_CONSENT = ("id", "user_id", "version", "language", "message_sid", "given_at")


class Member(NamedTuple):
    """One of the crowd."""

    number: int
    kept: Kept

    @property
    def phone_number(self) -> str:
        """Their number, which is nobody's."""
        return f"{PREFIX}{self.number:08d}"

    @property
    def language(self) -> str:
        """One of all that are spoken, in turn."""
        return LANGUAGES[self.number % len(LANGUAGES)]


def member(number: int) -> Member:
    """Name one of the crowd; the same in every run."""
    patient_id = uuid5(CROWD, f"patient {number}")
    somebody = Somebody(f"patient {number}", patient_id, ZoneInfo(ZONE))
    return Member(number, Kept(somebody, uuid5(CROWD, f"user {number}"), None))


def batches(patients: int) -> Iterator[list[Member]]:
    """Part the crowd into what is added at once."""
    for first in range(1, patients + 1, AT_ONCE):
        yield [member(each) for each in range(first, min(first + AT_ONCE, patients + 1))]


def add(connection: Connection, members: list[Member], now: datetime) -> int:
    """Add those of the crowd who are not there, with their history; say how many rows."""
    allow_time(connection)
    days = {each: days_of(each.kept.somebody, now) for each in _missing(connection, members)}
    if not days:
        return 0
    known = [(each.kept, day) for each, day in days.items()]
    return _copy_people(connection, days, now) + copy_days(connection, known, now)


def _missing(connection: Connection, members: list[Member]) -> list[Member]:
    ids = [each.kept.user_id for each in members]
    there = set(connection.execute(select(User.id).where(User.id.in_(ids))).scalars())
    return [each for each in members if each.kept.user_id not in there]


def _copy_people(connection: Connection, days: dict[Member, Day], now: datetime) -> int:
    since = now - timedelta(days=DAYS)
    addresses = (_address(each, now) for each in days)
    patients = (_patient(each, day, now) for each, day in days.items())
    consents = (_consent(each, since) for each in days)
    return (
        db.copy_rows(connection, "users", _USER, map(_user, days))
        + db.copy_rows(connection, "whatsapp_addresses", _ADDRESS, addresses)
        + db.copy_rows(connection, "patients", _PATIENT, patients)
        + db.copy_rows(connection, "consents", _CONSENT, consents)
    )


def _user(each: Member) -> rows.Row:
    name = f"Demo {each.number}"
    return each.kept.user_id, each.phone_number, "PATIENT", each.language, name, ZONE


def _address(each: Member, now: datetime) -> rows.Row:
    return f"whatsapp:{each.phone_number}", each.kept.user_id, now - NOT_LATELY


def _patient(each: Member, day: Day, now: datetime) -> rows.Row:
    kept = each.kept
    diabetes = "TYPE_1" if each.number % 10 == 0 else "TYPE_2"
    diagnosed_at = datetime(2005 + each.number % 20, 1, 1, tzinfo=now.tzinfo)
    return (
        *(kept.somebody.patient_id, kept.user_id, diabetes, diagnosed_at, now + timedelta(days=30)),
        *(len(day.readings), rows.average(day.readings, now), rows.adherence(day, now)),
    )


def _consent(each: Member, given_at: datetime) -> rows.Row:
    user_id = each.kept.user_id
    return uuid5(user_id, "consent"), user_id, "demo", each.language, "demo", given_at
