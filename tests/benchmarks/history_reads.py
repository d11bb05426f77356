"""How long a patient's past takes to read, of few patients and of many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import timedelta
from random import Random
from statistics import median, quantiles
from time import perf_counter
from uuid import UUID

from sqlalchemy import Connection

from app.glucose.history import store
from tests.benchmarks import report
from tests.benchmarks.history_fill import Filled
from tests.benchmarks.history_rows import NOW, SEED, patient_id

TURNS, CALLS = 10, 100
"""Of each kind and size in a round, and calls in each: short, so that all are disturbed alike."""
LINE = "{:<26}{:>12}{:>17}{:>12}\n"
LAST_DAYS, AVERAGED_DAYS = 30, 90
TODAY = NOW.date()

Read = Callable[[Connection, UUID], object]
Seen = Mapping[tuple[str, int], list[list[float]]]


def last_days(connection: Connection, patient: UUID) -> Sequence[object]:
    """Read a patient's last 30 days."""
    return store.readings_between(connection, patient, NOW - timedelta(days=LAST_DAYS), NOW)


def averages(connection: Connection, patient: UUID) -> Sequence[object]:
    """Read the daily averages of a patient's last 90 days."""
    return store.daily_averages(connection, patient, TODAY - timedelta(days=AVERAGED_DAYS), TODAY)


READS: Mapping[str, Read] = {
    f"last {LAST_DAYS} days": last_days,
    f"averages of {AVERAGED_DAYS} days": averages,
}


def measure(filled: Sequence[Filled], *, rounds: int) -> None:
    """Read in rounds in which the sizes take turns, one connection each, and print it."""
    seen: Seen = {(name, each.size): [] for name in READS for each in filled}
    with ExitStack() as open_:
        connections = [(each, open_.enter_context(each.engine.connect())) for each in filled]
        chance = Random(SEED)  # noqa: S311 - the same patients in every run
        _round(connections, chance)
        for _ in range(rounds):
            for key, waited_s in _round(connections, chance).items():
                seen[key].append(waited_s)
    _show(seen, rounds)


def _round(
    connections: Sequence[tuple[Filled, Connection]], chance: Random
) -> dict[tuple[str, int], list[float]]:
    """Read in turns; give how long each call took, of each kind and size."""
    waited: dict[tuple[str, int], list[float]] = defaultdict(list)
    for _ in range(TURNS):
        for name, read in READS.items():
            for each, connection in connections:
                patients = [patient_id(chance.randrange(each.patients)) for _ in range(CALLS)]
                waited[name, each.size] += _waited_s(connection, read, patients)
    return waited


def _waited_s(connection: Connection, read: Read, patients: Sequence[UUID]) -> Iterator[float]:
    with connection.begin():
        for patient in patients:
            started = perf_counter()
            read(connection, patient)
            yield perf_counter() - started


def _show(seen: Seen, rounds: int) -> None:
    report.say(
        f"\none patient's past, {TURNS * CALLS:,} calls a round, medians of {rounds} rounds\n"
    )
    report.say(LINE.format("", "p50", "p99", "readings"))
    for name in READS:
        sizes = sorted(size for read, size in seen if read == name)
        cuts = [_cuts_ms(seen[name, size]) for size in sizes]
        for size, (p50, p99) in zip(sizes, cuts, strict=True):
            report.say(LINE.format(name, f"{p50:.2f} ms", f"{p99:.2f} ms", f"{size:,}"))
        ratios = [f"{last / first:.2f}x" for first, last in zip(cuts[0], cuts[-1], strict=True)]
        report.say(LINE.format("  largest to smallest", *ratios, ""))


def _cuts_ms(stretches: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Give the middle and the 99th percentile, each the median of the rounds."""
    cuts = [quantiles(stretch, n=100) for stretch in stretches]
    return 1000 * median(cut[49] for cut in cuts), 1000 * median(cut[98] for cut in cuts)
