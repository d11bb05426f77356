"""A service whose Twilio is scripted, and people to write to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from app import create_app, db
from app.cli.demo import seed
from app.config import Config, use
from tests.delivery.scripted import Scripted, serving


@pytest.fixture
def twilio() -> Iterator[Scripted]:
    with serving() as scripted:
        yield scripted


@pytest.fixture
def delivery(settings: Config, twilio: Scripted) -> Config:
    """Settings that send to the scripted Twilio, with the demo people in the database."""
    made = replace(settings, twilio_api_url=twilio.url)
    use(made)
    with db.transaction() as connection:
        seed(connection)
    return made


@pytest.fixture
def web(delivery: Config) -> FlaskClient:
    return create_app(delivery).test_client()
