"""Readings kept one by one, each committed, beside pgbench's own single-row inserts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

from sqlalchemy import text

from tests.benchmarks import report
from tests.benchmarks.history_fill import Filled
from tests.benchmarks.history_kept import kept_per_second
from tests.benchmarks.history_pgbench import BARE_TABLE, bare_script, our_script, per_second

AT_ONCE = (1, 8)
LINE = "{:<26}{:>12}{:>12}{:>17}{:>12}{:>15}\n"
BARE = "pgbench, bare table"
OURS = "pgbench, our INSERT"
PRODUCT = "ProCare's store"


def measure(filled: Filled, folder: Path, *, seconds: float, rounds: int) -> None:
    """Measure the three in turns, on one connection and on several, and print them."""
    with filled.engine.begin() as connection:
        connection.execute(text(BARE_TABLE))
    report.say(f"\ndurable inserts, one reading a commit, into {filled.size:,} readings")
    report.say(f", medians of {rounds} rounds\n")
    report.say(
        LINE.format("", "connections", "inserts/s", "lowest-highest", "x bare", "x our INSERT")
    )
    for clients in AT_ONCE:
        subjects = _subjects(filled, folder, clients=clients, seconds=seconds)
        seen: dict[str, list[float]] = {name: [] for name in subjects}
        for _ in range(rounds):
            for name, run in subjects.items():
                seen[name].append(run())
        _show(clients, seen)


def _subjects(
    filled: Filled, folder: Path, *, clients: int, seconds: float
) -> Mapping[str, Callable[[], float]]:
    bare, ours = bare_script(filled.patients), our_script(filled)
    return {
        BARE: lambda: per_second(filled, bare, folder, clients=clients, seconds=seconds),
        OURS: lambda: per_second(filled, ours, folder, clients=clients, seconds=seconds),
        PRODUCT: lambda: kept_per_second(filled, clients=clients, seconds=seconds),
    }


def _show(clients: int, seen: Mapping[str, list[float]]) -> None:
    floors = [median(seen[name]) for name in (BARE, OURS)]
    for name, rates in seen.items():
        ratios = [f"{median(rates) / floor:.2f}" for floor in floors]
        spread = f"{min(rates):,.0f}-{max(rates):,.0f}"
        report.say(LINE.format(name, clients, f"{median(rates):,.0f}", spread, *ratios))
