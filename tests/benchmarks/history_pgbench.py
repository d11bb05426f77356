"""PostgreSQL's own benchmark beside ours: a single-row INSERT, committed each time."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from os import defpath
from pathlib import Path
from typing import Any

import regex
from sqlalchemy import event
from sqlalchemy.engine import make_url

from app.embedded.postgres import BINARIES
from app.glucose import store
from tests.benchmarks.history_fill import Filled
from tests.benchmarks.history_rows import BY_PHONE, logged, patient_id
from tests.benchmarks.servers import NotStartedError

THREADS = 2
BARE_TABLE = (
    "CREATE TABLE floor_readings (patient_id uuid, recorded_at timestamptz, value double precision)"
)
BARE_INSERT = (
    "INSERT INTO floor_readings (patient_id, recorded_at, value)"
    " VALUES (md5('patient ' || :patient)::uuid, clock_timestamp(), 126);\n"
)
SOMEBODY = "\\set patient random(0, {last})\n"
VALUES: Mapping[str, str] = {
    "patient_id": "md5('patient ' || :patient)::uuid",
    "recorded_at": "clock_timestamp()",
    "id": "gen_random_uuid()",
    "value": "126",
    "unit": "'mg/dL'",
    "state": "'MORNING_FASTING'",
    "source": "'MANUAL'",
    "is_emergency": "false",
    "is_synced": "true",
    "created_at": "clock_timestamp()",
}
"""What stands in the place of our statement's parameters."""
RATE = regex.compile(r"^tps = ([\d.]+)", regex.MULTILINE)
PARAMETER = regex.compile(r"%\((\w+)\)s")


def bare_script(patients: int) -> str:
    """Write an INSERT of three columns, nothing of which is indexed."""
    return SOMEBODY.format(last=patients - 1) + BARE_INSERT


def our_script(filled: Filled) -> str:
    """Write the statement by which the product keeps a reading."""
    statement = PARAMETER.sub(lambda found: VALUES[found[1]], _our_statement(filled))
    return SOMEBODY.format(last=filled.patients - 1) + " ".join(statement.split()) + ";\n"


def _our_statement(filled: Filled) -> str:
    """Catch the statement on its way to the database, and undo what it did."""
    said: list[str] = []

    def catch(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    event.listen(filled.engine, "before_cursor_execute", catch)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with filled.engine.connect() as connection:
        store.apply(connection, patient_id(0), logged(now), BY_PHONE, now)
    event.remove(filled.engine, "before_cursor_execute", catch)
    if len(said) != 1:
        raise NotStartedError(f"a reading takes {len(said)} statements, and pgbench is given one")
    return said[0]


def per_second(filled: Filled, script: str, folder: Path, *, clients: int, seconds: float) -> float:
    """Run pgbench, and give its transactions a second.

    Raises:
        NotStartedError: It said something else.
    """
    url, file = make_url(filled.url), folder / "pgbench.sql"
    file.write_text(script, encoding="utf-8")
    options = ["-n", "-M", "prepared", "-f", str(file), "-T", str(max(1, round(seconds)))]
    options += ["-c", str(clients), "-j", str(min(clients, THREADS))]
    options += ["-h", str(url.host), "-p", str(url.port), "-U", str(url.username)]
    environment = {"PGPASSWORD": str(url.password), "PATH": defpath, "LC_ALL": "C"}
    command = [str(BINARIES / "pgbench"), *options, str(url.database)]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    found = RATE.search(ran.stdout)
    if ran.returncode or found is None:
        raise NotStartedError(f"pgbench: {ran.stderr[-2000:]}")
    return float(found[1])
