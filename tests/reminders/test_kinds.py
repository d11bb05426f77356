"""The kinds of reminder under one plan, and a batch of patients in a few statements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, Select, Text, cast, event, func, insert, literal, select

from app import db
from app.glucose.checks import store as checks
from app.glucose.checks.check import ChecksEnded, ChecksWanted
from app.meals import store as meals
from app.meals.meal import MealTestWanted
from app.meals.tables import Meal
from app.messaging.outbox.outgoing import Priority, Purpose
from app.people.tables import Patient
from app.reminders import jobs
from app.reminders.kinds.store import KINDS, Kind
from app.reminders.plan import Rule
from app.reminders.recipient import Voice
from app.text import text
from tests.reminders.patients import MESSAGES, change, emergency, medicine, patient, sent
from tests.web.calls import rows

pytestmark = pytest.mark.usefixtures("settings")

MORNING = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""07:30 in India, a Friday."""
EIGHT = MORNING + timedelta(minutes=30)
SENT = "SELECT purpose, next_attempt_at, not_after FROM outbound_messages ORDER BY queued_at, id"
READ = (
    "INSERT INTO glucose_readings"
    " (patient_id, recorded_at, value, state, source, related_meal_id)"
    " VALUES (:patient, :at, 150, 'AFTER_BREAKFAST', 'MANUAL', :meal)"
)


def wanted_test(patient_id: UUID, at: datetime) -> UUID:
    """Add a meal after which the person asked to be reminded of a test."""
    meal_id = uuid4()
    row = {
        "id": meal_id,
        "patient_id": patient_id,
        "meal_type": "BREAKFAST",
        "consumed_at": at - timedelta(hours=2),
    }
    with db.transaction() as connection:
        connection.execute(insert(Meal).values(row))
        meals.apply(connection, patient_id, MealTestWanted(meal_id, at), MORNING)
    return meal_id


def purposes() -> list[object]:
    return [row[0] for row in rows(SENT)]


def test_a_test_after_a_meal_keeps_its_exact_time_and_is_reminded_of_once() -> None:
    wanted_test(patient(), EIGHT)
    jobs.send_due(EIGHT - timedelta(seconds=1))
    assert purposes() == []
    jobs.send_due(EIGHT)
    jobs.send_due(EIGHT + timedelta(minutes=5))
    assert rows(SENT) == [("TEST_REMINDER", EIGHT, EIGHT + timedelta(minutes=45))]
    assert rows("SELECT test_due_at FROM meals") == [(None,)]


def test_a_test_that_is_done_is_not_reminded_of() -> None:
    one = patient()
    meal_id = wanted_test(one, EIGHT)
    change(READ, patient=one, at=EIGHT - timedelta(minutes=20), meal=meal_id)
    jobs.send_due(EIGHT)
    assert purposes() == []


def test_a_test_that_could_not_be_reminded_of_in_time_is_let_go() -> None:
    one = patient()
    wanted_test(one, EIGHT)
    emergency(one, MORNING)
    jobs.send_due(EIGHT + timedelta(minutes=44))
    assert rows("SELECT test_due_at FROM meals") == [(EIGHT,)]
    jobs.send_due(EIGHT + timedelta(minutes=45))
    assert rows("SELECT test_due_at FROM meals") == [(None,)]
    assert purposes() == []


def test_a_dose_later_in_the_day_keeps_its_slot_from_a_test_now() -> None:
    one = patient()
    medicine(one, ["09:00", "11:00", "13:00", "15:00", "17:00"], since=MORNING)
    jobs.make_doses(MORNING)
    wanted_test(one, EIGHT)
    jobs.send_due(EIGHT)
    assert purposes() == []
    change("UPDATE medication_logs SET status = 'TAKEN' WHERE scheduled_time < '2026-11-20T04:00Z'")
    jobs.send_due(EIGHT)
    assert purposes() == ["TEST_REMINDER"]


def test_a_test_asked_for_comes_in_quiet_hours_and_beside_two_other_messages() -> None:
    one = patient()
    change("UPDATE users SET quiet_from = '06:00', quiet_until = '10:00'")
    change("UPDATE patients SET other_messages_a_day = 1")
    wanted_test(one, EIGHT)
    jobs.send_due(EIGHT)
    sent(EIGHT)
    wanted_test(one, EIGHT + timedelta(minutes=50))
    jobs.send_due(EIGHT + timedelta(minutes=50))
    assert purposes() == ["TEST_REMINDER", "TEST_REMINDER"]


def _welcomes(now: datetime) -> Select[tuple[UUID, UUID, datetime, bool, str, object]]:
    return select(
        Patient.id.label("patient_id"),
        Patient.id.label("due_id"),
        literal(EIGHT).label("due_at"),
        literal(now < EIGHT).label("is_logged"),
        literal("welcome:", Text).concat(cast(Patient.id, Text)).label("key"),
        func.json_build_object("word", "Welcome").label("facts"),
    )


WELCOME = Kind(
    Rule("welcome", stale_after=timedelta(hours=1), sent_within=timedelta(hours=1)),
    Voice(Purpose.SELF_TEST, Priority.WHENEVER),
    _welcomes,
    lambda _planned, said, _to: (text("{word}", word=said[0].facts["word"]),),
)


def test_a_kind_yet_to_come_is_one_more_row() -> None:
    for _ in range(2):
        patient()
    kinds = (*KINDS, WELCOME)
    for minutes in (-1, 0, 1):
        jobs.send_due(EIGHT + timedelta(minutes=minutes), kinds)
    assert purposes() == ["SELF_TEST"] * 2
    assert rows("SELECT DISTINCT priority, texts->0->'params' FROM outbound_messages") == [
        (2, {"word": "Welcome"})
    ]


@contextmanager
def statements() -> Iterator[list[str]]:
    """Count what is asked of PostgreSQL inside."""
    asked: list[str] = []

    def heard(*given: object) -> None:
        asked.append(str(given[2]))

    event.listen(Engine, "before_cursor_execute", heard)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", heard)


def test_a_batch_takes_as_many_statements_as_one_patient() -> None:
    def due(patients: int) -> None:
        for _ in range(patients):
            medicine(patient(), ["08:00"], since=MORNING)
        jobs.make_doses(MORNING)

    due(1)
    with statements() as for_one:
        jobs.send_due(EIGHT)
    due(40)
    with statements() as for_forty:
        jobs.send_due(EIGHT + timedelta(minutes=1))
    assert rows(MESSAGES) == [(41,)]
    assert len(for_forty) == len(for_one)


def test_a_fault_that_ends_a_batch_keeps_only_its_own_patient_back() -> None:
    for number in range(3):
        medicine(patient(), ["08:00"], since=MORNING, name=f"medicine {number}")
    jobs.make_doses(MORNING)
    change(
        "ALTER TABLE outbound_messages ADD CONSTRAINT ck_refused"
        " CHECK (texts::text NOT LIKE '%medicine 1%') NOT VALID"
    )
    try:
        jobs.send_due(EIGHT)
    finally:
        change("ALTER TABLE outbound_messages DROP CONSTRAINT ck_refused")
    assert rows(MESSAGES) == [(2,)]
    jobs.send_due(EIGHT + timedelta(minutes=1))
    assert rows(MESSAGES) == [(3,)]


def test_more_patients_than_a_page_are_all_reminded() -> None:
    with db.transaction() as connection:
        connection.exec_driver_sql(
            "WITH u AS (INSERT INTO users (role) SELECT 'PATIENT' FROM generate_series(1, 450)"
            " RETURNING id), p AS (INSERT INTO patients (user_id) SELECT id FROM u RETURNING id)"
            " INSERT INTO medications (patient_id, name, dosage, frequency, scheduled_times,"
            " start_date) SELECT id, 'metformin', '500', 'ONCE_DAILY', '{08:00}',"
            " '2026-11-20T00:00Z' FROM p"
        )
    jobs.make_doses(MORNING)
    assert rows("SELECT count(*) FROM medication_logs") == [(900,)]
    jobs.send_due(EIGHT)
    assert rows(MESSAGES) == [(450,)]


ENDS = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
"""Midnight after Tuesday 24 November in India; Sunday is three days before it."""
SUNDAY_TEN = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)


def test_a_medicine_that_ends_is_told_of_once_three_days_before_at_ten() -> None:
    one = patient()
    month_ago = MORNING - timedelta(days=30)
    medicine(one, [], since=month_ago, name="metformin", called="Glycomet", end_date=ENDS)
    medicine(one, [], since=ENDS - timedelta(days=6), name="amoxicillin", end_date=ENDS)
    medicine(one, [], since=month_ago, name="aspirin", end_date=ENDS, is_active=False)
    jobs.send_due(SUNDAY_TEN - timedelta(seconds=1))
    assert purposes() == []
    for hours in (0, 1, 24):
        jobs.send_due(SUNDAY_TEN + timedelta(hours=hours))
    assert rows("SELECT purpose, texts->0->'params', not_after FROM outbound_messages") == [
        ("REFILL_REMINDER", {"medicines": "Glycomet 500"}, SUNDAY_TEN + timedelta(hours=12))
    ]


def heard(patient_id: UUID, at: datetime, address: str = "whatsapp:+919800000001") -> None:
    """Let a patient have written last at a moment."""
    change(
        "INSERT INTO whatsapp_addresses (address, user_id, last_inbound_at)"
        " SELECT :address, user_id, :at FROM patients WHERE id = :patient",
        patient=patient_id,
        address=address,
        at=at,
    )


def test_who_is_silent_is_written_to_after_3_7_and_14_days_and_then_no_more() -> None:
    one = patient()
    heard(one, EIGHT)
    heard(one, EIGHT - timedelta(days=4), "whatsapp:IN.1234")
    written: list[datetime] = []
    for hours in range(24 * 30):
        now = EIGHT + timedelta(hours=hours)
        jobs.send_due(now)
        if len(rows(SENT)) > len(written):
            written.append(now)
            sent(now)
    assert written == [EIGHT + timedelta(days=days) for days in (3, 7, 14)]
    assert purposes() == ["REENGAGEMENT"] * 3


def test_who_is_silent_is_not_written_to_in_quiet_hours() -> None:
    night = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)  # 23:00 in India; quiet until 07:00
    heard(patient(), night)
    for hours in range(8):
        jobs.send_due(night + timedelta(days=3, hours=hours))
    assert purposes() == []
    jobs.send_due(night + timedelta(days=3, hours=8))
    assert purposes() == ["REENGAGEMENT"]


def test_who_wants_no_other_messages_is_not_written_to_for_being_silent() -> None:
    heard(patient(), EIGHT)
    change("UPDATE patients SET other_messages_a_day = 0")
    jobs.send_due(EIGHT + timedelta(days=3))
    assert purposes() == []


def test_who_is_silent_for_three_days_gets_one_other_message_a_day_instead_of_two() -> None:
    one = patient()
    heard(one, SUNDAY_TEN - timedelta(days=5))
    for number in range(2):
        since = MORNING - timedelta(days=30)
        medicine(one, [], since=since, name=f"medicine {number}", end_date=ENDS)
    jobs.send_due(SUNDAY_TEN)
    assert purposes() == ["REFILL_REMINDER"]
    change("DELETE FROM outbound_messages")
    change("UPDATE whatsapp_addresses SET last_inbound_at = :at", at=SUNDAY_TEN - timedelta(days=2))
    jobs.send_due(SUNDAY_TEN)
    assert purposes() == ["REFILL_REMINDER"] * 2


def wanted_checks(patient_id: UUID, *times: str, zone: str = "Asia/Kolkata") -> None:
    with db.transaction() as connection:
        checks.apply(connection, patient_id, ChecksWanted(times), zone, MORNING)


CHECKS = "SELECT at, next_at FROM glucose_checks ORDER BY at"


def test_a_test_asked_for_comes_every_day_at_its_time() -> None:
    wanted_checks(patient(), "07:00", "08:00")
    assert rows(CHECKS) == [
        ("07:00", EIGHT + timedelta(hours=23)),  # it is 07:30: the next is tomorrow's
        ("08:00", EIGHT),
    ]
    for days in range(2):
        jobs.send_due(EIGHT + timedelta(days=days, seconds=-1))
        jobs.send_due(EIGHT + timedelta(days=days))
        jobs.send_due(EIGHT + timedelta(days=days, minutes=1))
        sent(EIGHT + timedelta(days=days))
    late = EIGHT + timedelta(days=1, seconds=-1)
    assert rows(SENT) == [
        ("CHECK_REMINDER", EIGHT, EIGHT + timedelta(hours=1)),
        # the one of 07:00, which nobody was there to send before
        ("CHECK_REMINDER", late, late + timedelta(minutes=15)),
        ("CHECK_REMINDER", EIGHT + timedelta(days=1), EIGHT + timedelta(days=1, hours=1)),
    ]
    assert rows(CHECKS)[1] == ("08:00", EIGHT + timedelta(days=2))


@pytest.mark.parametrize(("minutes_before", "reminders"), [(61, 1), (59, 0), (1, 0)])
def test_a_test_just_done_is_not_asked_for(minutes_before: int, reminders: int) -> None:
    one = patient()
    wanted_checks(one, "08:00")
    change(READ, patient=one, at=EIGHT - timedelta(minutes=minutes_before), meal=None)
    jobs.send_due(EIGHT)
    assert len(purposes()) == reminders
    jobs.send_due(EIGHT + timedelta(hours=1))
    assert rows(CHECKS) == [("08:00", EIGHT + timedelta(days=1))]


def test_a_test_asked_for_goes_by_the_clock_of_the_place_and_comes_once_a_day() -> None:
    one = patient()
    wanted_checks(one, "08:00")
    jobs.send_due(EIGHT)
    with db.transaction() as connection:
        checks.move_to_zone(connection, one, "Europe/London", EIGHT)
    change("UPDATE users SET timezone = 'Europe/London'")
    london = datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert rows(CHECKS) == [("08:00", london)]
    jobs.send_due(london)
    assert purposes() == ["CHECK_REMINDER"]
    jobs.send_due(london + timedelta(days=1))
    assert purposes() == ["CHECK_REMINDER"] * 2


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("Asia/Kolkata", datetime(2026, 11, 20, 14, 30, tzinfo=UTC)),  # five and a half ahead
        ("Asia/Kathmandu", datetime(2026, 11, 20, 14, 15, tzinfo=UTC)),  # five and three quarters
        ("America/St_Johns", datetime(2026, 11, 20, 23, 30, tzinfo=UTC)),  # three and a half behind
    ],
)
def test_zones_of_half_and_quarter_hours_keep_their_own_eight(zone: str, first: datetime) -> None:
    one = patient(zone=zone)
    wanted_checks(one, "20:00", zone=zone)
    jobs.send_due(first - timedelta(seconds=1))
    assert purposes() == []
    jobs.send_due(first)
    assert purposes() == ["CHECK_REMINDER"]
    assert rows(CHECKS) == [("20:00", first + timedelta(days=1))]


def test_other_times_take_the_place_of_the_first_and_none_end_them() -> None:
    one = patient()
    wanted_checks(one, "08:00", "20:00")
    wanted_checks(one, "08:00", "21:00")
    assert [row[0] for row in rows(CHECKS)] == ["08:00", "21:00"]
    with db.transaction() as connection:
        checks.apply(connection, one, ChecksEnded(), "Asia/Kolkata", MORNING)
    assert rows(CHECKS) == []
