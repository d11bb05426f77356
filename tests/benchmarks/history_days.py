"""How long the clock's own job takes to average the days that a history has touched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from time import monotonic

from app import db
from app.config import use
from app.glucose.jobs import refresh_daily_averages
from tests.benchmarks import report
from tests.benchmarks.history_fill import Filled, WrongHistoryError, tidy
from tests.benchmarks.history_rows import NOW
from tests.settings import settings

AT = NOW + timedelta(hours=2)
"""Yesterday has been over for long enough."""
LEFT = "SELECT count(*) FROM (SELECT FROM glucose_days_touched LIMIT 1) AS one"
TOUCHED = "SELECT count(*) FROM glucose_days_touched"
MADE = "SELECT count(*) FROM glucose_daily_avg"
PLAIN = (
    "SELECT count(*) FROM (SELECT DISTINCT patient_id, date_trunc('day', recorded_at,"
    " 'Asia/Kolkata') FROM glucose_readings) AS days"
)
LINE = "{:<26}{:>12}{:>17}{:>12}{:>12}\n"


def measure(filled: Sequence[Filled], folder: Path) -> None:
    """Bring every database up to date, and print how long it took."""
    report.say("\ndaily averages by the clock's job, until no day is left\n")
    report.say(LINE.format("readings", "days", "seconds", "us a day", "calls"))
    for each in filled:
        days = each.number(TOUCHED)
        seconds, calls = _refresh(each, folder, days)
        if not days == each.number(MADE) == each.number(PLAIN):
            raise WrongHistoryError(f"{each.number(MADE)} days averaged of {days}")
        tidy(each.engine)
        shares = f"{seconds:,.1f}", f"{seconds / days * 1e6:,.0f}"
        report.say(LINE.format(f"{each.size:,}", f"{days:,}", *shares, f"{calls:,}"))


def _refresh(filled: Filled, folder: Path, days: int) -> tuple[float, int]:
    """Call the job as the clock does until nothing is left; give its seconds and its calls.

    Raises:
        WrongHistoryError: It averages less than a day a call.
    """
    use(settings(spool_dir=folder, DATABASE_URL=filled.url))
    seconds = 0.0
    for calls in range(days + 1):
        if not filled.number(LEFT):
            db.engine().dispose()
            return seconds, calls
        started = monotonic()
        refresh_daily_averages(AT)
        seconds += monotonic() - started
    raise WrongHistoryError("the averages do not come to an end")
