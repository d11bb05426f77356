"""What a minute of reminders costs beside ever more patients, a thousandth of whom has a dose due.

Every size has a PostgreSQL of its own; all are worked on by this one process, whose memory is
looked at. At 22:00 everybody has a dose due at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import Engine, text

from app import db
from app.config import read, use
from app.emergency.missed import jobs as missed
from app.reminders import jobs
from tests.benchmarks import report, servers
from tests.benchmarks.reminders_fill import FIVE, RUSH, fill

SIZES = (10_000, 100_000)
RUSH_AT_MOST = 100_000
"""A greater rush takes longer than anybody waits for a figure."""
MINUTES = 12
WARM_UP = 2
ANSWERED = (
    "UPDATE medication_logs SET status = 'TAKEN', taken_at = remind_at"
    " WHERE status = 'PENDING' AND remind_at < :at"
)
LINE = "{:>10}{:>12}{:>12}{:>14}{:>14}{:>12}{:>14}\n"


class WrongRemindersError(Exception):
    """Other reminders were queued than were due."""


def measure(folder: Path, sizes: Sequence[int]) -> None:
    """Measure every size, and print it."""
    report.say("\nreminders: patients of three doses a day, 0.1 % due a minute, medians\n")
    report.say(
        LINE.format(
            *("patients", "reminders", "a minute", "a reminder", "missed doses", "memory", "rush")
        )
    )
    for size in sorted(sizes):
        with servers.house(folder / str(size)) as house:
            use(read({**house.settings, "PROCARE_ENV": "test"}))
            fill(house.engine, size)
            _show(house.engine, size)
            db.engine().dispose()


def _show(engine: Engine, patients: int) -> None:
    due = patients // 1000
    minute_s = _minutes(engine, due)
    missed_s = median(_seconds(missed.see_to_missed, FIVE + timedelta(minutes=n)) for n in range(3))
    memory = _memory_mb()
    rush = _rush(engine, patients)
    report.say(
        LINE.format(
            f"{patients:,}",
            due,
            f"{minute_s * 1000:,.1f} ms",
            f"{minute_s / due * 1000:.2f} ms",
            f"{missed_s * 1000:,.0f} ms",
            f"{memory:.0f} MB",
            rush,
        )
    )


def _minutes(engine: Engine, due: int) -> float:
    """Take the median of a few minutes in a row: doses made, reminders queued, doses missed."""
    seconds = []
    for minute in range(MINUTES):
        now = FIVE + timedelta(minutes=minute)
        seconds.append(_seconds(_minute, now))
        _check(engine, (minute + 1) * due)
    return median(seconds[WARM_UP:])


def _minute(now: datetime) -> None:
    jobs.make_doses(now)
    jobs.send_due(now)
    jobs.mark_missed(now)


def _rush(engine: Engine, patients: int) -> str:
    """Say how many reminders a second are queued when everybody has a dose due at once."""
    if patients > RUSH_AT_MOST:
        return "-"
    with engine.begin() as connection:
        connection.execute(text(ANSWERED), {"at": RUSH})
    before = _queued(engine)
    seconds = _seconds(jobs.send_due, RUSH)
    _check(engine, before + patients)
    return f"{patients / seconds:,.0f}/s {_memory_mb():.0f} MB"


def _check(engine: Engine, expected: int) -> None:
    if (queued := _queued(engine)) != expected:
        raise WrongRemindersError(f"{queued} queued, {expected} were due")


def _queued(engine: Engine) -> int:
    with engine.begin() as connection:
        return int(connection.execute(text("SELECT count(*) FROM outbound_messages")).scalar_one())


def _seconds(job: Callable[[datetime], None], now: datetime) -> float:
    started = perf_counter()
    job(now)
    return perf_counter() - started


def _memory_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (resident,) = (line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(resident.split()[1]) / 1024
