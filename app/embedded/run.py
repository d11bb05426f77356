"""`make run`: the whole service on this machine, until Ctrl-C, and nothing left behind."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPException
from os import (
    environ,  # noqa: TID251 - makes the environment that app.config reads
    getpid,
    getppid,
    kill,
    pathsep,
)
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryFile
from threading import Thread
from time import monotonic, sleep

from app.embedded.launch import keep
from app.embedded.postgres import Postgres
from app.embedded.server import HOST, refuse_taken_port
from app.embedded.valkey import Valkey
from app.errors import ConfigError

ROOT = Path(__file__).parents[2]
READY_SECONDS = 60
LOOK_SECONDS = 0.1
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# The loopback Twilio of the simulator asks for no real account; the number is one of Twilio's
# own test numbers, which no phone has.
DEVELOPMENT = {
    "TWILIO_ACCOUNT_SID": "AC" + 32 * "0",
    "TWILIO_AUTH_TOKEN": "development",
    "TWILIO_WHATSAPP_NUMBER": "+15005550006",
}


def run() -> int:
    """Run the service in `.procare` of the current folder until told to end; the exit code."""
    for ending in ENDING_SIGNALS:
        signal.signal(ending, signal.default_int_handler)
    end_with_parent()
    try:
        with servers(Path(".procare").resolve(), environ) as settings:
            prepare_database(settings)
            return serve(settings)
    except KeyboardInterrupt:
        return 0
    except ConfigError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1


@contextmanager
def servers(folder: Path, given: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Give the settings of a development start, with its servers running where none are named."""
    port = port_in(given)
    refuse_taken_port("ProCare", port)
    with ExitStack() as running:
        settings = {**DEVELOPMENT, **given, "PROCARE_ENV": "development"}
        if not given.get("DATABASE_URL"):
            settings["DATABASE_URL"] = running.enter_context(Postgres(folder / "postgres")).url
        if not given.get("REDIS_URL"):
            settings["REDIS_URL"] = running.enter_context(Valkey(folder / "valkey")).url
        settings.setdefault("PUBLIC_URL", f"http://{HOST}:{port}")
        settings.setdefault("TWILIO_API_URL", f"http://{HOST}:{port}/simulator/twilio")
        settings.setdefault("TWILIO_TEMPLATES", str(ROOT / "app/simulator/approved.toml"))
        settings.setdefault("CLOCK_OFFSET_FILE", str(folder / "simulator" / "clock"))
        settings.setdefault("SPOOL_DIR", str(folder / "spool"))
        settings.setdefault("PROMETHEUS_MULTIPROC_DIR", str(emptied(folder / "metrics")))
        # The Procfile's commands are those of this very Python.
        path = pathsep.join([str(Path(sys.executable).parent), given.get("PATH", "")])
        yield settings | {"HOST": HOST, "PORT": str(port), "PATH": path, "PYTHONUNBUFFERED": "1"}


def emptied(folder: Path) -> Path:
    """Give a folder with nothing in it: counts of processes that are gone would be added up."""
    rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def port_in(given: Mapping[str, str]) -> int:
    """Read the port to serve on, 8000 unless PORT names another.

    Raises:
        ConfigError: PORT is no port.
    """
    port = given.get("PORT") or "8000"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 2**16):
        raise ConfigError(f"PORT is {port}, which is no number from 1 to 65535.")
    return int(port)


def prepare_database(settings: Mapping[str, str]) -> None:
    """Bring the schema up to date and put in what development starts with."""
    for duty in ("migrate", "seed"):
        with TemporaryFile() as output:
            command = [sys.executable, "-m", "flask", "--app", "app", duty]
            code = keep(command, folder=ROOT, environment=settings, output=output).wait()
            output.seek(0)
            said = output.read().decode(errors="replace")
        if code != 0:
            raise failed_duty(duty, said)


def failed_duty(duty: str, said: str) -> ConfigError:
    """Say in one sentence, after what the command said, why the database is not ready."""
    if "No space left on device" in said:
        return ConfigError(f"The disk is full: `flask {duty}` could not write to the database.")
    sys.stderr.write(said)
    return ConfigError(f"`flask {duty}` failed; what it said is above.")


def serve(settings: Mapping[str, str]) -> int:
    """Run the Procfile until one of its processes ends, or we are told to."""
    procfile = ["--procfile", str(ROOT / "Procfile"), "--env", "/dev/null"]
    honcho = [sys.executable, "-m", "honcho", *procfile, "start"]
    processes = keep(honcho, folder=ROOT, environment=settings)
    try:
        wait_until_ready(processes, int(settings["PORT"]))
        sys.stdout.write(f"ProCare is ready: http://{HOST}:{settings['PORT']}/simulator\n")
        sys.stdout.flush()
        processes.wait()
        raise ConfigError("A process of ProCare ended by itself, so the others were ended too.")
    finally:
        processes.terminate()
        processes.wait()


def wait_until_ready(processes: subprocess.Popen[bytes], port: int) -> None:
    """Wait until the web process says that all it needs is there.

    Raises:
        ConfigError: It did not within a minute, or a process ended.
    """
    deadline = monotonic() + READY_SECONDS
    while not is_ready(port):
        if processes.poll() is not None:
            raise ConfigError("ProCare did not start; what its processes said is above.")
        if monotonic() > deadline:
            raise ConfigError(f"ProCare did not become ready within {READY_SECONDS} seconds.")
        sleep(LOOK_SECONDS)


def is_ready(port: int) -> bool:
    """Whether /readyz answers 200."""
    session = HTTPConnection(HOST, port, timeout=5)
    try:
        session.request("GET", "/readyz")
        return session.getresponse().status == 200  # noqa: PLR2004 - HTTP's OK
    except (OSError, HTTPException):
        return False
    finally:
        session.close()


def end_with_parent() -> None:
    """End as if told to once our parent, `make` or a test, is gone without a word."""
    parent = getppid()

    def watch() -> None:
        while getppid() == parent:
            sleep(LOOK_SECONDS)
        kill(getpid(), signal.SIGTERM)

    Thread(target=watch, daemon=True).start()
