"""Who stands around a patient, and the lock that a timer takes, on a real database."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import literal, select, text

from app import db
from app.parsing.units import Unit
from app.people import store
from app.people.circle import AlertPreference, Circle, Companion
from app.people.person import DiabetesType, Person, Role
from tests.people.families import caregiver, doctor, patient, user

pytestmark = pytest.mark.usefixtures("settings")

FIRST, SECOND = (datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2))


def circle_of(patient_id: UUID) -> Circle:
    with db.transaction() as connection:
        known = connection.execute(select(store.circle(literal(patient_id)))).scalar_one()
    return store.circle_from(known)


def test_a_circle_is_the_caregivers_and_then_the_doctors_as_they_were_connected() -> None:
    one = patient()
    sister = doctor(one, "Dr. Rao", wants="DAILY_DIGEST", connected_at=FIRST)
    late = caregiver(one, "Ravi", language="hi", connected_at=SECOND)
    early = caregiver(one, "Meera", wants=False, connected_at=FIRST)
    assert circle_of(one) == Circle(
        (
            Companion(early, Role.CAREGIVER, "Meera", "en", critical_alerts=False),
            Companion(late, Role.CAREGIVER, "Ravi", "hi"),
            Companion(sister, Role.DOCTOR, "Dr. Rao", "en", alerts=AlertPreference.DAILY_DIGEST),
        )
    )


def test_who_is_no_longer_connected_or_active_is_not_in_the_circle() -> None:
    one, other = patient(), patient()
    caregiver(one, "Gone", is_active=False)
    doctor(one, "Dr. Gone", is_active=False)
    caregiver(other, "Of another")
    locked_out = caregiver(one, "Locked out")
    with db.transaction() as connection:
        connection.execute(
            text("UPDATE users SET is_active = false WHERE id = :id"), {"id": locked_out}
        )
    assert circle_of(one) == Circle()
    assert circle_of(uuid4()) == Circle()


def test_a_timer_locks_a_patient_and_learns_who_it_is() -> None:
    owner = user("PATIENT", language="ta", display_name="Asha", timezone="Asia/Dubai")
    one = patient(owner, diabetes_type="TYPE_2", glucose_unit="mmol/L")
    with db.transaction() as connection:
        found = store.lock_patient(connection, one)
        with db.transaction() as another:
            assert store.lock_patient(another, one) is None
    assert found == Person(
        user_id=owner,
        role=Role.PATIENT,
        language="ta",
        zone="Asia/Dubai",
        name="Asha",
        patient_id=one,
        diabetes_type=DiabetesType.TYPE_2,
        unit=Unit.MMOL_L,
    )
    with db.transaction() as connection:
        assert store.lock_patient(connection, one) == found
        assert store.lock_patient(connection, uuid4()) is None


def test_the_readings_of_a_patient_are_counted_in_one_round_trip() -> None:
    one, other = patient(), patient()
    with db.transaction() as connection, db.pipelined(connection):
        store.count_readings(connection, one, 5)
        store.count_readings(connection, one, -2)
        store.keep_average(connection, one, 131.5)
    asked = "SELECT total_glucose_readings, avg_glucose_last_30_days FROM patients WHERE id = :id"
    with db.transaction() as connection:
        counted = [connection.execute(text(asked), {"id": each}).one() for each in (one, other)]
    assert [tuple(each) for each in counted] == [(3, 131.5), (0, None)]


def test_a_doctor_of_one_condition_is_alerted_as_one_who_wants_no_alerts() -> None:
    one = patient()
    doctor(one, "Dr. Sen", treating_condition="Heart Disease")
    with db.transaction() as connection:
        connection.execute(
            text("UPDATE doctor_patient_connections SET doctor_type = 'REFERRING_DOCTOR'")
        )
    assert [known.alerts for known in circle_of(one).companions] == [AlertPreference.NONE]
