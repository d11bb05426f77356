"""From the first message to a kept profile, through the webhook: what is written, and when."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.calls import rows, run_sql, say

ASHA = "+919812345678"
ABROAD = "+971501234567"
CODE = "DOC-DEMO-001"
LINKS = (
    "SELECT doctor_type::text, revenue_share_percentage, c.is_active, disconnected_at IS NULL"
    " FROM doctor_patient_connections c JOIN patients p ON p.id = c.patient_id"
    " JOIN users u ON u.id = p.user_id WHERE u.phone_number = '+919812345678'"
)
PROFILE = (
    "SELECT display_name, timezone, diabetes_type::text, glucose_unit, last_hba1c,"
    " diagnosed_at AT TIME ZONE 'UTC' = '2015-01-01' FROM users u JOIN patients p"
    " ON p.user_id = u.id WHERE phone_number = '+919812345678'"
)


def told(service: FlaskClient, *bodies: str, sender: str = ASHA) -> str:
    """Say several things, and give the last answer."""
    return [say(service, body, sender=sender) for body in bodies][-1]


def test_what_a_newcomer_tells_is_kept(service: FlaskClient) -> None:
    last = told(service, "hi", "English", "yes", "Asha", "1", "2", "2015", "7.2")
    assert "that is all" in last
    assert rows(PROFILE) == [("Asha", "Asia/Kolkata", "TYPE_1", "mmol/L", 7.2, True)]


def test_what_is_put_off_stays_unknown(service: FlaskClient) -> None:
    told(service, "hi", "English", "yes", "later", "later", "1", "later", "do not know")
    assert rows(PROFILE) == [(None, "Asia/Kolkata", None, "mg/dL", None, None)]


def test_a_reading_in_the_middle_is_kept_after_consent_only(service: FlaskClient) -> None:
    told(service, "hi", "English", "fasting 126")
    kept = (
        "SELECT value FROM glucose_readings g JOIN patients p ON p.id = g.patient_id"
        " JOIN users u ON u.id = p.user_id WHERE phone_number = '+919812345678'"
    )
    assert rows(kept) == []
    assert "What is your name?" in told(service, "yes", "fasting 127")
    assert rows(kept) == [(127.0,)]


def test_a_number_from_abroad_is_asked_for_its_place(service: FlaskClient) -> None:
    asked = told(service, "hi", "English", "yes", "Asha", "2", "1", sender=ABROAD)
    assert "Where do you live?" in asked
    assert "Since when" in told(service, "Dubai", sender=ABROAD)
    zone = "SELECT timezone FROM users WHERE phone_number = '+971501234567'"
    assert rows(zone) == [("Asia/Dubai",)]


def test_a_doctors_code_first_connects_after_both_consents(service: FlaskClient) -> None:
    assert "Dr. Demo Diabetes Specialist" in told(service, f"Hello, {CODE}")
    assert "would like to see" in told(service, "English", "yes")
    assert rows(LINKS) == []
    assert "is now your doctor" in told(service, "yes")
    assert rows(LINKS) == [("DIABETES_SPECIALIST", 60, True, True)]
    agreed = (
        "SELECT version, c.language::text, doctor_id IS NOT NULL, message_sid IS NOT NULL"
        " FROM consents c JOIN users u ON u.id = c.user_id WHERE phone_number = '+919812345678'"
        " ORDER BY doctor_id IS NOT NULL"
    )
    assert rows(agreed) == [
        ("2026-11", "en", False, True),
        ("doctor-2026-11", "en", True, True),
    ]
    assert rows("SELECT total_patients, active_patients FROM doctors") == [(2, 2)]


def test_nobody_is_connected_who_refuses(service: FlaskClient) -> None:
    assert "sees nothing of you" in told(service, CODE, "English", "yes", "no")
    assert rows(LINKS) == []
    refused_all = told(service, CODE, "English", "no", sender=ABROAD)
    assert "I keep nothing" in refused_all
    assert rows("SELECT count(*) FROM doctor_patient_connections") == [(1,)]


def test_the_same_code_twice_says_so(service: FlaskClient) -> None:
    assert "पहले से जुड़े हैं" in say(service, CODE.lower())
    assert rows("SELECT count(*) FROM doctor_patient_connections") == [(1,)]


@pytest.mark.parametrize("code", ["DOC-ABC123", "DOC-DEMO-002"])
def test_an_unknown_code_is_told_to_be_unknown(service: FlaskClient, code: str) -> None:
    assert "कोई डॉक्टर मुझे नहीं मिला" in say(service, code)


def test_the_code_of_an_inactive_doctor_is_unknown(service: FlaskClient, database: str) -> None:
    run_sql(database, "UPDATE users SET is_active = false WHERE role = 'DOCTOR'")
    assert "कोई डॉक्टर मुझे नहीं मिला" in say(service, CODE)
    assert "I know no doctor" in told(service, CODE)


def test_a_doctor_who_left_comes_back_on_the_same_row(service: FlaskClient, database: str) -> None:
    run_sql(
        database,
        "UPDATE doctor_patient_connections SET is_active = false, disconnected_at = now(),"
        " revenue_share_percentage = 30",
    )
    say(service, CODE)
    assert "आपके डॉक्टर हैं" in say(service, "हाँ")
    # The terms agreed on once stay those of the connection.
    assert rows(
        "SELECT is_active, disconnected_at, revenue_share_percentage"
        " FROM doctor_patient_connections"
    ) == [(True, None, 30)]


def test_a_caregiver_or_a_doctor_is_not_connected_by_a_code(service: FlaskClient) -> None:
    for sender in ("+919999999997", "+919999999999"):
        assert "connects a patient" in told(service, CODE, sender=sender)
    assert rows("SELECT count(*) FROM doctor_patient_connections") == [(1,)]


def test_another_place_has_the_doses_to_come_made_anew(service: FlaskClient) -> None:
    say(service, "metformin 500 at 8 am and 8 pm")
    say(service, "1")
    ahead = (
        "INSERT INTO medication_logs (medication_id, patient_id, scheduled_time, remind_at,"
        " status, logged_by) SELECT m.id, m.patient_id, at, at, 'PENDING', p.user_id"
        " FROM medications m JOIN patients p ON p.id = m.patient_id,"
        " (VALUES (now() + interval '5 hours'), (now() - interval '1 hour')) AS due (at)"
        " WHERE m.name = 'metformin' RETURNING 1"
    )
    assert len(rows(ahead)) == 2
    for body in ("settings", "3", "London"):
        say(service, body)
    assert rows("SELECT count(*) FROM medication_logs WHERE scheduled_time > now()") == [(0,)]
    assert rows("SELECT count(*) FROM medication_logs") == [(1,)]
    zone = "SELECT timezone FROM users WHERE phone_number = '+919999999998'"
    assert rows(zone) == [("Europe/London",)]


def test_what_is_set_is_kept(service: FlaskClient) -> None:
    for body in ("settings", "5", "raat 11 se subah 6", "settings", "4", "3"):
        say(service, body)
    for body in ("settings", "3", "9 pm"):
        say(service, body, sender="+919999999997")
    mine = (
        "SELECT quiet_from, quiet_until, other_messages_a_day FROM users u"
        " JOIN patients p ON p.user_id = u.id WHERE phone_number = '+919999999998'"
    )
    assert rows(mine) == [("23:00", "06:00", 3)]
    assert rows("SELECT daily_digest_time FROM caregivers") == [("21:00",)]


def test_what_was_left_is_still_known_in_the_next_turn(service: FlaskClient, database: str) -> None:
    told(service, "hi", "English", "yes", "Asha")
    run_sql(database, "UPDATE conversations SET waits_until = '2020-01-01 00:00+00'")
    assert "still open" not in told(service, "thanks")
    assert "Which type of diabetes" in told(service, "fasting 126")
    assert "meter show" in told(service, "2")
