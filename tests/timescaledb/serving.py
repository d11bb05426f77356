"""A PostgreSQL with TimescaleDB for tests, which serves one session after the other."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAM = Path(__file__).with_name("serve.mjs")


@contextmanager
def timescaledb() -> Iterator[str]:
    """Run a server without anything in it, and give its SQLAlchemy URL.

    Raises:
        RuntimeError: It did not start; `make tools` fetches it.
    """
    with subprocess.Popen(
        ["node", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin
        assert server.stdout
        port = server.stdout.readline().strip()
        if not port:
            raise RuntimeError("TimescaleDB did not start; `make tools` fetches it.")
        yield f"postgresql+psycopg://postgres:postgres@127.0.0.1:{port}/postgres"
        server.stdin.close()  # at which it ends
