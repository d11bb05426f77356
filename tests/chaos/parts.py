"""The parts of the service as real processes, each to be killed, held still and started again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from typing_extensions import override

from app.cli.database import migrate
from app.embedded import Postgres, Valkey
from app.embedded.launch import keep
from app.embedded.server import HOST, Server, free_port
from tests.settings import ACCOUNT, OURS, TOKEN

ROOT = Path(__file__).parents[2]
TWILIO = "web"
"""The loopback Twilio is served as the web is, by a process of its own that nothing hits."""
WEB_WORKERS = "2"


class Process(Server):
    """A line of the Procfile."""

    def __init__(self, name: str, line: str, folder: Path, settings: Mapping[str, str]) -> None:
        super().__init__(folder / name)
        self.title = name
        self._line = line
        self._settings = dict(settings)

    @property
    @override
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @override
    def start(self) -> Self:
        self._settings["PORT"] = str(self.port)
        return super().start()

    @override
    def _command(self) -> list[str]:
        return ["/bin/sh", "-c", procfile()[self._line]]

    @override
    def _prepare(self) -> None:
        pass

    @override
    def _is_ready(self) -> bool:
        if self._line != "web":
            return bool(self.pids())
        try:
            socket.create_connection((HOST, self.port), timeout=1).close()
        except OSError:
            return False
        return True

    @override
    def _keep(self, command: list[str]) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return keep(command, folder=ROOT, environment=self._settings, output=log)


@dataclass(frozen=True, slots=True)
class Town:
    """Everything of one run, started.

    Attributes:
        folder: Of this run alone.
        settings: Of the service, by their names.
    """

    folder: Path
    settings: Mapping[str, str]
    postgres: Postgres
    valkey: Valkey
    web: Process
    worker: Process
    clock: Process

    @property
    def parts(self) -> tuple[Server, ...]:
        """What can be hit."""
        return self.postgres, self.valkey, self.web, self.worker, self.clock


@contextmanager
def town(folder: Path) -> Iterator[Town]:
    """Start everything; end it all afterwards."""
    with ExitStack() as running:
        postgres = running.enter_context(Postgres(folder / "postgres"))
        valkey = running.enter_context(Valkey(folder / "valkey"))
        migrate(postgres.url)
        web_port, twilio_port = free_port(), free_port()
        settings = _settings(folder, postgres.url, valkey.url, web_port, twilio_port)
        aside = {"SPOOL_DIR": str(folder / "of-twilio"), "WEB_WORKERS": "1"}
        twilio = Process("twilio", TWILIO, folder, settings | aside)
        web = Process("web", "web", folder, settings)
        twilio.port, web.port = twilio_port, web_port
        running.enter_context(twilio)
        running.enter_context(web)
        worker = running.enter_context(Process("worker", "worker", folder, settings))
        clock = running.enter_context(Process("clock", "clock", folder, settings))
        yield Town(folder, settings, postgres, valkey, web, worker, clock)


def procfile() -> dict[str, str]:
    """Read what the Procfile runs, by name."""
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines if not line.startswith("#"))


def _settings(
    folder: Path, database_url: str, redis_url: str, web_port: int, twilio_port: int
) -> dict[str, str]:
    counts = folder / "counts"
    counts.mkdir()
    return {
        "PROCARE_ENV": "test",
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "PUBLIC_URL": f"http://{HOST}:{web_port}",
        "TWILIO_API_URL": f"http://{HOST}:{twilio_port}/simulator/twilio",
        "TWILIO_TEMPLATES": str(ROOT / "app/simulator/approved.toml"),
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_WHATSAPP_NUMBER": OURS,
        "SPOOL_DIR": str(folder / "spool"),
        "SIMULATOR_DIR": str(folder / "simulator"),
        "CLOCK_OFFSET_FILE": str(folder / "simulator" / "clock"),
        "PROMETHEUS_MULTIPROC_DIR": str(counts),
        "HOST": HOST,
        "WEB_WORKERS": WEB_WORKERS,
        "LOG_LEVEL": "WARNING",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.defpath]),
    }
