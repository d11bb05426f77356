"""Readers, patients and what is kept of them, in a real database; and the digests that came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, text

from app import db
from app.digests import jobs
from app.emergency.tables import EmergencyEventRow
from app.glucose.tables import GlucoseReading
from app.i18n import render
from app.medications.tables import Medication, MedicationLog
from app.people.tables import WhatsappAddress
from app.text import Text
from tests.people import families
from tests.web.calls import rows

EVENING = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
"""Eight in the evening of a Sunday in India."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SETTLED = jobs.SETTLED
MINUTE = timedelta(minutes=1)


def change(statement: str, **values: object) -> None:
    """Do something to the rows behind the jobs' back."""
    with db.transaction() as connection:
        connection.execute(text(statement), values)


def patient(
    name: str = "Amma", *, heard_at: datetime = EVENING, language: str = "en", **more: object
) -> UUID:
    """Add a patient who wrote last at a moment."""
    user_id = families.user("PATIENT", language=language, display_name=name, **more)
    with db.transaction() as connection:
        connection.execute(
            insert(WhatsappAddress).values(
                address=f"whatsapp:IN.{user_id}", user_id=user_id, last_inbound_at=heard_at
            )
        )
    return families.patient(user_id)


def waits(user_id: UUID, *, since: datetime = EVENING, at: str | None = "20:00") -> UUID:
    """Let a reader have a digest time, and wait for the digest since a moment."""
    change(
        "UPDATE caregivers SET daily_digest_time = :at, digest_due_at = :since"
        " WHERE user_id = :user_id",
        at=at,
        since=since,
        user_id=user_id,
    )
    change("UPDATE doctors SET digest_due_at = :since WHERE user_id = :u", since=since, u=user_id)
    return user_id


def caregiver(*patients: UUID, at: str | None = "20:00", **user: object) -> UUID:
    """Add a caregiver of patients, whose digest is due in the evening."""
    user_id = families.caregiver(patients[0], "Ravi")
    for each in patients[1:]:
        change(
            "INSERT INTO caregiver_patient_connections (caregiver_id, patient_id)"
            " SELECT id, :patient FROM caregivers WHERE user_id = :user_id",
            patient=each,
            user_id=user_id,
        )
    change(
        "UPDATE caregiver_patient_connections SET connected_at = :long_ago",
        long_ago=EVENING - 100 * DAY,
    )
    for column, value in user.items():
        change(f"UPDATE users SET {column} = :value WHERE id = :id", value=value, id=user_id)  # noqa: S608 - a column of ours
    return waits(user_id, at=at)


def reading(
    patient_id: UUID, value: float, at: datetime = EVENING - HOUR, told_at: datetime | None = None
) -> None:
    """Keep a reading, told when it was measured unless said otherwise."""
    row = {"patient_id": patient_id, "recorded_at": at, "value": value, "source": "MANUAL"}
    with db.transaction() as connection:
        connection.execute(
            insert(GlucoseReading).values(**row, state="RANDOM", created_at=told_at or at)
        )


def dose(patient_id: UUID, status: str, at: datetime, **more: object) -> None:
    """Keep a dose of a medicine of its own."""
    medicine = uuid4()
    given = {"name": "metformin", "dosage": "500", "frequency": "ONCE_DAILY", "start_date": at}
    log = {"scheduled_time": at, "status": status, "logged_by": uuid4(), "remind_at": at}
    with db.transaction() as connection:
        connection.execute(insert(Medication).values(id=medicine, patient_id=patient_id, **given))
        connection.execute(
            insert(MedicationLog).values(
                medication_id=medicine, patient_id=patient_id, **(log | more)
            )
        )


def emergency(patient_id: UUID, opened_at: datetime = EVENING - HOUR, **more: object) -> None:
    """Open an emergency."""
    row = {"patient_id": patient_id, "type": "HYPOGLYCEMIA", "level": "P2", "status": "ACTIVE"}
    with db.transaction() as connection:
        connection.execute(
            insert(EmergencyEventRow).values(
                **(row | {"instructions": "", "opened_at": opened_at} | more)
            )
        )


def sent() -> None:
    """Let everything queued have gone out."""
    change("UPDATE outbound_messages SET status = 'ACCEPTED', attempts = 1")


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest in the outbox, as it would be said."""

    key: str
    user_id: UUID
    status: str
    language: str
    said: str
    not_after: datetime


_DIGESTS = (
    "SELECT idempotency_key, user_id, status::text, language, texts, not_after"
    " FROM outbound_messages WHERE purpose LIKE '%DIGEST' ORDER BY queued_at, idempotency_key"
)


def digests() -> list[Digest]:
    """List the digests that were queued, earliest first."""
    return [_digest(*row) for row in rows(_DIGESTS)]


def _digest(key: Any, user_id: Any, status: Any, language: Any, texts: Any, until: Any) -> Digest:
    said = "\n\n".join(render(Text.from_json(each), language) for each in texts)
    return Digest(key, user_id, status, language, said, until)


def said() -> list[str]:
    """List what the digests say."""
    return [each.said for each in digests()]


def doctor(*patients: UUID, **link: object) -> UUID:
    """Add a doctor of patients who wants a digest, and whose digest is due in the evening."""
    user_id = families.doctor(patients[0], "Dr. Rao", wants="DAILY_DIGEST", **link)
    for each in patients[1:]:
        change(
            "INSERT INTO doctor_patient_connections (doctor_id, patient_id, doctor_type)"
            " SELECT id, :patient, 'DIABETES_SPECIALIST' FROM doctors WHERE user_id = :user_id",
            patient=each,
            user_id=user_id,
        )
    change(
        "UPDATE doctor_patient_connections SET connected_at = :long_ago",
        long_ago=EVENING - 100 * DAY,
    )
    return waits(user_id)
