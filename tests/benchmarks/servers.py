"""The servers of one run: PostgreSQL with many patients, Valkey, and the web servers to compare."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import sleep
from uuid import uuid4

from sqlalchemy import Connection, Engine, create_engine, insert, text

from app.cli.database import migrate
from app.embedded import Postgres, Valkey
from app.embedded.launch import keep
from app.embedded.server import HOST, free_port
from app.people.tables import Consent, Patient, User, WhatsappAddress
from tests.benchmarks.calls import PATIENTS, language, phone_number
from tests.settings import ACCOUNT, OURS, PUBLIC_URL, TOKEN

ROOT = Path(__file__).parents[2]
APPLICATION = "app.wsgi:app"
FLOORS = "tests.benchmarks.floors:app"
FLOOR_TABLE = "CREATE TABLE floor (id bigserial PRIMARY KEY, sid text, body text, form jsonb)"
GUNICORN = (
    "exec gunicorn --worker-class gthread --workers 2 --threads 4 --bind ${HOST}:${PORT}"
    " --keep-alive 0 --backlog 1024 --timeout 20 --no-control-socket --log-level error app.wsgi:app"
)
LOOK_S = 0.05


class NotStartedError(Exception):
    """A web server did not start; what it said is told."""


@dataclass(frozen=True, slots=True)
class House:
    """What the web servers of one run share.

    Attributes:
        folder: Of this run alone.
        engine: For a look at the database from outside.
        settings: The environment of the web servers, but for their port.
    """

    folder: Path
    engine: Engine
    settings: Mapping[str, str]
    postgres: Postgres


def granian(application: str = APPLICATION) -> str:
    """Give the Procfile's web line, for the application or for another."""
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    (web,) = (line.removeprefix("web: ") for line in lines if line.startswith("web: "))
    return web.replace(APPLICATION, application)


@contextmanager
def house(folder: Path) -> Iterator[House]:
    """Start a durable PostgreSQL, in which the patients have agreed, and a Valkey."""
    with Postgres(folder / "postgres") as postgres, Valkey(folder / "valkey") as valkey:
        migrate(postgres.url)
        engine = create_engine(postgres.url)
        with engine.begin() as connection:
            connection.execute(text(FLOOR_TABLE))
            add_patients(connection)
            connection.execute(text("ANALYZE"))
        yield House(folder, engine, _settings(folder, postgres.url, valkey.url), postgres)
        engine.dispose()


def _settings(folder: Path, database_url: str, redis_url: str) -> dict[str, str]:
    counts = folder / "counts"
    counts.mkdir()
    return {
        "PROCARE_ENV": "production",
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "PUBLIC_URL": PUBLIC_URL,
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_WHATSAPP_NUMBER": OURS,
        "SPOOL_DIR": str(folder / "spool"),
        "PROMETHEUS_MULTIPROC_DIR": str(counts),
        "HOST": HOST,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.defpath]),
    }


def add_patients(connection: Connection) -> None:
    """Add the patients who write: users, their addresses, profiles and consents."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    people = [(uuid4(), phone_number(each), language(each)) for each in range(PATIENTS)]
    users = [
        {"id": user, "phone_number": phone, "role": "PATIENT", "language": spoken}
        for user, phone, spoken in people
    ]
    addresses = [
        {"address": f"whatsapp:{phone}", "user_id": user, "last_inbound_at": now}
        for user, phone, _ in people
    ]
    profiles = [{"user_id": user, "diabetes_type": "TYPE_2"} for user, _, _ in people]
    consents = [
        {"user_id": user, "version": "1", "language": spoken, "message_sid": "", "given_at": now}
        for user, _, spoken in people
    ]
    connection.execute(insert(User), users)
    connection.execute(insert(WhatsappAddress), addresses)
    connection.execute(insert(Patient), profiles)
    connection.execute(insert(Consent), consents)


@contextmanager
def serving(house: House, name: str, command: str) -> Iterator[int]:
    """Run a web server, and give its port when it listens.

    Raises:
        NotStartedError: It ended instead.
    """
    port, said = free_port(), house.folder / f"{name}.log"
    environment = {**house.settings, "PORT": str(port)}
    with said.open("wb") as output:
        server = keep(
            ["/bin/sh", "-c", command], folder=ROOT, environment=environment, output=output
        )
    try:
        while not _listens(port):
            if server.poll() is not None:
                raise NotStartedError(f"{name}: {said.read_text(errors='replace')[-2000:]}")
            sleep(LOOK_S)
        yield port
    finally:
        server.terminate()
        server.wait()


def _listens(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True
