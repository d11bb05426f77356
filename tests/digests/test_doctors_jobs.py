"""Doctors' digests on a real database: who gets one, of whom, and in which order."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from app import db
from app.digests.jobs import send_digests
from app.people.tables import Caregiver, CaregiverPatientConnection
from tests.digests.world import (
    DAY,
    EVENING,
    HOUR,
    MINUTE,
    change,
    digests,
    doctor,
    emergency,
    patient,
    reading,
    said,
    waits,
)
from tests.web.calls import rows

pytestmark = pytest.mark.usefixtures("settings")

MORNING = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
"""Eight in the morning in India."""


def scored(name: str, score: float | None, heard_at: datetime = MORNING) -> object:
    """Add a patient with a health score."""
    patient_id = patient(name, heard_at=heard_at)
    change("UPDATE patients SET health_score = :s WHERE id = :id", s=score, id=patient_id)
    return patient_id


def test_patients_come_by_band_and_who_is_in_danger_first() -> None:
    names = {"Fine": 92, "Unknown": None, "Watched": 61, "Risky": 45, "Bad": 20, "Worse": 10}
    ids = {name: scored(name, score) for name, score in names.items()}
    ids["Endangered"] = scored("Endangered", 95)
    doctor(*ids.values())  # type: ignore[arg-type]  # ids
    emergency(ids["Endangered"], MORNING - HOUR)  # type: ignore[arg-type]  # an id
    send_digests(MORNING)
    lines = said()[0].split("\n\n")
    assert lines[0] == "Daily summary, Monday 23/11. Your patients: 7."
    told = [line.partition(":")[0] for line in lines[1:]]
    assert told == ["Endangered", "Worse", "Bad", "Risky", "Watched", "Unknown", "Fine"]
    assert lines[2] == "Worse: needs attention (10)."
    assert lines[1] == "Endangered: on track (95). Not over: low sugar, since 07:00."


def test_of_many_patients_the_first_are_told_and_the_others_counted() -> None:
    ids = [patient(f"Patient {n}", heard_at=MORNING) for n in range(20)]
    reading(ids[0], 62, MORNING - HOUR)
    doctor(*ids)
    send_digests(MORNING)
    lines = said()[0].split("\n\n")
    assert lines[0].endswith("Your patients: 20.")
    assert len(lines) == 1 + 8 + 1
    assert lines[-1] == "12 more patients are not told of here."


def test_doctors_get_it_at_eight_in_the_morning() -> None:
    amma = patient(heard_at=MORNING)
    reading(amma, 100, MORNING - HOUR)
    waits(doctor(amma), since=datetime.fromtimestamp(0, UTC))
    send_digests(MORNING - HOUR)
    assert rows("SELECT digest_due_at FROM doctors") == [(MORNING,)]
    send_digests(MORNING - MINUTE)
    assert digests() == []
    send_digests(MORNING)
    send_digests(MORNING + MINUTE)
    assert len(digests()) == 1
    assert rows("SELECT digest_due_at FROM doctors") == [(MORNING + DAY,)]


@pytest.mark.parametrize("wants", ["NONE", "IMMEDIATE"])
def test_who_did_not_choose_a_digest_gets_none(wants: str) -> None:
    amma = patient()
    reading(amma, 62)
    doctor(amma)
    change(f"UPDATE doctors SET alert_preferences = '{wants}'")  # noqa: S608 - a word of the schema
    send_digests(EVENING)
    assert digests() == []


def test_a_doctor_of_one_other_condition_is_told_no_readings() -> None:
    amma = patient()
    reading(amma, 62)
    doctor(amma, treating_condition="Heart Disease")
    change("UPDATE doctor_patient_connections SET doctor_type = 'REFERRING_DOCTOR'")
    send_digests(EVENING)
    assert digests() == []


def test_a_doctor_who_is_disconnected_is_told_nothing() -> None:
    amma = patient()
    reading(amma, 62)
    doctor(amma)
    change("UPDATE doctor_patient_connections SET is_active = false")
    send_digests(EVENING)
    assert digests() == []


def test_nothing_to_say_nothing_sent() -> None:
    doctor(patient())
    send_digests(EVENING)
    assert digests() == []


def test_who_is_a_doctor_and_a_caregiver_has_a_digest_as_each() -> None:
    amma, appa = patient("Amma"), patient("Appa")
    reading(amma, 100)
    reading(appa, 110)
    user_id = doctor(amma)
    with db.transaction() as connection:
        caregiver = connection.execute(
            insert(Caregiver)
            .values(user_id=user_id, full_name="Rao", daily_digest_time="20:00")
            .returning(Caregiver.id)
        ).scalar_one()
        connection.execute(
            insert(CaregiverPatientConnection).values(
                caregiver_id=caregiver, patient_id=appa, connected_at=EVENING - DAY
            )
        )
    waits(user_id)
    send_digests(EVENING)
    keys = {one.key: one.said for one in digests()}
    assert "Appa:" in keys[f"digest:{user_id}:2026-11-22"]
    assert "Amma:" in keys[f"digest:{user_id}:2026-11-22:patients"]


def test_a_doctor_with_no_patients_is_looked_at_again_tomorrow() -> None:
    amma = patient()
    doctor(amma)
    change("DELETE FROM doctor_patient_connections")
    send_digests(EVENING)
    assert digests() == []
    assert rows("SELECT digest_due_at FROM doctors") == [(MORNING,)]
