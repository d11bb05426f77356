"""What `make bench` prints."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from tests.benchmarks.subject import Subject

RATES = "{:<26}{:>12}{:>17}{:>12}{:>12}{:>13}\n"
LATENCY = "{:<26}{:>12}{:>17}{:>12}\n"


def say(words: str) -> None:
    """Print at once: a run takes minutes."""
    sys.stdout.write(words)
    sys.stdout.flush()


def show_rates(measured: Mapping[str, Subject]) -> None:
    """Print the answers a second of each subject, beside those of the floors."""
    rounds = len(next(iter(measured.values())).rounds)
    say(f"medians of {rounds} rounds\n")
    say(RATES.format("", "answers/s", "lowest-highest", "x INSERT", "x Flask", "load, cores"))
    for subject in measured.values():
        low, high = subject.spread
        say(
            RATES.format(
                subject.title,
                f"{subject.per_second:,.0f}",
                f"{low:,.0f}-{high:,.0f}",
                _ratio(subject, measured.get("insert")),
                _ratio(subject, measured.get("constant")),
                f"{subject.load_cores:.2f}",
            )
        )


def _ratio(subject: Subject, floor: Subject | None) -> str:
    return f"{subject.per_second / floor.per_second:.2f}" if floor else "-"


def show_latency(turns: Sequence[Subject]) -> None:
    """Print how long a message waits for its answer at half of the load."""
    say("\nat half of the turn's load, evenly spread\n")
    say(LATENCY.format("", "answers/s", "p50", "p99"))
    for subject in turns:
        p50, p99 = (f"{subject.waited_ms(percent):.1f} ms" for percent in (50, 99))
        say(LATENCY.format(subject.title, f"{subject.even_per_second:,.0f}", p50, p99))
    say("\n")
