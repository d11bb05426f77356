"""The development start, as `make run` does it, in a folder of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from os import environ  # noqa: TID251 - read for coverage's own words only
from pathlib import Path
from time import monotonic, sleep

import psutil
import psycopg
import pytest

from app.embedded import Postgres, Valkey
from app.embedded.server import free_port

ROOT = Path(__file__).parents[1]
READY = "ProCare is ready: http://127.0.0.1:{port}/simulator\n"


@contextmanager
def started(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """Run the starter in a folder; killed at the end if it still runs."""
    # Only what a person's shell holds; no server is named, so it starts its own.
    environment = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "PORT": str(port)}
    # Where coverage measures subprocesses too, it tells them so in the environment.
    environment |= {name: value for name, value in environ.items() if name.startswith("COVERAGE")}
    with subprocess.Popen(
        [sys.executable, "-m", "app.embedded", "run"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as starter:
        try:
            yield starter
        finally:
            starter.kill()


def said_until_ready(starter: subprocess.Popen[str], port: int) -> list[str]:
    assert starter.stdout is not None
    said = []
    for line in starter.stdout:
        said.append(line)
        if line == READY.format(port=port):
            return said
    pytest.fail("".join(said))


def tree(starter: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(starter.pid).children(recursive=True)


def all_gone(processes: list[psutil.Process], within_seconds: float = 20) -> bool:
    deadline = monotonic() + within_seconds
    while any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in processes):
        if monotonic() > deadline:
            return False
        sleep(0.05)
    return True


def status_of(port: int, path: str) -> int:
    session = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        session.request("GET", path)
        return session.getresponse().status
    finally:
        session.close()


def session_with(server: Postgres) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(server.url.replace("+psycopg", ""), autocommit=True)


def test_the_start_serves_leaves_nothing_behind_and_keeps_its_data(tmp_path: Path) -> None:
    port = free_port()
    with started(tmp_path, port) as starter:
        said = said_until_ready(starter, port)
        assert sum("http://" in line for line in said) == 1
        assert status_of(port, "/readyz") == 200
        processes = tree(starter)
        starter.send_signal(signal.SIGINT)
        assert starter.wait(timeout=30) == 0
        assert all_gone(processes)
    with Postgres(tmp_path / ".procare" / "postgres") as server, session_with(server) as session:
        session.execute("create table note as select 'kept' as words")
    with started(tmp_path, port) as starter:
        said_until_ready(starter, port)
        processes = tree(starter)
        starter.kill()
        starter.wait()
        assert all_gone(processes)
    with Postgres(tmp_path / ".procare" / "postgres") as server, session_with(server) as session:
        assert session.execute("select words from note").fetchall() == [("kept",)]


def test_a_port_in_use_is_one_sentence(tmp_path: Path, valkey: Valkey) -> None:
    with started(tmp_path, valkey.port) as starter:
        assert starter.wait(timeout=30) == 1
        assert starter.stdout is not None
        said = starter.stdout.read()
    assert said == f"ProCare cannot start: port {valkey.port} on 127.0.0.1 is in use already.\n"
    assert not (tmp_path / ".procare").exists()


def test_a_port_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    with started(tmp_path, 70000) as starter:
        assert starter.wait(timeout=30) == 1
        assert starter.stdout is not None
        assert starter.stdout.read() == "PORT is 70000, which is no number from 1 to 65535.\n"
