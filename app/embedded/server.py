"""One server from a wheel: started under its keeper, paused, killed, stopped."""

from __future__ import annotations

import os
import pwd
import signal
import socket
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EACCES, EADDRINUSE, EDQUOT, ENOSPC, EPERM, EROFS
from importlib.util import find_spec
from pathlib import Path
from shutil import disk_usage
from time import monotonic, sleep
from types import TracebackType
from typing import Self

import psutil

from app.embedded.launch import keep
from app.errors import ConfigError

HOST = "127.0.0.1"
UNPRIVILEGED_USER = "nobody"
START_SECONDS = 60
FULL_BELOW_BYTES = 2**20
# A fixed environment: English messages, which are read for their cause, and no PG* of the caller's.
ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath}


class Server(ABC):
    """A server of its own, on the loopback only, whose data outlive it.

    Attributes:
        folder: Where its data and its log lie; made if missing.
        port: The port it listens on; chosen at the first start where none was given.
    """

    title: str
    stop_signal: signal.Signals = signal.SIGTERM

    def __init__(self, folder: Path | str, port: int | None = None) -> None:
        self.folder = Path(folder).resolve()
        self.port = free_port() if port is None else port
        self._keeper: subprocess.Popen[bytes] | None = None

    @property
    @abstractmethod
    def url(self) -> str:
        """The address for clients."""

    @property
    def log(self) -> Path:
        """The file that holds what the server said."""
        return self.folder / "log"

    @abstractmethod
    def _command(self) -> list[str]:
        """The command line that runs the server in the foreground."""

    @abstractmethod
    def _prepare(self) -> None:
        """Make the folder fit for a start; what exists is kept."""

    @abstractmethod
    def _is_ready(self) -> bool:
        """Whether the server answers."""

    def start(self) -> Self:
        """Start, and wait until the server answers.

        Raises:
            ConfigError: In one sentence: the port is taken, the disk is full, the folder is not
                ours, or whatever else the server said last.
        """
        with self._plain_errors():
            self.folder.mkdir(parents=True, exist_ok=True)
            refuse_taken_port(self.title, self.port)
            self._prepare()
            said_before = self.log.stat().st_size if self.log.exists() else 0
            self._keeper = self._keep(self._command())
        try:
            self._wait_until_ready(said_before)
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Stop in order, finishing what is being written; nothing if it does not run."""
        if self._keeper is None:
            return
        self._keeper.terminate()
        self._keeper.wait()
        self._keeper = None

    def kill(self) -> None:
        """End every process of the server at once, as a power cut does."""
        self._signal(signal.SIGKILL)
        if self._keeper is not None:
            self._keeper.wait()
            self._keeper = None

    def pause(self) -> None:
        """Hold every process of the server still: connections stay open and hang."""
        self._signal(signal.SIGSTOP)
        # One that is waiting for the disk stops only after that.
        while not all(_is_still(pid) for pid in self.pids()):
            sleep(0.01)

    def resume(self) -> None:
        """Let a paused server go on."""
        self._signal(signal.SIGCONT)

    def pids(self) -> list[int]:
        """List the server's processes, the one that started the others first; empty when down."""
        if self._keeper is None or self._keeper.poll() is not None:
            return []
        keeper = psutil.Process(self._keeper.pid)
        return [process.pid for process in keeper.children(recursive=True)]

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _signal(self, what: signal.Signals) -> None:
        # Parents first: a held parent starts no further child while the list is walked.
        for pid in self.pids():
            try:
                os.kill(pid, what)
            except ProcessLookupError:
                continue

    def _keep(self, command: list[str]) -> subprocess.Popen[bytes]:
        """Run a command under a keeper, its words going to the log."""
        with self.log.open("ab") as log:
            return keep(
                command,
                stop_signal=self.stop_signal,
                user=UNPRIVILEGED_USER if os.geteuid() == 0 else None,
                folder=self.folder,
                environment=ENVIRONMENT,
                output=log,
            )

    def _wait_until_ready(self, said_before: int) -> None:
        deadline = monotonic() + START_SECONDS
        while not self._is_ready():
            if self._keeper is None or self._keeper.poll() is not None or monotonic() > deadline:
                raise self._problem(said_before)
            sleep(0.01)

    def _problem(self, said_before: int) -> ConfigError:
        """Say in one sentence why the server did not start, from what it said."""
        said = self.log.read_bytes()[said_before:].decode(errors="replace")
        # A log on the full disk itself may have kept nothing of what the server said.
        if "No space left on device" in said or disk_usage(self.folder).free < FULL_BELOW_BYTES:
            return _disk_full(self.title, self.folder)
        if "Address already in use" in said:
            return _port_taken(self.title, self.port)
        if "Permission denied" in said or "Operation not permitted" in said:
            return _not_permitted(self.title, self.folder)
        last = said.strip().rpartition("\n")[2] or "it said nothing"
        return ConfigError(f"{self.title} did not start: {last} (all of it is in {self.log}).")

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        """Turn what the operating system refuses into one sentence."""
        try:
            yield
        except OSError as problem:
            if problem.errno in {ENOSPC, EDQUOT}:
                raise _disk_full(self.title, self.folder) from problem
            if problem.errno in {EACCES, EPERM, EROFS}:
                raise _not_permitted(self.title, self.folder) from problem
            raise


def wheel(package: str) -> Path:
    """Find an installed package's folder without running any of its code."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ConfigError(f"The package {package} of requirements.txt is not installed.")
    return Path(spec.origin).parent


def free_port() -> int:
    """Find a port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def give_to_server(folder: Path) -> None:
    """Make a folder the server's own, for its eyes only, where it runs as another user."""
    folder.chmod(0o700)
    if os.geteuid() == 0:
        entry = pwd.getpwnam(UNPRIVILEGED_USER)
        os.chown(folder, entry.pw_uid, entry.pw_gid)


def _is_still(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() in {psutil.STATUS_STOPPED, psutil.STATUS_ZOMBIE}
    except psutil.NoSuchProcess:
        return True


def refuse_taken_port(title: str, port: int) -> None:
    """Check that a port of the loopback can be listened on.

    Raises:
        ConfigError: Somebody listens there.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as problem:
            if problem.errno == EADDRINUSE:
                raise _port_taken(title, port) from problem
            raise


def _port_taken(title: str, port: int) -> ConfigError:
    return ConfigError(f"{title} cannot start: port {port} on {HOST} is in use already.")


def _disk_full(title: str, folder: Path) -> ConfigError:
    return ConfigError(f"{title} cannot start: the disk that holds {folder} is full.")


def _not_permitted(title: str, folder: Path) -> ConfigError:
    return ConfigError(f"{title} cannot start: no permission to use {folder}.")
