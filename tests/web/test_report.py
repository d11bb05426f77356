"""A look back through the webhook: the person's own rows, and no more round trips than allowed."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.web.calls import rows, say


def test_the_day_and_the_week_are_told_from_what_is_kept(service: FlaskClient) -> None:
    say(service, "english")
    say(service, "fasting 118, metformin taken")
    say(service, "pp 212")
    answer = say(service, "today's report")
    assert "Your readings today: 2." in answer
    assert "In range: 1 of 2." in answer
    assert "Lowest 118, highest 212 mg/dL." in answer
    assert "Doses taken: 1 of 1." in answer
    assert "on 1 of 7 days" in say(service, "my week")


def test_nobody_sees_the_readings_of_another(service: FlaskClient) -> None:
    say(service, "fasting 118")
    say(service, "hello", sender="+919812345678")
    assert "118" not in say(service, "report", sender="+919812345678")
    assert rows("SELECT count(*) FROM glucose_readings") == [(1,)]
