"""A service on a port of the loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from werkzeug.serving import make_server

from app.embedded.server import HOST


@contextmanager
def served(service: Flask, port: int) -> Iterator[None]:
    """Serve with a thread a request: the page's request waits for the webhook's."""
    server = make_server(HOST, port, service, threaded=True)
    # Asked every 10 ms whether to end: the default of half a second is most of a short test.
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
