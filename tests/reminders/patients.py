"""Patients with medicines in a real database, and a look at what became of their doses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import insert, text

from app import db
from app.emergency.event import EmergencyStatus, EmergencyType
from app.emergency.tables import EmergencyEventRow
from app.medications.tables import Medication
from app.people.tables import Patient, User


def patient(
    *, zone: str = "Asia/Kolkata", language: str = "en", stopped_at: datetime | None = None
) -> UUID:
    """Add a patient who agreed."""
    user_id, patient_id = uuid4(), uuid4()
    with db.transaction() as connection:
        connection.execute(
            insert(User).values(
                id=user_id, role="PATIENT", language=language, timezone=zone, stopped_at=stopped_at
            )
        )
        connection.execute(insert(Patient).values(id=patient_id, user_id=user_id))
    return patient_id


def medicine(
    patient_id: UUID,
    times: Sequence[str],
    *,
    since: datetime,
    name: str = "metformin",
    **more: object,
) -> UUID:
    """Add a medicine that is taken at fixed times."""
    medicine_id = uuid4()
    row = {
        "id": medicine_id,
        "patient_id": patient_id,
        "name": name,
        "dosage": "500",
        "frequency": "TWICE_DAILY",
        "scheduled_times": list(times),
        "start_date": since,
        **more,
    }
    with db.transaction() as connection:
        connection.execute(insert(Medication).values(row))
    return medicine_id


def emergency(patient_id: UUID, opened_at: datetime) -> None:
    """Open an emergency."""
    with db.transaction() as connection:
        connection.execute(
            insert(EmergencyEventRow).values(
                patient_id=patient_id,
                type=EmergencyType.HYPOGLYCEMIA,
                level="P2",
                status=EmergencyStatus.ACTIVE,
                instructions="",
                opened_at=opened_at,
            )
        )


def change(statement: str, **values: object) -> None:
    """Do something to the rows behind the jobs' back."""
    with db.transaction() as connection:
        connection.execute(text(statement), values)


def sent(now: datetime) -> None:
    """Let everything queued go out, each counted one on a slot of its own, as delivery does."""
    with db.transaction() as connection:
        queued = connection.execute(
            text("SELECT id, patient_id, user_id FROM outbound_messages WHERE status = 'PENDING'")
        ).all()
        for row in queued:
            connection.execute(
                text(
                    "INSERT INTO notifications (patient_id, recipient_user_id, outbound_id, type,"
                    " title, body, channel, local_day, slot)"
                    " SELECT :patient, :user, :id, 'MEDICATION_REMINDER', '', '', 'WHATSAPP', :day,"
                    " (SELECT count(*) + 1 FROM notifications n"
                    "  WHERE n.patient_id = :patient AND n.local_day = :day)"
                ),
                {
                    "patient": row.patient_id,
                    "user": row.user_id,
                    "id": row.id,
                    "day": (now + timedelta(hours=5, minutes=30)).date(),
                },
            )
        connection.execute(
            text(
                "UPDATE outbound_messages SET status = 'ACCEPTED', attempts = 1, accepted_at = :now"
                " WHERE status = 'PENDING'"
            ),
            {"now": now},
        )


DOSES = "SELECT scheduled_time, status::text FROM medication_logs ORDER BY scheduled_time"
MESSAGES = "SELECT count(*) FROM outbound_messages"
