"""A patient invites a caregiver with a code of six digits, and who has it accepts."""

from __future__ import annotations

import pytest
import regex
from flask.testing import FlaskClient
from sqlalchemy import text

from app import db
from app.cli.demo import DEMO_CAREGIVER
from tests.web.calls import rows, say

MEERA, STRANGER = "+919812345678", "+919812300002"
LINKS = """
    SELECT c.full_name, l.patient_is, l.can_update_data, l.can_view_health_records
    FROM caregiver_patient_connections l JOIN caregivers c ON c.id = l.caregiver_id
    WHERE l.is_active AND c.full_name <> 'Ravi Demo'
"""


def run(statement: str) -> None:
    with db.transaction() as connection:
        connection.execute(text(statement))


def invite(service: FlaskClient, number: str = "98123 45678", may: str = "1") -> str:
    """Have the demo patient invite a number, and give the code of the link."""
    for body in ("english", "caregiver", "2", number, "1", may):
        say(service, body)
    found = regex.search(r"text=CARE%20(\d{6})", say(service, "yes"))
    assert found
    return str(found[1])


def answered(service: FlaskClient, body: str, number: str = MEERA) -> str:
    return say(service, body, sender=number)


def test_whoever_has_the_code_becomes_a_caregiver(service: FlaskClient) -> None:
    code = invite(service)
    assert "Asha asks you to care for them here" in answered(service, f"CARE {code}")
    assert answered(service, "yes") == "What is your name?"
    assert answered(service, "Meera").startswith("Done. You now care for Asha here.")
    assert rows(LINKS) == [("Meera", "mother", True, True)]
    assert rows(f"SELECT role::text FROM users WHERE phone_number = '{MEERA}'") == [("CAREGIVER",)]  # noqa: S608 - ours
    assert answered(service, "amma fasting 126").startswith("For Asha:")


def test_both_have_agreed_with_time_and_version(service: FlaskClient) -> None:
    code = invite(service)
    for body in (code, "yes", "Meera"):
        answered(service, body)
    assert rows("SELECT version FROM consents WHERE version <> 'demo' ORDER BY given_at") == [
        ("caregiver-2026-11",),
        ("caregiving-2026-11",),
    ]


def test_the_rights_are_those_that_the_patient_chose(service: FlaskClient) -> None:
    code = invite(service, may="4")
    for body in (code, "yes", "Meera"):
        answered(service, body)
    assert rows(LINKS) == [("Meera", "mother", False, False)]


def test_the_code_is_nowhere_in_the_database(service: FlaskClient) -> None:
    code = invite(service)
    kept = rows("SELECT row_to_json(c)::text FROM one_time_codes c")
    kept += rows("SELECT body FROM inbound_messages WHERE body IS NOT NULL")
    kept += rows("SELECT texts::text FROM outbound_messages")
    assert not [said for (said,) in kept if code in str(said)]
    ((body,),) = rows("SELECT body FROM inbound_messages ORDER BY received_at DESC LIMIT 1")
    assert body is None


def test_the_code_works_once(service: FlaskClient) -> None:
    code = invite(service)
    for body in (code, "yes", "Meera"):
        answered(service, body)
    run("UPDATE caregiver_patient_connections SET is_active = false")
    assert answered(service, f"CARE {code}").startswith("That code is not right")
    assert rows(LINKS) == []


def test_the_code_works_from_no_other_number(service: FlaskClient) -> None:
    code = invite(service)
    assert answered(service, f"CARE {code}", STRANGER).startswith("That code is not right")
    assert answered(service, f"CARE {code}").startswith("Asha asks you")


def test_an_unknown_number_and_an_invited_one_hear_the_same_of_a_wrong_code(
    service: FlaskClient,
) -> None:
    invite(service)
    assert answered(service, "CARE 000000") == answered(service, "CARE 000000", STRANGER)


def test_after_ten_minutes_the_code_is_none(service: FlaskClient) -> None:
    code = invite(service)
    lasts = rows("SELECT extract(epoch FROM expires_at - sent_at)::int FROM one_time_codes")
    assert lasts == [(600,)]
    run("UPDATE one_time_codes SET expires_at = sent_at")
    assert answered(service, f"CARE {code}").startswith("That code is not right")


def test_after_five_wrong_codes_the_right_one_is_none(service: FlaskClient) -> None:
    code = invite(service)
    wrong = "000000" if code != "000000" else "000001"
    for _ in range(5):
        answered(service, f"CARE {wrong}")
    assert rows("SELECT tries FROM one_time_codes") == [(5,)]
    tried = f"SELECT otp_attempts FROM users WHERE phone_number = '{MEERA}'"  # noqa: S608 - ours
    assert rows(tried) == [(5,)]
    assert answered(service, f"CARE {code}").startswith("That code is not right")


def test_no_fourth_code_is_made_within_an_hour(service: FlaskClient) -> None:
    for _ in range(3):
        invite(service)
    for body in ("caregiver", "2", "98123 45678", "1", "1"):
        say(service, body)
    assert say(service, "yes").startswith("You have had three codes within an hour.")
    assert rows("SELECT count(*) FROM one_time_codes") == [(3,)]
    run("UPDATE one_time_codes SET sent_at = sent_at - interval '61 minutes'")
    invite(service)


def test_who_does_not_agree_is_no_caregiver(service: FlaskClient) -> None:
    code = invite(service)
    answered(service, f"CARE {code}")
    assert "All right, I leave it as it is." in answered(service, "no")
    assert rows(LINKS) == []


@pytest.mark.parametrize("said", ["CARE 123456", "123456"])
def test_digits_of_nobody_link_nobody(service: FlaskClient, said: str) -> None:
    answered(service, said)
    assert rows(LINKS) == []


def test_a_caregiver_accepts_a_second_patient(service: FlaskClient) -> None:
    for body in ("hello", "2"):
        answered(service, body, STRANGER)
    run("INSERT INTO patients (user_id) SELECT id FROM users WHERE phone_number = '+919812300002'")
    run("UPDATE users SET display_name = 'Mohan' WHERE phone_number = '+919812300002'")
    for body in ("cancel", "caregiver", "yes", DEMO_CAREGIVER, "2", "1"):
        answered(service, body, STRANGER)
    found = regex.search(r"CARE%20(\d{6})", answered(service, "yes", STRANGER))
    assert found
    assert answered(service, f"CARE {found[1]}", DEMO_CAREGIVER).startswith("Mohan asks you")
    assert answered(service, "yes", DEMO_CAREGIVER).startswith("Done. You now care for Mohan")
    assert answered(service, "papa fasting 140", DEMO_CAREGIVER).startswith("For Mohan:")
