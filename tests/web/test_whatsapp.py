"""The webhook, on a real database: a signed call is kept once and answered."""

from __future__ import annotations

import base64
import hmac
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

import pytest
from flask.testing import FlaskClient

from app import create_app
from app.config import Config
from tests.settings import INBOUND, PUBLIC_URL, TOKEN, form, new_sid, settings, signed
from tests.web.calls import EVENTS, READINGS, messages, post, rows, run_sql, say

INBOUND_COUNT = "SELECT count(*) FROM inbound_messages"
DOSES = (
    "SELECT name, status::text FROM medication_logs log"
    " JOIN medications medicine ON medicine.id = log.medication_id"
)

COUNTED = "SELECT total_glucose_readings FROM patients"


def in_devanagari(words: str) -> bool:
    return any("\u0900" <= letter <= "\u097f" for letter in words)


def test_a_reading_and_a_dose_are_kept_and_answered_in_hindi(service: FlaskClient) -> None:
    answer = say(service, "khane ke baad sugar 212, metformin le li")
    assert rows("SELECT value, state::text LIKE 'AFTER_%', source::text FROM glucose_readings") == [
        (212.0, True, "MANUAL")
    ]
    assert rows(DOSES) == [("metformin", "TAKEN")]
    assert "212" in answer
    assert in_devanagari(answer)


def test_a_low_is_answered_in_the_same_response_and_opens_an_event(service: FlaskClient) -> None:
    answer = say(service, "48")
    assert "15" in answer
    assert rows(EVENTS) == [("HYPOGLYCEMIA", "P1", "ACTIVE")]
    said = rows("SELECT instructions FROM emergency_events")[0][0]
    assert str(said) in answer
    assert rows("SELECT value, is_emergency FROM glucose_readings") == [(48.0, True)]


def test_the_next_values_resolve_a_low(service: FlaskClient) -> None:
    say(service, "sugar 60")
    say(service, "sugar 65")
    assert rows("SELECT round, status::text FROM emergency_events") == [(2, "ACTIVE")]
    say(service, "sugar 110")
    say(service, "sugar 115")
    assert rows(EVENTS) == [("HYPOGLYCEMIA", "P2", "RESOLVED")]


def test_undo_takes_the_last_reading_back(service: FlaskClient) -> None:
    say(service, "fasting 126")
    say(service, "undo")
    assert rows(READINGS) == []


def test_a_patients_readings_are_counted_with_each_message(service: FlaskClient) -> None:
    say(service, "sugar 120")
    say(service, "fasting 131, dinner ke baad 180")
    assert rows(COUNTED) == [(3,)]
    say(service, "undo")
    assert rows(COUNTED) == rows("SELECT count(*)::int FROM glucose_readings")


def test_a_wrong_value_is_corrected(service: FlaskClient) -> None:
    say(service, "fasting 181")
    say(service, "galat tha, 118 tha")
    assert rows(READINGS) == [(118.0,)]


def test_the_same_sid_again_gets_the_same_answer_and_changes_nothing(service: FlaskClient) -> None:
    fields = form("fasting 126")
    first, second = post(service, fields), post(service, fields)
    assert second.text == first.text
    assert "126" in first.text
    assert rows(READINGS) == [(126.0,)]
    assert rows(INBOUND_COUNT) == [(1,)]


def test_the_same_sid_after_a_minute_is_answered_with_nothing(
    service: FlaskClient, database: str
) -> None:
    fields = form("fasting 126")
    post(service, fields)
    run_sql(database, "UPDATE inbound_messages SET kept_at = kept_at - interval '61 seconds'")
    assert messages(post(service, fields).text) == []
    assert rows(READINGS) == [(126.0,)]


def test_an_emergency_is_answered_again_however_late(service: FlaskClient, database: str) -> None:
    fields = form("48")
    first = post(service, fields)
    run_sql(database, "UPDATE inbound_messages SET kept_at = kept_at - interval '1 day'")
    assert post(service, fields).text == first.text
    assert len(rows(EVENTS)) == 1


def test_the_same_sid_ten_times_at_once_is_kept_once(service: FlaskClient) -> None:
    fields = form("fasting 126")
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: post(service, fields).text, range(10)))
    assert len(set(answers)) == 1
    assert rows(READINGS) == [(126.0,)]


def test_many_messages_of_one_person_at_once_are_each_kept_and_open_one_event(
    service: FlaskClient,
) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda value: say(service, f"sugar {value}"), range(55, 67)))
    assert all("15" in answer or "112" in answer for answer in answers)
    assert Counter(rows("SELECT value::int FROM glucose_readings")) == Counter(
        (value,) for value in range(55, 67)
    )
    assert len(rows(EVENTS)) == 1


def test_a_newcomer_is_asked_and_nothing_of_their_words_is_kept(service: FlaskClient) -> None:
    sender = "+919812345678"
    assert say(service, "namaste ji", sender=sender)
    assert rows(
        "SELECT body, form FROM inbound_messages WHERE address = 'whatsapp:+919812345678'"
    ) == [(None, None)]
    assert rows("SELECT role::text FROM users WHERE phone_number = '+919812345678'") == [
        ("PATIENT",)
    ]


def test_a_newcomer_in_danger_is_told_what_to_do(service: FlaskClient) -> None:
    answer = say(service, "papa behosh ho gaye", sender="+919812345678")
    assert "112" in answer
    assert in_devanagari(answer)
    assert rows(EVENTS) == []


def test_an_address_without_a_number_is_a_person(service: FlaskClient) -> None:
    answer = post(service, form("hello", From="whatsapp:IN.4566546130240823", WaId=""))
    assert answer.status_code == 200
    assert rows("SELECT phone_number FROM users WHERE phone_number IS NULL") == [(None,)]


def test_the_other_address_of_a_person_leads_to_the_same_person(service: FlaskClient) -> None:
    say(service, "fasting 126", ExternalUserId="whatsapp:IN.4566546130240823")
    post(service, form("fasting 131", From="whatsapp:IN.4566546130240823"))
    assert rows("SELECT count(DISTINCT patient_id), count(*) FROM glucose_readings") == [(1, 2)]


def test_a_caregiver_reporting_danger_is_told_what_to_do(service: FlaskClient) -> None:
    answer = say(service, "father is unconscious", sender="+919999999997")
    assert "112" in answer


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Twilio-Signature": "nonsense"},
        {"X-Twilio-Signature": ""},
        {"X-Twilio-Signature": "ñ"},
        signed({"Body": "another form"}),
        {
            "X-Twilio-Signature": "x",
            "X-Twilio-Webhooks-Signature-Settings": "key=k,algorithm=HMAC_SHA256",
        },
        {
            "X-Twilio-Signature": "x",
            "X-Twilio-Webhooks-Signature-Settings": "algorithm=ROT13,,=",
        },
    ],
)
def test_an_unsigned_call_is_refused_and_nothing_kept(
    service: FlaskClient, headers: dict[str, str]
) -> None:
    answer = service.post(INBOUND, data=form("sugar 45"), headers=headers)
    assert answer.status_code == 403
    assert rows(INBOUND_COUNT) == [(0,)]


def test_a_signature_for_another_address_is_refused(service: FlaskClient) -> None:
    fields = form("fasting 126")
    headers = signed(fields, url="http://procare.test/whatsapp/inbound")
    assert service.post(INBOUND, data=fields, headers=headers).status_code == 403
    lying = {
        **signed(fields, url="https://evil.test/whatsapp/inbound"),
        "X-Forwarded-Host": "evil.test",
    }
    assert service.post(INBOUND, data=fields, headers=lying).status_code == 403


def test_the_query_of_the_webhook_is_part_of_what_is_signed(service: FlaskClient) -> None:
    fields = form("fasting 126")
    headers = signed(fields, url=f"{PUBLIC_URL}{INBOUND}?via=fallback")
    assert service.post(f"{INBOUND}?via=fallback", data=fields, headers=headers).status_code == 200


def test_the_old_token_is_taken_while_it_is_being_changed(settings: Config) -> None:
    fields = form("hello")
    changed = {"TWILIO_AUTH_TOKEN": "the new one", "TWILIO_AUTH_TOKEN_OLD": TOKEN}
    service = create_app(like(settings, **changed)).test_client()
    assert post(service, fields).status_code == 200
    headers = signed(fields, token="the new one")
    assert service.post(INBOUND, data=fields, headers=headers).status_code == 200


def like(made: Config, **changed: str) -> Config:
    return settings(
        spool_dir=made.spool_dir,
        DATABASE_URL=made.database_url,
        REDIS_URL=made.redis_url,
        **changed,
    )


def test_a_call_signed_with_a_shared_key_is_taken(settings: Config) -> None:
    service = create_app(like(settings, TWILIO_SHARED_KEY="shared")).test_client()
    fields = form("hello")
    words = PUBLIC_URL + INBOUND + "".join(name + fields[name] for name in sorted(fields))
    signature = base64.b64encode(hmac.digest(b"shared", words.encode(), sha256)).decode()
    headers = {
        "X-Twilio-Signature": signature,
        "X-Twilio-Webhooks-Signature-Settings": "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256",
    }
    assert service.post(INBOUND, data=fields, headers=headers).status_code == 200
    with_token_alone = like(settings, TWILIO_AUTH_TOKEN="shared")
    service = create_app(with_token_alone).test_client()
    assert service.post(INBOUND, data=fields, headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("AccountSid", "AC" + "1" * 32, 403),
        ("To", "whatsapp:+14150000000", 403),
        ("MessageSid", "SM1", 400),
        ("MessageSid", "", 400),
        ("From", "+919999999998", 400),
        ("From", "whatsapp:", 400),
        ("From", "whatsapp:+0", 400),
        ("NumMedia", "many", 400),
        ("NumMedia", "-1", 400),
        ("NumMedia", "११", 400),
    ],
)
def test_a_bad_field_is_refused(service: FlaskClient, field: str, value: str, status: int) -> None:
    assert post(service, form("hello", **{field: value})).status_code == status
    assert rows(INBOUND_COUNT) == [(0,)]


def test_a_form_over_64_kib_is_refused(service: FlaskClient) -> None:
    assert post(service, form("a" * 70_000)).status_code == 413


def test_fields_not_heard_of_are_kept_with_the_rest(service: FlaskClient) -> None:
    say(service, "fasting 126", ReferralHeadline="An advertisement", Latitude="19.07")
    assert rows("SELECT form->>'ReferralHeadline', form->>'Latitude' FROM inbound_messages") == [
        ("An advertisement", "19.07")
    ]


@pytest.mark.parametrize(
    "body",
    [
        "fasting 126\x00",
        "\x00\x01\x02fasting\x1f 126\x7f",
        "fasting\u200b 126 \u202e",
        "fasting 126 🩸🙏🏽",
    ],
)
def test_control_characters_are_cleaned_both_ways(service: FlaskClient, body: str) -> None:
    answer = post(service, form(body))
    assert answer.status_code == 200
    assert rows(READINGS) == [(126.0,)]
    assert not any(ord(letter) < 32 and letter not in "\n\t" for letter in answer.text)


def test_a_message_without_words_or_with_a_picture_is_answered(service: FlaskClient) -> None:
    assert say(service, "")
    assert say(service, "", NumMedia="1", MediaUrl0="https://example.test/a.jpg")
    assert rows(INBOUND_COUNT) == [(2,)]


def test_a_get_is_no_message(service: FlaskClient) -> None:
    assert service.get(INBOUND).status_code == 405


def test_the_answer_kept_is_the_answer_said(service: FlaskClient) -> None:
    said = say(service, "fasting 126")
    assert rows("SELECT answer->>0, handled_at >= received_at FROM inbound_messages") == [
        (said, True)
    ]


def test_the_words_said_before_consent_are_forgotten_after_a_minute(service: FlaskClient) -> None:
    from app import clock  # noqa: PLC0415
    from app.schedule import tick  # noqa: PLC0415

    say(service, "hello", sender="+919812345678")
    tick(clock.now() + timedelta(minutes=2))
    assert rows("SELECT answer FROM inbound_messages") == [(None,)]


def test_a_sid_is_told_apart_by_all_its_letters(service: FlaskClient) -> None:
    assert new_sid() != new_sid()
    say(service, "fasting 126", sid="SM" + "a" * 32)
    say(service, "fasting 127", sid="SM" + "b" * 32)
    assert len(rows(READINGS)) == 2


def test_a_newcomer_agrees_and_is_kept_as_a_patient(service: FlaskClient) -> None:
    sender = "+919812345678"
    for words in ("hello", "हिन्दी", "1", "लक्ष्मी", "3", "2"):
        say(service, words, sender=sender)
    assert rows(
        "SELECT u.language::text, u.display_name, p.diabetes_type, p.glucose_unit"
        " FROM users u JOIN patients p ON p.user_id = u.id WHERE phone_number = '+919812345678'"
    ) == [("hi", "लक्ष्मी", None, "mmol/L")]
    agreed = rows(
        "SELECT version, language::text, message_sid FROM consents WHERE version <> 'demo'"
    )
    assert [row[:2] for row in agreed] == [("2026-11", "hi")]
    assert "5.8" in say(service, "khali pet 5.8", sender=sender)
    assert rows("SELECT round(value::numeric, 1), unit FROM glucose_readings") == [
        (Decimal("104.5"), "mmol/L")  # 5.8 × 18.0182 = 104.506
    ]


def test_who_does_not_agree_is_not_kept(service: FlaskClient) -> None:
    sender = "+919812345678"
    for words in ("hello", "1", "2", "fasting 126"):
        say(service, words, sender=sender)
    assert rows(READINGS) == []
    assert rows("SELECT count(*) FROM inbound_messages WHERE body IS NOT NULL") == [(0,)]


def test_stop_and_start_are_kept_with_the_person(service: FlaskClient) -> None:
    stopped = "SELECT stopped_at IS NOT NULL FROM users WHERE phone_number = '+919999999998'"
    say(service, "stop")
    assert rows(stopped) == [(True,)]
    assert "126" in say(service, "fasting 126")
    say(service, "start")
    assert rows(stopped) == [(False,)]


def test_the_language_can_be_changed_at_any_time(service: FlaskClient) -> None:
    assert in_devanagari(say(service, "fasting 126"))
    assert not in_devanagari(say(service, "language english"))
    assert not in_devanagari(say(service, "fasting 127"))


def test_a_state_told_afterwards_is_kept_with_its_reading(service: FlaskClient) -> None:
    say(service, "sugar 140")
    assert rows("SELECT state::text FROM glucose_readings") == [("RANDOM",)]
    say(service, "1")
    assert rows("SELECT state::text FROM glucose_readings") == [("MORNING_FASTING",)]


ALERTS = "SELECT idempotency_key FROM outbound_messages WHERE purpose = 'EMERGENCY_ALERT'"


def test_a_yes_to_the_danger_signs_is_a_danger_and_is_told_to_the_family(
    service: FlaskClient,
) -> None:
    say(service, "sugar 450")
    before = len(rows(ALERTS))
    assert "112" in say(service, "haan")
    assert rows(EVENTS) == [("HYPERGLYCEMIA", "P3", "ACTIVE")]
    assert len(rows(ALERTS)) > before


def test_a_no_to_the_danger_signs_changes_nothing(service: FlaskClient) -> None:
    say(service, "sugar 450")
    assert "112" in say(service, "nahi")
    assert rows(EVENTS) == [("HYPERGLYCEMIA", "P5", "ACTIVE")]


def test_an_emergencys_answer_asks_the_channel_to_confirm_it(service: FlaskClient) -> None:
    answer = post(service, form("48"))
    (row,) = rows("SELECT id::text FROM outbound_messages WHERE purpose = 'EMERGENCY_ANSWER'")
    assert f'statusCallback="{PUBLIC_URL}/whatsapp/status?o={row[0]}"' in answer.text
    assert "statusCallback" not in post(service, form("thanks")).text


def test_who_cries_for_help_is_told_whom_to_call(service: FlaskClient) -> None:
    assert "112" in say(service, "bachao")
    assert rows(EVENTS) == []


def test_who_says_that_the_sugar_is_low_is_taken_at_their_word(service: FlaskClient) -> None:
    assert "112" in say(service, "meri sugar bahut low ho gayi hai")
    assert rows(EVENTS) == [("HYPOGLYCEMIA", "P1", "ACTIVE")]
