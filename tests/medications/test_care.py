"""The care of medicines over the webhook, and what the rows and reminders make of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from app import clock, db
from app.reminders import jobs
from tests.web.calls import rows, say

MEDICINES = "SELECT name, called, dosage, is_active, paused_at IS NOT NULL FROM medications"
AHEAD = "SELECT count(*) FROM medication_logs WHERE status = 'PENDING'"
LOGS = "SELECT status::text FROM medication_logs WHERE status <> 'PENDING'"


@pytest.fixture
def with_medicine(service: FlaskClient) -> FlaskClient:
    """Let the patient have one medicine with times, its doses made ahead."""
    with db.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM medications")
    say(service, "Glycomet 500 8 am and 8 pm")
    say(service, "1")
    jobs.make_doses(clock.now())
    return service


def test_a_medicine_keeps_its_generic_and_what_the_person_calls_it(
    with_medicine: FlaskClient,
) -> None:
    assert rows(MEDICINES) == [("metformin", "Glycomet", "500", True, False)]
    assert "Glycomet 500: 08:00, 20:00" in say(with_medicine, "my medicines")


def test_a_reminder_says_what_the_person_calls_it(with_medicine: FlaskClient) -> None:
    assert say(with_medicine, "thanks")
    (due,) = rows("SELECT min(scheduled_time) FROM medication_logs WHERE status = 'PENDING'")
    assert isinstance(due[0], datetime)
    jobs.send_due(due[0] + timedelta(minutes=1))

    assert "Glycomet 500" in str(rows("SELECT texts FROM outbound_messages"))


def test_a_paused_medicine_has_no_doses_to_be_reminded_of(with_medicine: FlaskClient) -> None:
    say(with_medicine, "pause glycomet")
    say(with_medicine, "5")
    jobs.make_doses(clock.now())

    assert rows(AHEAD) == [(0,)]
    assert rows(MEDICINES) == [("metformin", "Glycomet", "500", True, True)]


def test_a_pause_of_days_lets_the_doses_after_it_be_made(with_medicine: FlaskClient) -> None:
    say(with_medicine, "pause glycomet")
    say(with_medicine, "1")
    jobs.make_doses(clock.now())

    early = (
        "SELECT count(*) FROM medication_logs l JOIN medications m ON m.id = l.medication_id"
        " WHERE l.status = 'PENDING' AND l.scheduled_time < m.paused_until"
    )
    assert rows(early) == [(0,)]
    assert rows("SELECT count(*) > 0 FROM medication_logs WHERE status = 'PENDING'") == [(True,)]


def test_a_resumed_medicine_gets_its_doses_again(with_medicine: FlaskClient) -> None:
    before = rows(AHEAD)
    say(with_medicine, "pause glycomet")
    say(with_medicine, "5")
    say(with_medicine, "resume glycomet")
    jobs.make_doses(clock.now())

    assert rows(AHEAD) == before


def test_an_ended_medicine_is_over_and_not_reminded_of(with_medicine: FlaskClient) -> None:
    say(with_medicine, "doctor ne glycomet band kar di")
    assert rows(AHEAD) != [(0,)]
    say(with_medicine, "1")
    jobs.make_doses(clock.now())

    assert rows(AHEAD) == [(0,)]
    assert rows("SELECT is_active, end_date IS NOT NULL FROM medications") == [(False, True)]


def test_changed_times_leave_no_dose_of_the_old_ones(with_medicine: FlaskClient) -> None:
    for said in ("my medicines", "2", "7 am", "1"):
        say(with_medicine, said)
    jobs.make_doses(clock.now())

    at = "SELECT DISTINCT to_char(scheduled_time AT TIME ZONE 'Asia/Kolkata', 'HH24:MI')"
    assert rows(f"{at} FROM medication_logs WHERE status = 'PENDING'") == [("07:00",)]
    assert rows(MEDICINES) == [("metformin", "Glycomet", "500", True, False)]


def test_a_dose_told_again_makes_no_second_log(with_medicine: FlaskClient) -> None:
    say(with_medicine, "glycomet le li")
    assert "पहले से" in say(with_medicine, "metformin le li")

    assert rows(LOGS) == [("TAKEN",)]


def test_whether_a_dose_was_taken_is_answered_from_the_days_logs(
    with_medicine: FlaskClient,
) -> None:
    assert "कुछ नहीं बताया" in say(with_medicine, "kya maine glycomet li?")
    say(with_medicine, "glycomet le li")
    assert "हाँ:" in say(with_medicine, "kya maine glycomet li?")


def test_another_dose_told_later_corrects_the_first(with_medicine: FlaskClient) -> None:
    say(with_medicine, "glycomet le li")
    say(with_medicine, "glycomet nahi li")

    assert rows(LOGS) == [("SKIPPED",)]
