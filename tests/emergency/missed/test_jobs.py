"""Missed doses on a real database: what opens an event, who hears of it, and what ends it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, literal, select, text

from app import db
from app.emergency import store as events
from app.emergency.event import (
    EmergencyFacts,
    EmergencyOpened,
    EmergencyStatus,
    EmergencyType,
    Level,
)
from app.emergency.missed import jobs
from app.medications.tables import Medication, MedicationLog
from app.reminders import store as reminders
from app.reminders.kinds.store import KINDS
from app.schedule import DUTIES
from tests.people.families import caregiver, doctor, patient, user
from tests.web.calls import rows

pytestmark = pytest.mark.usefixtures("settings")

NOON = datetime(2026, 3, 4, 6, 30, tzinfo=UTC)
"""12:00 in India."""
NIGHT = datetime(2026, 3, 4, 19, 30, tzinfo=UTC)
"""01:00 in India."""
EVENTS = "SELECT type::text, level, status::text FROM emergency_events ORDER BY opened_at, level"
SAID = (
    "SELECT u.role::text, m.purpose, m.priority FROM outbound_messages m"
    " JOIN users u ON u.id = m.user_id ORDER BY m.queued_at, u.role::text DESC"
)
MISSED, ASKED, ALERTED = "MISSED_MEDICATION", "EMERGENCY_FOLLOW_UP", "EMERGENCY_ALERT"


def medicine(patient_id: UUID, name: str, *doses: tuple[float, str], now: datetime = NOON) -> UUID:
    """Add a medicine with its doses: so many hours ago, and what became of them."""
    medicine_id = uuid4()
    with db.transaction() as connection:
        connection.execute(
            insert(Medication).values(
                id=medicine_id,
                patient_id=patient_id,
                name=name,
                dosage="",
                frequency="ONCE_DAILY",
                start_date=now - timedelta(days=30),
            )
        )
    for hours_ago, status in doses:
        dose(patient_id, medicine_id, now - timedelta(hours=hours_ago), status)
    return medicine_id


def dose(patient_id: UUID, medicine_id: UUID, at: datetime, status: str) -> None:
    with db.transaction() as connection:
        connection.execute(
            insert(MedicationLog).values(
                medication_id=medicine_id,
                patient_id=patient_id,
                scheduled_time=at,
                status=status,
                logged_by=patient_id,
                taken_at=at if status.startswith("TAKEN") else None,
            )
        )


def change(statement: str, **values: object) -> None:
    with db.transaction() as connection:
        connection.execute(text(statement), values)


def opened(patient_id: UUID, kind: EmergencyType, level: Level, at: datetime = NOON) -> None:
    event = EmergencyOpened(uuid4(), kind, level, EmergencyStatus.ACTIVE, (), (), None)
    with db.transaction() as connection:
        events.apply(connection, patient_id, event, instructions="", now=at)


def facts(patient_id: UUID, now: datetime = NOON) -> EmergencyFacts:
    with db.transaction() as connection:
        column = events.facts(literal(patient_id), literal(now))
        return events.facts_from(connection.execute(select(column)).scalar_one())


def family() -> UUID:
    one = patient()
    caregiver(one, "Meera")
    doctor(one, "Dr. Rao")
    return one


def words() -> list[str]:
    """List what was said, as its sentences with their values in place."""
    found = rows("SELECT texts FROM outbound_messages ORDER BY purpose DESC, queued_at")
    return [str(texts) for (texts,) in found]


THREE = [(76.0, "MISSED"), (52.0, "MISSED"), (4.0, "MISSED")]


def test_it_is_looked_for_right_after_doses_are_marked_as_missed() -> None:
    names = [duty.__name__ for duty in DUTIES]
    assert names.index("see_to_missed") == names.index("mark_missed") + 1


def test_three_doses_in_a_row_are_asked_after_and_the_family_is_told() -> None:
    medicine(family(), "metformin", *THREE)
    jobs.see_to_missed(NOON)
    assert rows(EVENTS) == [(MISSED, "P8", "ACTIVE")]
    assert rows(SAID) == [("PATIENT", ASKED, 1), ("CAREGIVER", ALERTED, 1)]
    assert "metformin" in words()[0]


def test_an_insulin_dose_four_hours_ago_is_asked_after_at_once() -> None:
    medicine(family(), "insulin", (28.0, "TAKEN"), (4.0, "MISSED"))
    jobs.see_to_missed(NOON)
    assert rows(EVENTS) == [(MISSED, "P7", "ACTIVE")]
    assert rows(SAID) == [("PATIENT", ASKED, 0), ("CAREGIVER", ALERTED, 0)]
    assert "08:00" in words()[0]


@pytest.mark.parametrize(
    ("name", "doses"),
    [
        ("metformin", [(52.0, "MISSED"), (28.0, "MISSED")]),
        ("metformin", [(76.0, "MISSED"), (52.0, "TAKEN"), (28.0, "MISSED"), (4.0, "MISSED")]),
        ("metformin", [(76.0, "MISSED"), (52.0, "MISSED"), (28.0, "MISSED"), (4.0, "TAKEN")]),
        ("metformin", [(52.0, "MISSED"), (28.0, "MISSED"), (3.9, "MISSED")]),
        ("insulin", [(3.9, "MISSED")]),
        ("insulin", [(3.9, "SKIPPED")]),
        ("insulin", [(5.0, "TAKEN_LATE")]),
        ("insulin", [(5.0, "PENDING")]),
        ("insulin", [(29.0, "MISSED")]),
        ("insulin", [(10.0, "MISSED"), (5.0, "TAKEN")]),
    ],
)
def test_what_is_not_missed_so_far_opens_nothing(name: str, doses: list[tuple[float, str]]) -> None:
    medicine(family(), name, *doses)
    jobs.see_to_missed(NOON)
    assert rows(EVENTS) == []


def test_doses_told_as_not_taken_count_as_missed() -> None:
    medicine(family(), "metformin", (52.0, "SKIPPED"), (28.0, "MISSED"), (4.0, "SKIPPED"))
    jobs.see_to_missed(NOON)
    assert rows(EVENTS) == [(MISSED, "P8", "ACTIVE")]


def test_three_medicines_missed_once_are_not_three_doses_in_a_row() -> None:
    one = family()
    for name in ("metformin", "glimepiride", "telmisartan"):
        medicine(one, name, (28.0, "TAKEN"), (4.0, "MISSED"))
    jobs.see_to_missed(NOON)
    assert rows(EVENTS) == []


def test_two_medicines_missed_three_times_are_one_event_and_one_question() -> None:
    one = patient()
    medicine(one, "metformin", *THREE)
    medicine(one, "aspirin", *THREE)
    jobs.see_to_missed(NOON)
    assert rows(EVENTS) == [(MISSED, "P8", "ACTIVE")]
    assert rows(SAID) == [("PATIENT", ASKED, 1)]
    assert "aspirin, metformin" in words()[0]


def test_the_same_doses_are_asked_after_once() -> None:
    medicine(family(), "metformin", *THREE)
    for minutes in range(0, 240, 15):
        jobs.see_to_missed(NOON + timedelta(minutes=minutes))
    assert rows(EVENTS) == [(MISSED, "P8", "ACTIVE")]
    assert len(rows(SAID)) == 2


@pytest.mark.parametrize(
    "resting",
    [
        "UPDATE medications SET paused_at = start_date",
        "UPDATE medications SET is_active = false",
    ],
)
def test_a_medicine_that_rests_or_is_ended_is_not_missed(resting: str) -> None:
    medicine(family(), "insulin", (4.0, "MISSED"))
    change(resting)
    jobs.see_to_missed(NOON)
    assert rows(EVENTS) == []


def test_who_wants_no_messages_is_not_asked() -> None:
    medicine(patient(user("PATIENT", stopped_at=NOON)), "insulin", (4.0, "MISSED"))
    jobs.see_to_missed(NOON)
    assert rows(EVENTS) == []


def test_at_night_only_insulin_is_asked_after() -> None:
    one, two = patient(), patient()
    medicine(one, "metformin", *THREE, now=NIGHT)
    medicine(two, "insulin", (5.0, "MISSED"), now=NIGHT)
    jobs.see_to_missed(NIGHT)
    assert rows(EVENTS) == [(MISSED, "P7", "ACTIVE")]
    jobs.see_to_missed(NIGHT + timedelta(hours=6))
    assert rows(EVENTS) == [(MISSED, "P7", "ACTIVE"), (MISSED, "P8", "ACTIVE")]


def test_quiet_hours_in_the_middle_of_the_day_are_kept_too() -> None:
    quiet = user("PATIENT", quiet_from="11:00", quiet_until="13:00")
    medicine(patient(quiet), "metformin", *THREE)
    jobs.see_to_missed(NOON)
    assert rows(EVENTS) == []
    jobs.see_to_missed(NOON + timedelta(hours=1))
    assert rows(EVENTS) == [(MISSED, "P8", "ACTIVE")]


@pytest.mark.parametrize(
    ("kind", "level", "waits"),
    [
        (EmergencyType.HYPOGLYCEMIA, Level.P2, True),
        (EmergencyType.HYPERGLYCEMIA, Level.P3, True),
        (EmergencyType.HYPERGLYCEMIA, Level.P4, True),
        (EmergencyType.HYPERGLYCEMIA, Level.P5, False),
    ],
)
def test_nobody_in_grave_danger_is_asked_after_doses(
    kind: EmergencyType, level: Level, *, waits: bool
) -> None:
    one = family()
    medicine(one, "insulin", (4.0, "MISSED"))
    opened(one, kind, level)
    jobs.see_to_missed(NOON)
    assert (facts(one).missed is None) is waits
    change("UPDATE emergency_events SET status = 'RESOLVED', resolved_at = opened_at")
    jobs.see_to_missed(NOON + timedelta(minutes=20))
    assert len(rows(EVENTS)) == 2


def test_with_a_high_on_the_same_day_the_doctor_is_told_too() -> None:
    one = family()
    medicine(one, "insulin", (4.0, "MISSED"))
    opened(one, EmergencyType.HYPERGLYCEMIA, Level.P6, NOON - timedelta(hours=3))
    jobs.see_to_missed(NOON)
    assert [role for role, _, _ in rows(SAID)] == ["PATIENT", "DOCTOR", "CAREGIVER"]


def test_insulin_is_asked_after_though_other_medicines_are() -> None:
    one = family()
    medicine(one, "metformin", *THREE)
    jobs.see_to_missed(NOON)
    medicine(one, "insulin", (4.0, "MISSED"))
    jobs.see_to_missed(NOON)
    assert rows(EVENTS) == [(MISSED, "P7", "ACTIVE"), (MISSED, "P8", "RESOLVED")]


def test_a_dose_told_as_taken_ends_it_and_the_family_hears_of_it() -> None:
    one = family()
    insulin = medicine(one, "insulin", (4.0, "MISSED"))
    jobs.see_to_missed(NOON)
    change("UPDATE medication_logs SET status = 'TAKEN_LATE', taken_at = :at", at=NOON)
    jobs.see_to_missed(NOON + timedelta(minutes=5))
    assert rows(EVENTS) == [(MISSED, "P7", "RESOLVED")]
    assert [role for role, _, _ in rows(SAID)] == ["PATIENT", "CAREGIVER", "CAREGIVER"]
    dose(one, insulin, NOON, "PENDING")
    jobs.see_to_missed(NOON + timedelta(minutes=10))
    assert len(rows(EVENTS)) == 1


def test_the_next_dose_taken_ends_it_too() -> None:
    one = family()
    metformin = medicine(one, "metformin", *THREE)
    jobs.see_to_missed(NOON)
    dose(one, metformin, NOON + timedelta(hours=8), "TAKEN")
    jobs.see_to_missed(NOON + timedelta(hours=9))
    assert rows(EVENTS) == [(MISSED, "P8", "RESOLVED")]


def test_a_medicine_that_was_ended_ends_it_without_a_word() -> None:
    medicine(family(), "metformin", *THREE)
    jobs.see_to_missed(NOON)
    change("UPDATE medications SET is_active = false")
    jobs.see_to_missed(NOON + timedelta(minutes=5))
    assert rows(EVENTS) == [(MISSED, "P8", "RESOLVED")]
    assert len(rows(SAID)) == 2


def test_who_goes_on_missing_insulin_is_asked_after_again_a_day_later() -> None:
    one = family()
    insulin = medicine(one, "insulin", (4.0, "MISSED"))
    jobs.see_to_missed(NOON)
    dose(one, insulin, NOON + timedelta(hours=20), "MISSED")
    jobs.see_to_missed(NOON + timedelta(hours=23, minutes=59))
    assert rows(EVENTS) == [(MISSED, "P7", "ACTIVE")]
    jobs.see_to_missed(NOON + timedelta(hours=24, minutes=1))
    dose(one, insulin, NOON + timedelta(hours=21), "MISSED")
    jobs.see_to_missed(NOON + timedelta(hours=25))
    assert rows(EVENTS) == [(MISSED, "P7", "RESOLVED"), (MISSED, "P7", "ACTIVE")]


def test_missed_doses_keep_no_reminder_back_and_are_no_danger_of_a_turn() -> None:
    one = family()
    medicine(one, "metformin", *THREE)
    jobs.see_to_missed(NOON)
    known = facts(one)
    assert known.open == ()
    assert known.missed is not None
    with db.transaction() as connection:
        recipients = reminders.lock(connection, [one])
        (known_day,) = reminders.days_of(connection, recipients, KINDS, NOON)
    assert known_day.day.emergency_at is None


def test_a_fault_with_one_patient_keeps_no_other_from_being_asked() -> None:
    one, two = family(), patient()
    medicine(one, "insulin", (4.0, "MISSED"))
    medicine(two, "insulin", (4.0, "MISSED"))
    change(
        "UPDATE users SET timezone = 'Asia/KOLKATA' WHERE phone_number IS NULL"
        " AND id = (SELECT user_id FROM patients WHERE id = :one)",
        one=one,
    )
    jobs.see_to_missed(NOON)
    assert rows(EVENTS) == [(MISSED, "P7", "ACTIVE")]
