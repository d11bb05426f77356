"""Two machines that answer each other come to an end; a person in danger never does."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.web.calls import READINGS, rows, run_sql, say

OLDER = "UPDATE inbound_messages SET received_at = received_at - interval '5 minutes'"


def test_the_same_answer_is_given_five_times_in_five_minutes(service: FlaskClient) -> None:
    said = [say(service, "thanks") for _ in range(7)]
    assert said[0]
    assert said == [said[0]] * 5 + [""] * 2
    assert rows("SELECT count(*) FROM inbound_messages WHERE handled_at IS NOT NULL") == [(7,)]


def test_after_five_minutes_it_is_given_again(service: FlaskClient, database: str) -> None:
    said = [say(service, "thanks") for _ in range(6)]
    run_sql(database, OLDER)
    assert [said[5], say(service, "thanks")] == ["", said[0]]


def test_another_answer_in_between_does_not_begin_the_count_anew(service: FlaskClient) -> None:
    said = [say(service, words) for words in ["thanks", "help"] * 6]
    assert all(said[:10])
    assert said[10:] == ["", ""]


def test_what_is_told_is_recorded_all_the_same(service: FlaskClient) -> None:
    for _ in range(5):
        say(service, "thanks")
    assert say(service, "thanks") == ""
    assert "126" in say(service, "fasting 126")
    assert rows(READINGS) == [(126.0,)]


def test_another_person_is_answered(service: FlaskClient) -> None:
    for _ in range(6):
        say(service, "hello", sender="+919812345678")
    assert say(service, "hello", sender="+919812345678") == ""
    assert say(service, "hello", sender="+919812345679") != ""


def test_a_danger_is_answered_every_time(service: FlaskClient) -> None:
    said = [say(service, "chest pain") for _ in range(8)]
    assert all("112" in each for each in said)
