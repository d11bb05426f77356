"""Who holds a phone, as far as the service knows."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from app import db
from app.errors import DatabaseAway
from app.parsing.units import Unit
from app.people.tables import Patient, User
from app.simulator.hearing import HOME, LOOK_UP_S

_PERSON = (
    select(User.display_name, User.role, User.language, Patient.glucose_unit, User.timezone)
    .outerjoin(Patient, Patient.user_id == User.id)
    .where(User.phone_number == bindparam("number"))
)


@dataclass(frozen=True, slots=True)
class Person:
    """What the page shows of a phone's holder; None where it is not known yet."""

    name: str | None = None
    role: str | None = None
    language: str | None = None
    unit: str = Unit.MG_DL
    zone: str = HOME


STRANGER = Person()


def person(number: str) -> Person:
    """Look up who has a number; a stranger where nobody has, or the database is away."""
    try:
        with db.deadline(LOOK_UP_S), db.transaction() as connection:
            row = connection.execute(_PERSON, {"number": number}).one_or_none()
    except DatabaseAway:
        return STRANGER
    if row is None:
        return STRANGER
    unit = row.glucose_unit or Unit.MG_DL
    return Person(row.display_name, row.role, row.language, unit, row.timezone)
