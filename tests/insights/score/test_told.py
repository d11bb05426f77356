"""Health scores as people, and those who may see them, are told of them."""

from __future__ import annotations

from uuid import uuid4

from flask.testing import FlaskClient

from app import clock, db
from app.i18n import render
from app.insights.score import jobs, store
from tests.insights.score.days import NOW, ago, plain_readings, reading
from tests.reminders.patients import patient
from tests.web.calls import say

SCORE, TOO_FEW = "सेहत स्कोर 100 में से 82: ठीक चल रहा है।", "अभी इतनी जाँचें नहीं हुई हैं"
"""In the demo patient's language."""


def test_a_week_holds_the_health_score_and_a_day_does_not(service: FlaskClient) -> None:
    for value in (101, 102, 103, 104, 105):
        say(service, f"fasting {value}")
    assert "100 में से" not in say(service, "my week")
    jobs.refresh_scores(clock.now())
    # G = 100 - 243.6 / 11 = 77.8545; (.50 * 77.8545 + 15) / .65 = 82.9650
    assert SCORE in say(service, "my week")
    assert "100 में से" not in say(service, "my readings today")


def test_a_week_with_too_little_says_so_of_the_score(service: FlaskClient) -> None:
    say(service, "fasting 120")
    jobs.refresh_scores(clock.now())
    assert TOO_FEW in say(service, "my week")


def test_the_latest_scores_of_many_are_read_at_once(settings: object) -> None:
    assert settings
    known, low, unknown = patient(), patient(), patient()
    for each in (known, low):
        plain_readings(each, 10, since_days=6)
    reading(low, 50, ago(hours=1))
    jobs.refresh_scores(ago(days=1))
    jobs.refresh_scores(NOW)
    with db.transaction() as connection:
        told = store.scores_of(connection, [known, low, unknown, uuid4()])
    assert told.keys() == {known, low}
    assert told[low].inputs.at == NOW
    assert render(told[low].line, "en") == "Health score 59 of 100: at risk. Low readings: 1."
