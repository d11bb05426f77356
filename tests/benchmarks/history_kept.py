"""Processes that keep readings at the same time, as the web server's do."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from os import defpath
from typing import IO, NamedTuple

from tests.benchmarks.history_fill import COUNT, Filled, WrongHistoryError
from tests.benchmarks.history_writer import WARM_UP
from tests.benchmarks.servers import ROOT

PROCESSES = 2
"""As the Procfile's web line has; each has its share of the connections as threads."""


class Writer(NamedTuple):
    """A process that keeps readings, and the two ends by which it is spoken to."""

    ask: IO[str]
    hear: IO[str]


def kept_per_second(filled: Filled, *, clients: int, seconds: float) -> float:
    """Let processes keep readings at the same time.

    Raises:
        WrongHistoryError: Not every reading that was kept is in the table.
    """
    processes = min(clients, PROCESSES)
    job = {"url": filled.url, "patients": filled.patients, "threads": clients // processes}
    before = _count(filled)
    with ExitStack() as running:
        writers = [running.enter_context(_writer()) for _ in range(processes)]
        _tell(writers, json.dumps({**job, "seconds": seconds}))
        if {_heard(writer) for writer in writers} != {"ready"}:
            raise WrongHistoryError("a writer did not start")
        _tell(writers, "go")
        kept = sum(int(_heard(writer)) for writer in writers)
    if (found := _count(filled) - before) != kept + clients * WARM_UP:
        raise WrongHistoryError(f"{kept + clients * WARM_UP} readings kept, {found} found")
    return kept / seconds


def _count(filled: Filled) -> int:
    return filled.number(COUNT)


@contextmanager
def _writer() -> Iterator[Writer]:
    command = [sys.executable, "-m", "tests.benchmarks.history_writer"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={"PATH": defpath},
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    try:
        yield Writer(process.stdin, process.stdout)
    finally:
        process.terminate()
        process.communicate()


def _tell(writers: list[Writer], words: str) -> None:
    for writer in writers:
        writer.ask.write(f"{words}\n")
        writer.ask.flush()


def _heard(writer: Writer) -> str:
    if words := writer.hear.readline().strip():
        return words
    raise WrongHistoryError("a writer ended before it said what it had kept")
