"""A message as the service will hear it: in its sender's language, zone and unit, where known."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Row, bindparam, select

from app import db
from app.errors import DatabaseAway
from app.parsing.meanings import Message
from app.parsing.units import Unit
from app.people.tables import Patient, User
from app.simulator.typed import Typed

HOME = "Asia/Kolkata"
LOOK_UP_S = 2.0
_SENDER = (
    select(User.language, User.timezone, Patient.glucose_unit)
    .outerjoin(Patient, Patient.user_id == User.id)
    .where(User.phone_number == bindparam("number"))
)


def as_heard(typed: Typed, now: datetime) -> Message:
    """Make the parser's message; without a language where the sender cannot be looked up."""
    sender = _sender(typed.number)
    if sender is None:
        return Message(typed.body, now.astimezone(ZoneInfo(HOME)))
    at = now.astimezone(ZoneInfo(sender.timezone))
    unit = Unit(sender.glucose_unit) if sender.glucose_unit else Unit.MG_DL
    return Message(typed.body, at, sender.language, unit)


def _sender(number: str) -> Row[str, str, str] | None:
    try:
        with db.deadline(LOOK_UP_S), db.transaction() as connection:
            return connection.execute(_SENDER, {"number": number}).one_or_none()
    except DatabaseAway:
        return None
