"""What a health score is made of: counts of a patient's last days. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

WINDOW, WIDE_WINDOW = timedelta(days=14), timedelta(days=30)
WIDE_BELOW = 10
"""Of fewer readings in 14 days, those of 30 are counted (clinical rules)."""
LATELY = timedelta(days=7)
"""What caps a score happened within it; a reading older than it is too old (clinical rules)."""
RETEST_WITHIN = timedelta(minutes=60)
"""So long after an open low a value is a test of the same low (clinical rules)."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Counts of (at − window, at]; days are 24 hours, whatever the person's zone.

    Tests of a low that is already counted are no readings of their own. A meter's HI and LO are
    readings, and so is a value that is too low or too high to be kept as one.

    Attributes:
        at: Aware; when it was counted.
        window_days: 14, or 30 where 14 days have fewer than ten readings.
        last_reading_at: Of the last 30 days; None for none.
        below_54: Readings under 54 mg/dL.
        from_54_to_70: Readings of 54 or more and under 70.
        above_180_to_250: Readings over 180, up to and with 250.
        above_250: Readings over 250.
        from_300: Readings of 300 or more; they are among those over 250.
        level_2: Lows of which a value was under 54, retests included.
        level_3: Times when another person's help was needed (row P0 of the triage table).
        has_plan: Whether a medicine has times, or a dose was due.
        doses_due: Doses of medicines with times that were taken, missed or skipped.
        taken: Doses taken in time.
        taken_late: Doses taken late.
        tests_planned: Tests that the person had asked to be reminded of.
        tests_done: How many of them were done.
        below_54_lately: Values under 54 in the last 7 days, retests included.
        from_300_lately: Readings of 300 or more in the last 7 days.
        level_3_lately: Of the last 7 days.
        critical_lately: Critical events of the last 7 days that are not resolved.
    """

    at: datetime
    window_days: int = WINDOW.days
    readings: int = 0
    last_reading_at: datetime | None = None
    below_54: int = 0
    from_54_to_70: int = 0
    above_180_to_250: int = 0
    above_250: int = 0
    from_300: int = 0
    level_2: int = 0
    level_3: int = 0
    has_plan: bool = False
    doses_due: int = 0
    taken: int = 0
    taken_late: int = 0
    tests_planned: int = 0
    tests_done: int = 0
    below_54_lately: int = 0
    from_300_lately: int = 0
    level_3_lately: int = 0
    critical_lately: int = 0

    @property
    def lows(self) -> int:
        """Readings under 70."""
        return self.below_54 + self.from_54_to_70

    @property
    def doses_taken(self) -> int:
        """Doses taken, in time or late."""
        return self.taken + self.taken_late

    def to_json(self) -> dict[str, Any]:
        """Give the counts as plain JSON values, for a row; nothing of what is not there."""
        known = {name: value for name, value in asdict(self).items() if value}
        return {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in known.items()
        }

    @classmethod
    def from_json(cls, whole: dict[str, Any]) -> Inputs:
        """Read back what `to_json` gave."""
        last = whole.get("last_reading_at")
        moments = {
            "at": datetime.fromisoformat(whole["at"]),
            "last_reading_at": datetime.fromisoformat(last) if last else None,
        }
        return cls(**(whole | moments))
