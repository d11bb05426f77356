"""A question from two patients' phones to the doctor's and back, through the webhook."""

from __future__ import annotations

from flask.testing import FlaskClient

from app.cli.demo import DEMO_DOCTOR, DEMO_PATIENT
from tests.delivery.world import change
from tests.settings import form
from tests.web.calls import messages, post, rows

OTHER = "+919812300001"
POOL = "SELECT number, patient_count, is_answered FROM pooled_questions ORDER BY first_asked_at"
ANSWERS = (
    "SELECT u.phone_number, o.texts -> 0 -> 'params' ->> 'question',"
    " o.texts -> 0 -> 'params' ->> 'answer' FROM outbound_messages o"
    " JOIN users u ON u.id = o.user_id"
    " WHERE o.purpose = 'DOCTOR_ANSWER' ORDER BY o.queued_at, u.phone_number"
)
URGENT = (
    "SELECT u.phone_number FROM outbound_messages o JOIN users u ON u.id = o.user_id"
    " WHERE o.purpose = 'URGENT_QUESTION'"
)
HINDI, TAMIL = "kya main aam kha sakta hu", "மாம்பழம் சாப்பிடலாமா?"


def other_patient() -> None:
    """Let a second patient, who writes Tamil, have agreed and have the same doctor."""
    change(
        "INSERT INTO users (phone_number, role, language) VALUES (:number, 'PATIENT', 'ta')",
        number=OTHER,
    )
    change(
        "INSERT INTO patients (user_id, diabetes_type)"
        " SELECT id, 'TYPE_2' FROM users WHERE phone_number = :number",
        number=OTHER,
    )
    change(
        "INSERT INTO doctor_patient_connections (doctor_id, patient_id, doctor_type)"
        " SELECT d.id, p.id, 'DIABETES_SPECIALIST' FROM doctors d, patients p"
        " JOIN users u ON u.id = p.user_id WHERE u.phone_number = :number",
        number=OTHER,
    )


def from_phone(service: FlaskClient, number: str, body: str) -> str:
    return "\n".join(messages(post(service, form(body, sender=number)).text))


def ask(service: FlaskClient, number: str, question: str) -> str:
    from_phone(service, number, question)
    return from_phone(service, number, "1")


def test_the_same_question_in_two_languages_is_one_and_both_get_the_answer(
    service: FlaskClient,
) -> None:
    other_patient()
    ask(service, DEMO_PATIENT, HINDI)
    ask(service, OTHER, TAMIL)
    assert rows(POOL) == [(1, 2, False)]

    assert "(2 patients)" in from_phone(service, DEMO_DOCTOR, "questions")
    assert "2 patients" in from_phone(service, DEMO_DOCTOR, "1 Half a mango is fine.")
    assert rows(POOL) == [(1, 2, True)]
    assert rows(ANSWERS) == [
        (OTHER, TAMIL, "Half a mango is fine."),
        (DEMO_PATIENT, HINDI, "Half a mango is fine."),
    ]


def test_who_asks_what_was_answered_is_told_at_once_by_whom_and_when(service: FlaskClient) -> None:
    other_patient()
    ask(service, DEMO_PATIENT, HINDI)
    from_phone(service, DEMO_DOCTOR, "1 Half a mango is fine.")
    said = from_phone(service, OTHER, TAMIL)
    assert "Half a mango is fine." in said
    assert "Dr. Demo" in said
    assert HINDI not in said
    from_phone(service, OTHER, "2")
    assert rows(POOL) == [(1, 1, True), (1, 1, False)]


def test_an_answer_put_right_goes_to_all_again(service: FlaskClient) -> None:
    ask(service, DEMO_PATIENT, HINDI)
    from_phone(service, DEMO_DOCTOR, "1 Two mangoes are fine.")
    assert "corrected" in from_phone(service, DEMO_DOCTOR, "1 Half a mango is fine.")
    assert [answer for _, _, answer in rows(ANSWERS)] == [
        "Two mangoes are fine.",
        "Half a mango is fine.",
    ]
    assert rows(POOL) == [(1, 1, True)]


def test_a_question_asked_twice_by_one_counts_once(service: FlaskClient) -> None:
    ask(service, DEMO_PATIENT, HINDI)
    ask(service, DEMO_PATIENT, "क्या मैं आम खा सकता हूँ?")
    assert rows(POOL) == [(1, 1, False)]


def test_who_left_the_doctor_gets_no_answer_any_more(service: FlaskClient) -> None:
    ask(service, DEMO_PATIENT, HINDI)
    change("UPDATE doctor_patient_connections SET is_active = false, disconnected_at = now()")
    from_phone(service, DEMO_DOCTOR, "1 Half a mango is fine.")
    assert rows(ANSWERS) == []


def test_a_complaint_goes_to_the_doctor_at_once_and_joins_nothing(service: FlaskClient) -> None:
    other_patient()
    for number in (DEMO_PATIENT, OTHER):
        from_phone(service, number, "ask doctor why do my feet burn and i feel dizzy after walking")
        from_phone(service, number, "1")
    assert rows(POOL) == [(1, 1, False), (2, 1, False)]
    assert rows(URGENT) == [(DEMO_DOCTOR,)] * 2
    assert from_phone(service, DEMO_DOCTOR, "questions").startswith("URGENT: 1.")


def test_merged_questions_are_answered_together_and_parted_ones_apart(service: FlaskClient) -> None:
    other_patient()
    ask(service, DEMO_PATIENT, HINDI)
    ask(service, OTHER, "நான் எப்போ வாக்கிங் போகணும்?")
    from_phone(service, DEMO_DOCTOR, "merge 1 2")
    assert rows(POOL) == [(1, 2, False)]
    from_phone(service, DEMO_DOCTOR, "split 1")
    assert rows(POOL) == [(1, 1, False), (2, 1, False)]
    from_phone(service, DEMO_DOCTOR, "2 After dinner.")
    assert [(who, answer) for who, _, answer in rows(ANSWERS)] == [(OTHER, "After dinner.")]


def test_a_deleted_patients_question_leaves_the_pool_with_the_others(service: FlaskClient) -> None:
    other_patient()
    ask(service, DEMO_PATIENT, HINDI)
    ask(service, OTHER, TAMIL)
    from_phone(service, DEMO_PATIENT, "delete my data")
    from_phone(service, DEMO_PATIENT, "yes")
    from_phone(service, DEMO_PATIENT, "2")
    assert rows("SELECT question, patient_count FROM pooled_questions") == [(TAMIL, 1)]
    from_phone(service, DEMO_DOCTOR, "1 Half a mango is fine.")
    assert [who for who, _, _ in rows(ANSWERS)] == [OTHER]


def test_a_question_that_only_a_deleted_patient_asked_is_gone(service: FlaskClient) -> None:
    ask(service, DEMO_PATIENT, HINDI)
    from_phone(service, DEMO_DOCTOR, "1 Half a mango is fine.")
    from_phone(service, DEMO_PATIENT, "delete my data")
    from_phone(service, DEMO_PATIENT, "yes")
    from_phone(service, DEMO_PATIENT, "2")
    assert rows(POOL) == []


def test_a_question_for_a_doctor_who_left_meanwhile_is_not_said_to_be_put(
    service: FlaskClient,
) -> None:
    from_phone(service, DEMO_PATIENT, HINDI)
    change("UPDATE doctor_patient_connections SET is_active = false, disconnected_at = now()")
    from_phone(service, DEMO_PATIENT, "english")
    said = from_phone(service, DEMO_PATIENT, "1")
    assert "No doctor is connected with you." in said
    assert rows(POOL) == []
