"""Readings put right through the webhook: what they were is kept for whoever must know."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.web.calls import EVENTS, READINGS, rows, say

EDITS = (
    "SELECT old_value, old_state::text, new_value, new_state::text FROM reading_edits"
    " ORDER BY edited_at"
)


def test_what_a_reading_was_is_kept_with_who_changed_it(service: FlaskClient) -> None:
    say(service, "fasting 181")
    say(service, "118, not 181")
    say(service, "undo")
    assert rows(READINGS) == []
    assert rows(EDITS) == [
        (181.0, "MORNING_FASTING", 118.0, "MORNING_FASTING"),
        (118.0, "MORNING_FASTING", None, None),
    ]
    assert rows(
        "SELECT count(*) FROM reading_edits e"
        " JOIN patients p ON p.id = e.patient_id AND p.user_id = e.edited_by"
        " JOIN inbound_messages m ON m.sid = e.message_sid"
    ) == [(2,)]


def test_a_state_told_afterwards_is_an_edit(service: FlaskClient) -> None:
    say(service, "english")
    say(service, "sugar 142")
    say(service, "fasting")
    assert rows(EDITS) == [(142.0, "RANDOM", 142.0, "MORNING_FASTING")]


def test_a_corrected_number_does_not_end_an_emergency(service: FlaskClient) -> None:
    say(service, "sugar 48")
    say(service, "128, not 48")
    assert rows(READINGS) == [(128.0,)]
    assert rows(EVENTS) == [("HYPOGLYCEMIA", "P1", "ACTIVE")]


def test_a_number_corrected_into_danger_opens_an_emergency(service: FlaskClient) -> None:
    say(service, "sugar 118")
    answer = say(service, "48, not 118")
    assert "15" in answer
    assert rows(READINGS) == [(48.0,)]
    assert rows(EVENTS) == [("HYPOGLYCEMIA", "P1", "ACTIVE")]
