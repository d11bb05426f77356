"""Leaving through the webhook: what is deleted, what stays, and a beginning anew."""

from __future__ import annotations

from datetime import timedelta

from flask.testing import FlaskClient

from app import clock, db
from app.cli.demo import DEMO_CAREGIVER, DEMO_PATIENT
from app.conversation.jobs import drop_left
from app.messaging.outbox import store as outbox
from app.messaging.outbox.outgoing import Outgoing, Priority, Purpose
from app.text import text
from tests.settings import form
from tests.web.calls import LOW, messages, post, rows, say

OF_PATIENT = (
    "glucose_readings",
    "reading_edits",
    "meals",
    "medications",
    "medication_logs",
    "emergency_events",
    "notifications",
    "outbound_messages",
    "doctor_patient_connections",
    "caregiver_patient_connections",
    "access_log",
    "pooled_question_askers",
    "one_time_codes",
    "patients",
)
SAID = "SELECT count(*) FROM inbound_messages WHERE body IS NOT NULL OR form IS NOT NULL"


def left(service: FlaskClient) -> str:
    """Have the demo patient tell this and that, and leave."""
    for said in ("english", "fasting 126", "118, not 126", "ate 2 roti", "took metformin"):
        say(service, said)
    queue_something()
    say(service, "delete my data")
    say(service, "yes")
    return say(service, "2")


def queue_something() -> None:
    ((user_id, patient_id),) = rows("SELECT user_id, id FROM patients")
    now = clock.now()
    later = Outgoing(
        key="later",
        user_id=user_id,  # type: ignore[arg-type]  # as the column has it
        patient_id=patient_id,  # type: ignore[arg-type]  # as the column has it
        purpose=Purpose.TEST_REMINDER,
        priority=Priority.TIMELY,
        language="en",
        texts=(text("Noted."),),
        due_at=now + timedelta(hours=1),
    )
    with db.transaction() as connection:
        outbox.queue(connection, later, now)


def test_nothing_of_a_patient_is_left(service: FlaskClient) -> None:
    assert "It is deleted." in left(service)
    assert {table: rows(f"SELECT count(*) FROM {table}") for table in OF_PATIENT} == {  # noqa: S608 - ours
        table: [(0,)] for table in OF_PATIENT
    }
    assert rows(SAID) == [(0,)]
    assert rows("SELECT total_patients, active_patients FROM doctors") == [(0, 0)]
    mine = f"FROM users WHERE phone_number = '{DEMO_PATIENT}'"
    assert rows(f"SELECT display_name, deleted_at IS NOT NULL {mine}") == [(None, True)]


def test_the_ledger_shows_that_consent_was_given_and_taken_back(service: FlaskClient) -> None:
    left(service)
    ledger = "SELECT version, withdraws FROM consents ORDER BY given_at"
    assert rows(ledger) == [("demo", False), ("all", True)]


def test_the_last_answer_is_said_again_to_a_repeat(service: FlaskClient) -> None:
    say(service, "english")
    say(service, "delete my data")
    say(service, "yes")
    message = form("2")
    first = messages(post(service, message).text)
    assert "It is deleted." in first[0]
    assert messages(post(service, message).text) == first
    assert rows("SELECT count(*) FROM users WHERE deleted_at IS NOT NULL") == [(1,)]


def test_who_left_and_is_in_danger_is_answered(service: FlaskClient) -> None:
    left(service)
    answer = say(service, "sugar 45")
    assert all(word in answer for word in LOW)
    assert rows("SELECT count(*) FROM emergency_events") == [(0,)]


def test_who_left_and_writes_again_begins_anew(service: FlaskClient) -> None:
    left(service)
    assert "Welcome to ProCare" in say(service, "hi")
    say(service, "1")
    say(service, "yes")
    say(service, "fasting 99")
    assert rows("SELECT value FROM glucose_readings") == [(99.0,)]
    assert rows("SELECT count(*) FROM users WHERE deleted_at IS NOT NULL") == [(0,)]
    drop_left(clock.now() + timedelta(days=400))
    assert rows("SELECT count(*) FROM patients") == [(1,)]


def test_what_stays_is_gone_after_a_year(service: FlaskClient) -> None:
    left(service)
    drop_left(clock.now() + timedelta(days=364))
    mine = f"SELECT count(*) FROM users WHERE phone_number = '{DEMO_PATIENT}'"  # noqa: S608 - ours
    assert rows(mine) == [(1,)]
    drop_left(clock.now() + timedelta(days=366))
    assert rows(mine) == [(0,)]
    assert rows("SELECT count(*) FROM inbound_messages") == [(0,)]


def test_others_stay_as_they_are(service: FlaskClient) -> None:
    left(service)
    assert rows("SELECT count(*) FROM doctors") == [(1,)]
    caregiver = f"SELECT display_name FROM users WHERE phone_number = '{DEMO_CAREGIVER}'"  # noqa: S608 - ours
    assert rows(caregiver) == [("Ravi",)]


def test_a_doctor_told_to_go_is_alerted_no_more(service: FlaskClient) -> None:
    for said in ("english", "settings", "my doctors", "1", "yes"):
        say(service, said)
    links = "SELECT is_active, disconnected_at IS NOT NULL FROM doctor_patient_connections"
    assert rows(links) == [(False, True)]
    assert rows("SELECT active_patients FROM doctors") == [(0,)]
    assert rows("SELECT count(*) FROM consents WHERE withdraws AND doctor_id IS NOT NULL") == [(1,)]
    say(service, "chest pain")
    told = (
        "SELECT u.role::text FROM outbound_messages o JOIN users u ON u.id = o.user_id"
        " WHERE o.purpose = 'EMERGENCY_ALERT'"
    )
    assert rows(told) == [("CAREGIVER",)]


def test_a_doctor_told_to_go_can_come_back(service: FlaskClient) -> None:
    for said in ("english", "settings", "my doctors", "1", "yes", "DOC-DEMO-001", "yes"):
        say(service, said)
    assert rows("SELECT is_active FROM doctor_patient_connections") == [(True,)]
