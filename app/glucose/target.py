"""The range a reading is held against. Pure."""

from dataclasses import dataclass

from app.glucose.state import AFTER, BEFORE
from app.parsing.meanings import GlucoseState


@dataclass(frozen=True, slots=True)
class Target:
    """A range in mg/dL, half-open: `low` belongs to it, `high` does not.

    Attributes:
        shown_high: The upper end as the source writes it.
    """

    low: float
    high: float
    shown_high: float


PRE_MEAL = Target(80, 130.5, 130)
"""Fasting and before a meal 80-130 mg/dL (ADA Standards of Care, section 6);
what a meter shows as 130 belongs to it."""

POST_MEAL = Target(70, 180, 180)
"""After a meal under 180 mg/dL (ADA Standards of Care, section 6); under 70 is a low."""


def target_of(state: GlucoseState | None) -> Target | None:
    """Find the target for a state; None where ADA gives none (bedtime, any time, not said)."""
    if state in BEFORE:
        return PRE_MEAL
    return POST_MEAL if state in AFTER else None
