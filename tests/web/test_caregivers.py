"""A caregiver writes for a patient: what is kept, for whom, and who hears of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from app import db
from app.cli.demo import DEMO_CAREGIVER, DEMO_PATIENT
from tests.people.families import caregiver, patient, user
from tests.web.calls import rows, say

READINGS = """
    SELECT u.display_name, g.value, t.display_name FROM glucose_readings g
    JOIN patients p ON p.id = g.patient_id JOIN users u ON u.id = p.user_id
    LEFT JOIN users t ON t.id = g.logged_by ORDER BY g.created_at, g.value
"""
EVENTS = "SELECT type::text, level, status::text FROM emergency_events ORDER BY opened_at"
ALERTED = """
    SELECT u.display_name, o.purpose FROM outbound_messages o JOIN users u ON u.id = o.user_id
    WHERE o.purpose <> 'EMERGENCY_ANSWER' ORDER BY 1, 2
"""
SECOND_CAREGIVER = "+919812300001"


def tell(service: FlaskClient, body: str, **fields: str) -> str:
    """Say something as the demo caregiver, Ravi, who cares for Asha, his mother."""
    return say(service, body, sender=DEMO_CAREGIVER, **fields)


def run(statement: str) -> None:
    with db.transaction() as connection:
        connection.execute(text(statement))


def second_patient(name: str = "Mohan", patient_is: str | None = "father") -> None:
    """Let the demo caregiver care for another patient too."""
    one = patient(user("PATIENT", display_name=name, phone_number="+919812300009"))
    caregiver(one, "Ravi Demo", can_update_data=True, patient_is=patient_is)
    run(
        "UPDATE caregiver_patient_connections SET caregiver_id = c.id FROM caregivers c"
        " JOIN users u ON u.id = c.user_id WHERE u.phone_number = '+919999999997'"
    )


def other_caregiver() -> None:
    """Give Asha another caregiver, Meera."""
    ((one,),) = rows("SELECT id FROM patients")
    caregiver(one, "Meera")  # type: ignore[arg-type]  # as the column has it
    run(
        "UPDATE users SET display_name = 'Meera' FROM caregivers c"
        " WHERE c.user_id = users.id AND c.full_name = 'Meera'"
    )


def test_the_only_patients_reading_is_kept_with_who_told_it(service: FlaskClient) -> None:
    said = tell(service, "fasting 126")
    assert said.startswith("For Asha:\nNoted: sugar 126 mg/dL, fasting.")
    assert rows(READINGS) == [("Asha", 126.0, "Ravi")]


def test_the_answer_to_a_question_says_for_whom_it_was_kept(service: FlaskClient) -> None:
    assert "1. Fasting" in tell(service, "sugar 182")
    assert tell(service, "1").startswith("For Asha:\n\nNoted: fasting.")
    assert rows("SELECT state::text FROM glucose_readings") == [("MORNING_FASTING",)]


def test_a_dose_and_a_meal_are_kept_for_the_patient(service: FlaskClient) -> None:
    tell(service, "took metformin")
    tell(service, "amma ate 2 roti")
    told = rows("SELECT display_name FROM medication_logs l JOIN users u ON u.id = l.logged_by")
    assert told == [("Ravi",)]
    assert rows("SELECT count(*) FROM meals") == [(1,)]


def test_each_writing_is_noted_without_words(service: FlaskClient) -> None:
    tell(service, "fasting 126")
    tell(service, "sugar 45")
    assert rows("SELECT relation, need FROM access_log ORDER BY at, need") == [
        ("CAREGIVER", "LOG"),
        ("CAREGIVER", "LOG"),
        ("CAREGIVER", "TELL_DANGER"),
    ]
    assert rows("SELECT body, form FROM inbound_messages") == [(None, None), (None, None)]


def test_without_leave_nothing_is_kept_and_it_is_said_how_to_get_it(service: FlaskClient) -> None:
    run("UPDATE caregiver_patient_connections SET can_update_data = false")
    assert tell(service, "fasting 126").startswith("Asha has not allowed you")
    tell(service, "took metformin")
    tell(service, "undo")
    assert rows(READINGS) == []
    assert rows("SELECT count(*) FROM medication_logs") == [(0,)]


def test_danger_is_answered_and_told_without_leave_too(service: FlaskClient) -> None:
    run("UPDATE caregiver_patient_connections SET can_update_data = false")
    other_caregiver()
    said = tell(service, "sugar 45")
    assert said.startswith("This is dangerously low sugar. Act now.")
    assert said.endswith("This is about Asha.")
    assert rows(EVENTS) == [("HYPOGLYCEMIA", "P1", "ACTIVE")]
    assert rows(READINGS) == []
    assert rows(ALERTED) == [("Asha", "EMERGENCY_FOLLOW_UP"), ("Meera", "EMERGENCY_ALERT")]


def test_who_told_of_danger_is_not_alerted_of_it(service: FlaskClient) -> None:
    other_caregiver()
    tell(service, "mummy behosh hai")
    assert ("Ravi", "EMERGENCY_ALERT") not in rows(ALERTED)
    assert ("Meera", "EMERGENCY_ALERT") in rows(ALERTED)


def test_the_loop_goes_on_with_whoever_writes(service: FlaskClient) -> None:
    say(service, "english")
    say(service, "sugar 45")
    assert "still low" in tell(service, "60")
    assert "not low" in say(service, "110")
    tell(service, "120")
    assert rows(EVENTS) == [("HYPOGLYCEMIA", "P1", "RESOLVED")]
    assert [value for _, value, _ in rows(READINGS)] == [45.0, 60.0, 110.0, 120.0]


def test_help_told_by_a_caregiver_ends_what_only_help_ends(service: FlaskClient) -> None:
    other_caregiver()
    tell(service, "mummy behosh hai")
    assert "help is there" in tell(service, "the ambulance is here")
    assert rows(EVENTS) == [("HYPOGLYCEMIA", "P0", "RESOLVED")]
    over = rows("SELECT texts::text FROM outbound_messages WHERE idempotency_key LIKE '%over'")
    assert all("Someone who cares for {name}" in str(said) for (said,) in over)
    assert over


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("amma 150 fasting", ("Asha", 150.0, "Ravi")),
        ("Mohan 150 fasting", ("Mohan", 150.0, "Ravi")),
        ("papa: fasting 150", ("Mohan", 150.0, "Ravi")),
        ("fasting 150 for Asha", ("Asha", 150.0, "Ravi")),
    ],
)
def test_a_name_or_a_relation_says_whose_it_is(
    service: FlaskClient, said: str, kept: tuple[object, ...]
) -> None:
    second_patient()
    assert tell(service, said).startswith(f"For {kept[0]}:")
    assert rows(READINGS) == [kept]


def test_papa_took_the_medicine_is_papas_dose(service: FlaskClient) -> None:
    second_patient()
    assert tell(service, "papa ne metformin li").startswith("For Mohan:")


def test_what_names_nobody_is_asked_about_and_kept_when_answered(service: FlaskClient) -> None:
    second_patient()
    assert tell(service, "fasting 150") == (
        "Whom is this about?\n1. Asha\n2. Mohan\n3. Somebody else"
    )
    assert rows(READINGS) == []
    assert tell(service, "2").startswith("For Mohan:\nNoted: sugar 150 mg/dL, fasting.")
    assert rows(READINGS) == [("Mohan", 150.0, "Ravi")]


@pytest.mark.parametrize("answer", ["amma", "Asha", "1"])
def test_the_question_is_answered_by_name_relation_or_number(
    service: FlaskClient, answer: str
) -> None:
    second_patient()
    tell(service, "fasting 150")
    tell(service, answer)
    assert rows(READINGS) == [("Asha", 150.0, "Ravi")]


def test_somebody_else_is_nobody_we_know(service: FlaskClient) -> None:
    second_patient()
    tell(service, "fasting 150")
    assert "I keep nothing of that" in tell(service, "3")
    assert rows(READINGS) == []


def test_all_that_was_told_before_the_answer_is_kept(service: FlaskClient) -> None:
    second_patient()
    tell(service, "fasting 150")
    assert "Whom is this about?" in tell(service, "took metformin")
    tell(service, "2")
    assert rows(READINGS) == [("Mohan", 150.0, "Ravi")]
    assert rows("SELECT count(*) FROM medication_logs") == [(1,)]


def test_danger_of_nobody_named_is_answered_at_once_and_opened_when_named(
    service: FlaskClient,
) -> None:
    second_patient()
    said = tell(service, "sugar 45")
    assert said.startswith("This is dangerously low sugar. Act now.")
    assert said.endswith("3. Somebody else")
    assert rows(EVENTS) == []
    assert tell(service, "papa").startswith("This is dangerously low sugar. Act now.")
    assert rows(EVENTS) == [("HYPOGLYCEMIA", "P1", "ACTIVE")]
    assert ("Mohan", "EMERGENCY_FOLLOW_UP") in rows(ALERTED)


def test_two_patients_in_one_message_are_written_for_neither(service: FlaskClient) -> None:
    second_patient()
    assert "one person in a message" in tell(service, "amma 150 papa 130")
    assert rows(READINGS) == []


def test_a_relative_who_is_no_patient_of_ours_is_written_for_nobody(service: FlaskClient) -> None:
    assert "I kept nothing" in tell(service, "papa sugar 140")
    run("UPDATE caregiver_patient_connections SET patient_is = NULL")
    assert tell(service, "papa sugar 140").startswith("Whom is this about?\n1. Asha")
    assert rows(READINGS) == []


def test_a_question_about_one_is_not_answered_for_another(service: FlaskClient) -> None:
    second_patient()
    assert "1. Fasting" in tell(service, "amma 150")
    assert tell(service, "papa fasting 140").startswith("For Mohan:")
    tell(service, "2")
    states = "SELECT state::text FROM glucose_readings ORDER BY value"
    assert rows(states) == [("MORNING_FASTING",), ("RANDOM",)]


@pytest.fixture
def both(service: FlaskClient) -> FlaskClient:
    """The demo caregiver is a patient too, and cares for Asha."""
    with db.transaction() as connection:
        query = text("SELECT id FROM users WHERE phone_number = :number")
        own = connection.execute(query, {"number": DEMO_CAREGIVER}).scalar_one()
    patient(own)
    return service


def test_a_caregiver_who_is_a_patient_writes_of_themselves(both: FlaskClient) -> None:
    tell(both, "fasting 126")
    assert rows(READINGS) == [("Ravi", 126.0, "Ravi")]


def test_a_caregiver_who_is_a_patient_names_the_other(both: FlaskClient) -> None:
    assert tell(both, "amma fasting 182").startswith("For Asha:")
    assert rows(READINGS) == [("Asha", 182.0, "Ravi")]


def test_a_caregiver_who_is_a_patient_is_asked_where_it_is_open(both: FlaskClient) -> None:
    said = tell(both, "amma said my sugar is 182 fasting")
    assert said == "Whom is this about?\n1. Asha\n2. Myself\n3. Somebody else"
    tell(both, "2")
    assert rows(READINGS) == [("Ravi", 182.0, "Ravi")]


def test_a_caregiver_asks_for_nothing_in_the_patients_name(service: FlaskClient) -> None:
    for wish in ("delete my data", "export my data", "report", "my medicines", "menu"):
        assert tell(service, wish) == "Only Asha can ask for that, from their own phone."
    assert "no doctor" not in tell(service, "DOC-DEMO-001")
    assert rows("SELECT count(*) FROM patients") == [(1,)]


def test_a_caregiver_sets_their_own_language_and_nothing_of_the_patient(
    service: FlaskClient,
) -> None:
    tell(service, "hindi")
    known = "SELECT display_name, language::text FROM users WHERE role <> 'DOCTOR' ORDER BY 1"
    assert rows(known) == [("Asha", "hi"), ("Ravi", "hi")]
    tell(service, "english")
    assert "Daily summary" in tell(service, "settings")


def test_an_ended_connection_shuts_the_door(service: FlaskClient) -> None:
    run("UPDATE caregiver_patient_connections SET is_active = false")
    tell(service, "fasting 126")
    tell(service, "sugar 45")
    assert rows(READINGS) == []
    assert rows(EVENTS) == []


def test_the_patient_is_told_who_sees_what(service: FlaskClient) -> None:
    say(service, "english")
    said = say(service, "caregiver")
    assert "- Ravi: sees and sends data, is warned in danger" in said
    assert "- Dr. Demo Diabetes Specialist: your doctor" in said


def test_the_patient_takes_leave_to_send_back_and_it_holds_at_once(service: FlaskClient) -> None:
    for body in ("english", "caregiver", "1"):
        say(service, body)
    said = say(service, "2")
    assert said == "Done. That holds for Ravi from now on."
    assert tell(service, "fasting 126").startswith("Asha has not allowed you")


def in_danger_and_queued(service: FlaskClient) -> None:
    """Let an emergency be told of and be over, with all that was to be sent still waiting."""
    for body in ("english", "mummy behosh hai", "ambulance is here"):
        say(service, body)
    run("UPDATE outbound_messages SET status = 'PENDING'")


def waiting_for(name: str) -> int:
    told = rows(
        "SELECT u.display_name FROM outbound_messages o JOIN users u ON u.id = o.user_id"
        " WHERE o.status = 'PENDING'"
    )
    return told.count((name,))


def test_who_is_told_to_go_hears_nothing_any_more_not_even_what_is_queued(
    service: FlaskClient,
) -> None:
    in_danger_and_queued(service)
    assert waiting_for("Ravi") > 0
    for body in ("caregiver", "1", "5"):
        say(service, body)
    said = say(service, "1")
    assert said == "Done. Ravi sees nothing of you any more, and is not warned."
    assert waiting_for("Ravi") == 0
    assert rows("SELECT is_active FROM caregiver_patient_connections") == [(False,)]
    assert rows("SELECT version FROM consents WHERE withdraws") == [("caregiver",)]
    events = len(rows(EVENTS))
    tell(service, "sugar 45")
    assert len(rows(EVENTS)) == events


def test_a_caregiver_ends_it_too(service: FlaskClient) -> None:
    for body in ("settings", "5", "Asha"):
        tell(service, body)
    said = tell(service, "yes")
    assert said == "Done. You do not care for Asha here any more."
    assert rows("SELECT is_active FROM caregiver_patient_connections") == [(False,)]
    tell(service, "fasting 126")
    assert rows(READINGS) == []


def test_a_doctor_who_is_told_to_go_hears_nothing_that_is_queued(service: FlaskClient) -> None:
    in_danger_and_queued(service)
    assert waiting_for("Dr. Demo") > 0
    for body in ("settings", "my doctors", "1", "yes"):
        say(service, body)
    assert waiting_for("Dr. Demo") == 0


def test_two_phones_at_once_lose_nothing(service: FlaskClient) -> None:
    senders = [DEMO_PATIENT, DEMO_CAREGIVER] * 4
    values = [f"sugar {150 + 10 * number} fasting" for number in range(len(senders))]
    with ThreadPoolExecutor(4) as pool:
        list(
            pool.map(
                lambda who, what: say(service.application.test_client(), what, sender=who),
                senders,
                values,
            )
        )
    kept = sorted(value for _, value, _ in rows(READINGS))  # type: ignore[type-var]
    assert kept == [150.0 + 10 * number for number in range(8)]
