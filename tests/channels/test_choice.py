"""Production speaks WhatsApp; development without a Twilio speaks to the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.channels.choice import channel
from app.channels.console import Console
from app.channels.whatsapp import WhatsApp
from app.errors import ConfigError
from tests.settings import settings

LOOPBACK = {"TWILIO_API_URL": "http://127.0.0.1:1"}


def test_production_speaks_whatsapp(tmp_path: Path) -> None:
    assert isinstance(channel(settings(spool_dir=tmp_path, PROCARE_ENV="production")), WhatsApp)


def test_a_twilio_on_the_loopback_is_spoken_to(tmp_path: Path) -> None:
    assert isinstance(channel(settings(spool_dir=tmp_path, **LOOPBACK)), WhatsApp)


def test_development_without_twilio_shows_messages_on_the_screen(tmp_path: Path) -> None:
    made = channel(settings(spool_dir=tmp_path, PROCARE_ENV="development"))
    assert isinstance(made, Console)


def test_a_process_has_one_channel(tmp_path: Path) -> None:
    assert channel(settings(spool_dir=tmp_path)) is channel(settings(spool_dir=tmp_path))


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("TWILIO_API_URL", {"PROCARE_ENV": "production", **LOOPBACK}),
        ("TWILIO_API_URL", {"TWILIO_API_URL": "api.twilio.com"}),
        ("TWILIO_TEMPLATES", {"TWILIO_TEMPLATES": "/nowhere/templates.toml"}),
    ],
)
def test_settings_that_would_lead_messages_astray_are_refused(
    tmp_path: Path, name: str, changed: dict[str, str]
) -> None:
    with pytest.raises(ConfigError, match=name):
        settings(spool_dir=tmp_path, **changed)
