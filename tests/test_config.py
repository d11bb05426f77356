"""Settings: every missing name at once, and nothing senseless."""

from pathlib import Path

import pytest

from app.config import REQUIRED, read, with_psycopg
from app.errors import ConfigError
from tests.settings import settings


def test_every_missing_name_is_told_at_once() -> None:
    with pytest.raises(ConfigError) as told:
        read({})
    assert all(f"{name} is missing" in str(told.value) for name in REQUIRED)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PROCARE_ENV", "prod"),
        ("PUBLIC_URL", "procare.test"),
        ("PUBLIC_URL", "ftp://procare.test"),
        ("TWILIO_WHATSAPP_NUMBER", "whatsapp:+14155238886"),
        ("TWILIO_WHATSAPP_NUMBER", "+"),
        ("TWILIO_WHATSAPP_NUMBER", "+१४१५"),
    ],
)
def test_a_senseless_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        settings(spool_dir=tmp_path, **{name: value})


def test_production_is_reached_by_https_only(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="https"):
        settings(spool_dir=tmp_path, PROCARE_ENV="production", PUBLIC_URL="http://procare.test")


def test_a_host_with_every_setting_missing_but_the_name_of_the_environment_is_production(
    tmp_path: Path,
) -> None:
    made = settings(spool_dir=tmp_path, PROCARE_ENV="")
    assert made.environment == "production"
    assert made.is_production


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://a@b/c", "postgresql+psycopg://a@b/c"),
        ("postgresql://a@b/c?x=y", "postgresql+psycopg://a@b/c?x=y"),
        ("postgresql+psycopg://a@b/c", "postgresql+psycopg://a@b/c"),
        ("nonsense", "nonsense"),
    ],
)
def test_the_driver_is_named(given: str, used: str) -> None:
    assert with_psycopg(given) == used


@pytest.mark.parametrize(
    ("given", "used"), [("", None), ("postgres://a@b/c", "postgresql+psycopg://a@b/c")]
)
def test_a_replica_is_read_where_one_is_named(tmp_path: Path, given: str, used: str | None) -> None:
    made = settings(spool_dir=tmp_path, DATABASE_READ_URL=given)
    assert made.database_read_url == used


def test_two_secrets_are_valid_while_one_is_changed(tmp_path: Path) -> None:
    made = settings(spool_dir=tmp_path, TWILIO_AUTH_TOKEN="new", TWILIO_AUTH_TOKEN_OLD="old")
    assert made.twilio_auth_tokens == ("new", "old")
    assert made.our_address == "whatsapp:+14155238886"
