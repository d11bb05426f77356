"""The embedded servers, really started, killed, held still and left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import psutil
import psycopg
import pytest
from redis import Redis
from redis.exceptions import TimeoutError as RedisTimeout
from typing_extensions import override

from app.embedded import Postgres, Valkey
from app.embedded.server import Server
from app.errors import ConfigError

ROOT = Path(__file__).parents[1]
STARTED_AND_FORGOTTEN = """
import sys, time
from app.embedded import Postgres, Valkey
server = {"Postgres": Postgres, "Valkey": Valkey}[sys.argv[1]](sys.argv[2]).start()
if "paused" in sys.argv:
    server.pause()
print(*server.pids(), flush=True)
time.sleep(60)
"""


@pytest.fixture
def postgres_of_own(tmp_path: Path) -> Iterator[Postgres]:
    with Postgres(tmp_path / "postgres") as server:
        yield server


@pytest.fixture
def valkey_of_own(tmp_path: Path) -> Iterator[Valkey]:
    with Valkey(tmp_path / "valkey") as server:
        yield server


def session_with(server: Postgres) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(server.url.replace("+psycopg", ""), autocommit=True, connect_timeout=2)


def keep_a_note(server: Postgres) -> None:
    with session_with(server) as session:
        session.execute("create table note (words text)")
        session.execute("insert into note values ('शुगर 212')")


def notes(server: Postgres) -> list[tuple[object, ...]]:
    with session_with(server) as session:
        return session.execute("select words from note").fetchall()


def gone(pids: list[int], within_seconds: float = 15) -> bool:
    deadline = monotonic() + within_seconds
    while any(runs(pid) for pid in pids):
        if monotonic() > deadline:
            return False
        sleep(0.05)
    return True


def runs(pid: int) -> bool:
    # What only waits to be buried by the machine's first process does not run.
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_postgres_is_durable_speaks_utf8_and_listens_on_the_loopback_only(
    postgres_of_own: Postgres,
) -> None:
    asked = "fsync", "full_page_writes", "synchronous_commit", "server_encoding", "listen_addresses"
    with session_with(postgres_of_own) as session:
        answers = [session.execute(f"show {name}").fetchone() for name in asked]
    assert answers == [("on",), ("on",), ("on",), ("UTF8",), ("127.0.0.1",)]


def test_postgres_lets_nobody_in_without_the_password(postgres_of_own: Postgres) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(
            host="127.0.0.1", port=postgres_of_own.port, user="procare", dbname="procare"
        )


def test_the_servers_never_run_as_root(postgres_of_own: Postgres, valkey_of_own: Valkey) -> None:
    pids = postgres_of_own.pids() + valkey_of_own.pids()
    assert 0 not in {psutil.Process(pid).uids().effective for pid in pids}


def test_a_stopped_postgres_keeps_its_data(postgres_of_own: Postgres) -> None:
    keep_a_note(postgres_of_own)
    url, pids = postgres_of_own.url, postgres_of_own.pids()
    postgres_of_own.stop()
    assert gone(pids)
    assert postgres_of_own.pids() == []
    postgres_of_own.start()
    assert postgres_of_own.url == url
    assert notes(postgres_of_own) == [("शुगर 212",)]


def test_a_killed_postgres_recovers_what_was_committed(postgres_of_own: Postgres) -> None:
    keep_a_note(postgres_of_own)
    postgres_of_own.kill()
    postgres_of_own.start()
    assert notes(postgres_of_own) == [("शुगर 212",)]


def test_no_process_outlives_a_postmaster_killed_alone(postgres_of_own: Postgres) -> None:
    keep_a_note(postgres_of_own)
    pids = postgres_of_own.pids()
    os.kill(pids[0], signal.SIGKILL)
    assert gone(pids)
    postgres_of_own.stop()
    postgres_of_own.start()
    assert notes(postgres_of_own) == [("शुगर 212",)]


def test_a_lock_that_names_some_other_living_process_does_not_matter(
    postgres_of_own: Postgres,
) -> None:
    lock = postgres_of_own.folder / "cluster" / "postmaster.pid"
    postgres_of_own.kill()
    number, rest = lock.read_text().split("\n", 1)
    lock.write_text(f"{os.getpid()}\n{rest}")
    postgres_of_own.start()
    assert postgres_of_own.pids()[0] != int(number)


def test_a_cluster_that_was_never_finished_is_made_anew(tmp_path: Path) -> None:
    unfinished = tmp_path / "cluster.new"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")
    with Postgres(tmp_path) as server:
        keep_a_note(server)


def test_two_servers_never_share_a_folder(postgres_of_own: Postgres) -> None:
    with pytest.raises(ConfigError, match="already serves"):
        Postgres(postgres_of_own.folder).start()


def test_a_paused_postgres_hangs_and_goes_on_when_resumed(postgres_of_own: Postgres) -> None:
    keep_a_note(postgres_of_own)
    postgres_of_own.pause()
    assert psutil.Process(postgres_of_own.pids()[0]).status() == psutil.STATUS_STOPPED
    with pytest.raises(psycopg.OperationalError, match="timeout"):
        notes(postgres_of_own)
    postgres_of_own.resume()
    assert notes(postgres_of_own) == [("शुगर 212",)]


def test_a_paused_server_can_be_stopped(postgres_of_own: Postgres) -> None:
    pids = postgres_of_own.pids()
    postgres_of_own.pause()
    postgres_of_own.stop()
    assert gone(pids)


def test_a_killed_valkey_keeps_what_it_wrote(valkey_of_own: Valkey) -> None:
    with Redis.from_url(valkey_of_own.url) as client:
        client.set("dose", "taken")
    valkey_of_own.kill()
    valkey_of_own.start()
    with Redis.from_url(valkey_of_own.url) as client:
        assert client.get("dose") == b"taken"


def test_a_paused_valkey_hangs_and_goes_on_when_resumed(valkey_of_own: Valkey) -> None:
    with Redis.from_url(valkey_of_own.url, socket_timeout=0.2, retry=None) as client:
        valkey_of_own.pause()
        with pytest.raises(RedisTimeout):
            client.ping()
        valkey_of_own.resume()
        assert client.ping()


def test_a_server_outlives_the_thread_that_started_it(tmp_path: Path) -> None:
    server = Valkey(tmp_path)
    starter = Thread(target=server.start)
    starter.start()
    starter.join()
    sleep(0.5)
    assert server.pids()
    server.stop()


@pytest.mark.parametrize("kind", [Postgres, Valkey])
def test_a_port_in_use_is_one_sentence(
    kind: type[Server], valkey_of_own: Valkey, tmp_path: Path
) -> None:
    port = valkey_of_own.port
    with pytest.raises(ConfigError) as problem:
        kind(tmp_path / "other", port).start()
    assert str(problem.value) == (
        f"{kind.title} cannot start: port {port} on 127.0.0.1 is in use already."
    )


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    # Every write to this device fails as on a full disk.
    (tmp_path / "password").symlink_to("/dev/full")
    with pytest.raises(ConfigError, match=f"^PostgreSQL .* the disk that holds {tmp_path} is full"):
        Postgres(tmp_path).start()


def test_a_forbidden_folder_is_one_sentence() -> None:
    # Nobody makes folders there, root included.
    with pytest.raises(ConfigError, match="no permission to use /sys/procare"):
        Valkey("/sys/procare").start()


class Doomed(Server):
    """A server that says something and ends."""

    title = "Doomed"
    said = ""

    @property
    @override
    def url(self) -> str:
        return ""

    @override
    def _command(self) -> list[str]:
        return ["/bin/sh", "-c", f"echo starting; echo '{self.said}' >&2; exit 1"]

    @override
    def _prepare(self) -> None:
        pass

    @override
    def _is_ready(self) -> bool:
        return False


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ('PANIC: could not write "pg_wal/1": No space left on device', "the disk that holds"),
        ("LOG: could not bind: Address already in use", "is in use already"),
        ("FATAL: could not open file: Permission denied", "no permission to use"),
        ("FATAL: something else", "did not start: FATAL: something else"),
    ],
)
def test_what_a_server_says_before_it_ends_becomes_one_sentence(
    said: str, sentence: str, tmp_path: Path
) -> None:
    server = Doomed(tmp_path)
    server.said = said
    with pytest.raises(ConfigError, match=f"^Doomed .*{sentence}"):
        server.start()


@pytest.mark.parametrize("words", [["Postgres"], ["Valkey"], ["Postgres", "paused"]])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_outlives_who_started_it(
    words: list[str], how: signal.Signals, tmp_path: Path
) -> None:
    kind, *paused = words
    with subprocess.Popen(
        [sys.executable, "-c", STARTED_AND_FORGOTTEN, kind, str(tmp_path), *paused],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as starter:
        assert starter.stdout is not None
        pids = [int(word) for word in starter.stdout.readline().split()]
        assert pids
        starter.send_signal(how)
    assert gone(pids)
