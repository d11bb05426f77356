"""Readings of half a year at several sizes: how fast they are read and kept, in how much room.

Every size has a database of its own on one server, so that they are looked at in turns.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.embedded import Postgres
from tests.benchmarks import (
    history_bytes,
    history_checks,
    history_days,
    history_import,
    history_inserts,
    history_reads,
    history_timescale,
    report,
)
from tests.benchmarks.history_fill import fill

SIZES = (100_000, 1_000_000)


def measure(folder: Path, sizes: Sequence[int], *, seconds: float, rounds: int) -> None:
    """Measure everything, and print it.

    Args:
        folder: Of this run alone.
        sizes: How many readings; the largest is written to as well.
        seconds: Of one stretch of inserts.
        rounds: In which whatever is compared takes turns.
    """
    report.say("\nreadings of half a year, four a day, in the order of time, by COPY\n")
    with Postgres(folder / "postgres") as postgres:
        filled = [fill(postgres, size) for size in sorted(sizes)]
        history_bytes.show(filled)
        history_days.measure(filled, folder)
        history_checks.check(filled)
        history_reads.measure(filled, rounds=rounds)
        history_inserts.measure(filled[-1], folder, seconds=seconds, rounds=rounds)
        history_import.measure(filled[-1], rounds=rounds)
        for each in filled:
            each.engine.dispose()
    history_timescale.show()
