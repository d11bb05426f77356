"""What the tests of the webhook share: signed calls, and a look at the rows."""

from __future__ import annotations

import regex
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text
from werkzeug.test import TestResponse

from app import db
from tests.settings import INBOUND, form, signed

LOW = ("15", "112")
"""Words of a low's instructions in every language: the grams of sugar, or whom to call."""


def post(service: FlaskClient, fields: dict[str, str]) -> TestResponse:
    """Post a form as Twilio does, signed."""
    return service.post(INBOUND, data=fields, headers=signed(fields))


def say(service: FlaskClient, body: str, **fields: str) -> str:
    """Say something as the demo patient, and give what is answered, without its XML."""
    answer = post(service, form(body, **fields))
    assert answer.status_code == 200, answer.status
    return "\n\n".join(messages(answer.text))


def messages(twiml: str) -> list[str]:
    """List the messages of a TwiML answer."""
    return regex.findall(r"<Message[^>]*>(.*?)</Message>", twiml, regex.DOTALL)


def rows(query: str) -> list[tuple[object, ...]]:
    """Give the rows of a query on the test's database."""
    with db.transaction() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def run_sql(url: str, *statements: str) -> None:
    """Do something to a database behind the service's back."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


READINGS = "SELECT value FROM glucose_readings ORDER BY created_at"
EVENTS = "SELECT type::text, level, status::text FROM emergency_events ORDER BY opened_at"
