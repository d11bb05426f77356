"""The people of a run: patients who agreed, each with a caregiver and a medicine."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert

from app.medications.tables import Medication
from app.messaging.tables import Notification
from app.people.tables import (
    Caregiver,
    CaregiverPatientConnection,
    Consent,
    Patient,
    User,
    WhatsappAddress,
)

SPACE = UUID("0d6c7f0a-9a51-4d5c-9c55-3f8b5f1f0c01")
"""The name space of their ids, drawn once."""
ZONE = ZoneInfo("Asia/Kolkata")
MEDICINE = "amlodipine"
LANGUAGES = ("en", "hi")
A_MINUTE = timedelta(minutes=1)
"""Times of doses are whole minutes: each is rounded down, and none is in the past."""
SLOTS_HELD = {0: 4, 1: 5}
"""How many of the day's five messages some have had already, by the last digit of their number."""


def patient_number(person: int) -> str:
    """Give a patient's number; behind India's code none begins with a zero, so it is nobody's."""
    return f"+9100{person:08d}"


def caregiver_number(person: int) -> str:
    """Give the number of a patient's caregiver, which is nobody's either."""
    return f"+9101{person:08d}"


def language_of(person: int) -> str:
    """Say what a patient and their caregiver speak."""
    return LANGUAGES[person % len(LANGUAGES)]


def last_due_at(now: datetime, seconds: float) -> datetime:
    """Say by when every dose is due of those who are added now."""
    return now + A_MINUTE + timedelta(seconds=seconds)


def patient_id(person: int) -> UUID:
    """Give a patient's id."""
    return uuid5(SPACE, f"patient {person}")


def add(connection: Connection, people: int, seed: int, now: datetime, seconds: float) -> None:
    """Add them, with a dose that falls due while messages come in."""
    everybody = range(people)
    for role, number in (("PATIENT", patient_number), ("CAREGIVER", caregiver_number)):
        connection.execute(insert(User), [_user(role, number(each), each) for each in everybody])
    connection.execute(insert(WhatsappAddress), [_address(each, now) for each in everybody])
    connection.execute(insert(Patient), [_patient(each) for each in everybody])
    connection.execute(insert(Consent), [_consent(each, now) for each in everybody])
    connection.execute(insert(Caregiver), [_caregiver(each) for each in everybody])
    connection.execute(
        insert(CaregiverPatientConnection), [_connection(each) for each in everybody]
    )
    draw = Random(f"doses {seed}")  # noqa: S311 - no secret
    due = [now + A_MINUTE + timedelta(seconds=draw.uniform(0, 0.8) * seconds) for _ in everybody]
    connection.execute(insert(Medication), [_medicine(each, due[each], now) for each in everybody])
    if held := [row for each in everybody for row in _slots(each, now)]:
        connection.execute(insert(Notification), held)


def _user_id(role: str, person: int) -> UUID:
    return uuid5(SPACE, f"{role} user {person}")


def _user(role: str, number: str, person: int) -> dict[str, object]:
    return {
        "id": _user_id(role, person),
        "phone_number": number,
        "role": role,
        "language": language_of(person),
    }


def _address(person: int, now: datetime) -> dict[str, object]:
    return {
        "address": f"whatsapp:{patient_number(person)}",
        "user_id": _user_id("PATIENT", person),
        "last_inbound_at": now,
    }


def _patient(person: int) -> dict[str, object]:
    return {
        "id": patient_id(person),
        "user_id": _user_id("PATIENT", person),
        "diabetes_type": "TYPE_2",
    }


def _consent(person: int, now: datetime) -> dict[str, object]:
    return {
        "user_id": _user_id("PATIENT", person),
        "version": "1",
        "language": language_of(person),
        "message_sid": "",
        "given_at": now,
    }


def _caregiver(person: int) -> dict[str, object]:
    return {
        "id": uuid5(SPACE, f"caregiver {person}"),
        "user_id": _user_id("CAREGIVER", person),
        "full_name": f"Caregiver {person}",
    }


def _connection(person: int) -> dict[str, object]:
    return {
        "caregiver_id": uuid5(SPACE, f"caregiver {person}"),
        "patient_id": patient_id(person),
    }


def _medicine(person: int, due_at: datetime, now: datetime) -> dict[str, object]:
    return {
        "patient_id": patient_id(person),
        "name": MEDICINE,
        "dosage": "5 mg",
        "frequency": "ONCE_DAILY",
        "scheduled_times": [f"{due_at.astimezone(ZONE):%H:%M}"],
        "start_date": now - timedelta(days=1),
    }


def _slots(person: int, now: datetime) -> list[dict[str, object]]:
    today = now.astimezone(ZONE).date()
    return [
        {
            "patient_id": patient_id(person),
            "recipient_user_id": _user_id("PATIENT", person),
            "type": "MEDICATION_REMINDER",
            "title": "Earlier today",
            "body": "Earlier today",
            "channel": "WHATSAPP",
            "local_day": today,
            "slot": slot,
        }
        for slot in range(1, SLOTS_HELD.get(person % 10, 0) + 1)
    ]
