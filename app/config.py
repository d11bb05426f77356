"""Settings: read once from the environment, frozen, every missing name told at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from os import environ  # noqa: TID251 - the one place that reads the environment
from pathlib import Path
from urllib.parse import urlsplit

import regex

from app.errors import ConfigError

E164 = regex.compile(r"\+[1-9][0-9]{6,14}")
ENVIRONMENTS = ("production", "development", "test")
REQUIRED = (
    "DATABASE_URL",
    "REDIS_URL",
    "PUBLIC_URL",
    "TWILIO_ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN",
    "TWILIO_WHATSAPP_NUMBER",
    "SPOOL_DIR",
)


@dataclass(frozen=True, slots=True)
class Config:
    """What the deployment decides; README's table says what each setting means."""

    environment: str
    database_url: str
    database_read_url: str | None
    redis_url: str
    public_url: str
    twilio_account_sid: str
    twilio_auth_tokens: tuple[str, ...]
    twilio_shared_keys: tuple[str, ...]
    twilio_whatsapp_number: str
    spool_dir: Path
    log_level: str
    twilio_api_url: str | None
    twilio_templates: Path | None
    self_test_number: str | None

    @property
    def is_production(self) -> bool:
        """Whether real people are served."""
        return self.environment == "production"

    @property
    def code_key(self) -> bytes:
        """What one-time codes are made with: it changes with the token, and they live minutes."""
        return sha256(b"one-time codes\0" + self.twilio_auth_tokens[0].encode()).digest()

    @property
    def our_address(self) -> str:
        """Our own WhatsApp address, as Twilio writes it in `To`."""
        return f"whatsapp:{self.twilio_whatsapp_number}"


def read(settings: Mapping[str, str]) -> Config:
    """Make the settings from names and values.

    Raises:
        ConfigError: Settings are missing or senseless; all of them are named.
    """
    faults = [f"{name} is missing" for name in REQUIRED if not settings.get(name)]
    faults += _senseless(settings)
    if faults:
        raise ConfigError("; ".join(faults))
    return Config(
        environment=settings.get("PROCARE_ENV") or "production",
        database_url=with_psycopg(settings["DATABASE_URL"]),
        database_read_url=with_psycopg(settings.get("DATABASE_READ_URL", "")) or None,
        redis_url=settings["REDIS_URL"],
        public_url=settings["PUBLIC_URL"].rstrip("/"),
        twilio_account_sid=settings["TWILIO_ACCOUNT_SID"],
        twilio_auth_tokens=_secrets(settings, "TWILIO_AUTH_TOKEN", "TWILIO_AUTH_TOKEN_OLD"),
        twilio_shared_keys=_secrets(settings, "TWILIO_SHARED_KEY", "TWILIO_SHARED_KEY_OLD"),
        twilio_whatsapp_number=settings["TWILIO_WHATSAPP_NUMBER"],
        spool_dir=Path(settings["SPOOL_DIR"]),
        log_level=settings.get("LOG_LEVEL", "INFO"),
        twilio_api_url=settings.get("TWILIO_API_URL") or None,
        twilio_templates=_path(settings.get("TWILIO_TEMPLATES")),
        self_test_number=settings.get("SELF_TEST_NUMBER") or None,
    )


def with_psycopg(url: str) -> str:
    """Name the driver in a PostgreSQL URL, whatever spelling the host gave it."""
    scheme, separator, rest = url.partition("://")
    if separator and scheme in {"postgres", "postgresql"}:
        return f"postgresql+psycopg://{rest}"
    return url


def _secrets(settings: Mapping[str, str], *names: str) -> tuple[str, ...]:
    return tuple(settings[name] for name in names if settings.get(name))


def _path(name: str | None) -> Path | None:
    return Path(name) if name else None


def _senseless(settings: Mapping[str, str]) -> list[str]:
    faults = _senseless_delivery(settings)
    environment = settings.get("PROCARE_ENV") or "production"
    if environment not in ENVIRONMENTS:
        faults.append(f"PROCARE_ENV is none of {', '.join(ENVIRONMENTS)}")
    public = settings.get("PUBLIC_URL", "")
    if public and urlsplit(public).scheme not in {"http", "https"}:
        faults.append("PUBLIC_URL is no http(s) address")
    if public.startswith("http://") and environment == "production":
        faults.append("PUBLIC_URL must be https in production")
    for name in ("TWILIO_WHATSAPP_NUMBER", "SELF_TEST_NUMBER"):
        if (number := settings.get(name)) and not E164.fullmatch(number):
            faults.append(f"{name} is not written as +14155238886")
    return faults


def _senseless_delivery(settings: Mapping[str, str]) -> list[str]:
    """Name what is wrong with where messages go: in production to Twilio and nowhere else."""
    faults = []
    api = settings.get("TWILIO_API_URL", "")
    if api and (settings.get("PROCARE_ENV") or "production") == "production":
        faults.append("TWILIO_API_URL is for development and tests only")
    if api and urlsplit(api).scheme not in {"http", "https"}:
        faults.append("TWILIO_API_URL is no http(s) address")
    templates = _path(settings.get("TWILIO_TEMPLATES"))
    if templates and not templates.is_file():
        faults.append("TWILIO_TEMPLATES names no file")
    return faults


_process: list[Config] = []


def use(settings: Config) -> None:
    """Make these the process's settings, instead of the environment's."""
    _process[:] = [settings]


def config() -> Config:
    """Give the process's settings; read from the environment once, unless others are in use.

    Raises:
        ConfigError: As `read` does.
    """
    if not _process:
        use(read(environ))
    return _process[0]
