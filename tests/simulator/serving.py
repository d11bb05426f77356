"""A service on a port of the loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from werkzeug.serving import make_server

from app.embedded.server import HOST


@contextmanager
def served(service: Flask, port: int, *, to_the_end: bool = False) -> Iterator[None]:
    """Serve with a thread a request: the page's request waits for the webhook's.

    Args:
        service: Answers.
        port: Of the loopback.
        to_the_end: Wait for every request that has begun before going on.
    """
    server = make_server(HOST, port, service, threaded=True)
    server.daemon_threads = not to_the_end  # type: ignore[attr-defined]  # as a threaded one has
    # Asked every 10 ms whether to end: the default of half a second is most of a short test.
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
