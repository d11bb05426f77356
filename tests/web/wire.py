"""A wire between the service and PostgreSQL on which the round trips can be counted."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Lock, Thread
from urllib.parse import urlsplit, urlunsplit


class Wire:
    """Passes bytes on between a client and PostgreSQL, and counts how often the client asks.

    What the client sends before it hears anything from the server is one round trip, however many
    packets it takes.
    """

    def __init__(self, url: str) -> None:
        there = urlsplit(url)
        self._server = (there.hostname or "127.0.0.1", there.port or 5432)
        self._lock = Lock()
        self._asking: set[int] = set()
        self._sockets: list[socket.socket] = []
        self.round_trips = 0
        self._door = socket.create_server(("127.0.0.1", 0))
        credentials, _, _ = there.netloc.rpartition("@")
        port = self._door.getsockname()[1]
        self.url = urlunsplit(there._replace(netloc=f"{credentials}@127.0.0.1:{port}"))
        Thread(target=self._welcome, daemon=True).start()

    def close(self) -> None:
        """End every connection and listen no more."""
        for each in (self._door, *self._sockets):
            each.close()

    def _welcome(self) -> None:
        number = 0
        while True:
            try:
                client, _ = self._door.accept()
            except OSError:
                return
            number += 1
            server = socket.create_connection(self._server)
            self._sockets += [client, server]
            Thread(target=self._asked, args=(client, server, number), daemon=True).start()
            Thread(target=self._answered, args=(server, client, number), daemon=True).start()

    def _asked(self, client: socket.socket, server: socket.socket, number: int) -> None:
        while words := received(client):
            with self._lock:
                if number not in self._asking:
                    self._asking.add(number)
                    self.round_trips += 1
            pass_on(server, words)

    def _answered(self, server: socket.socket, client: socket.socket, number: int) -> None:
        while words := received(server):
            with self._lock:
                self._asking.discard(number)
            pass_on(client, words)


def received(one: socket.socket) -> bytes:
    """Give what comes next; nothing when the connection has ended."""
    try:
        return one.recv(65536)
    except OSError:
        return b""


def pass_on(one: socket.socket, words: bytes) -> None:
    """Send what was heard; whoever has hung up hears nothing more."""
    with suppress(OSError):
        one.sendall(words)
