"""Which state a reading has, told as a part of the day's meals. Pure."""

from datetime import datetime

from app.parsing.meanings import GlucoseState

LUNCH_FROM = 11
DINNER_FROM = 17
DINNER_UNTIL = 4
"""Local hours: a meal not named is breakfast before 11:00, lunch until 16:59, dinner from 17:00;
"after food" before 04:00 is still dinner (the contract of the parser)."""

BEFORE = (GlucoseState.MORNING_FASTING, GlucoseState.BEFORE_LUNCH, GlucoseState.BEFORE_DINNER)
AFTER = (GlucoseState.AFTER_BREAKFAST, GlucoseState.AFTER_LUNCH, GlucoseState.AFTER_DINNER)


def state_at(told: str, local: datetime) -> GlucoseState:
    """Find the state from what was told of it and the local time of the reading.

    Args:
        told: `fasting`, `before_meal`, `after_meal`, `bedtime`, or anything else for RANDOM.
        local: When the reading was taken, in the patient's zone.
    """
    match told:
        case "fasting":
            return GlucoseState.MORNING_FASTING
        case "before_meal":
            return BEFORE[_meal(local.hour)]
        case "after_meal":
            return AFTER[2 if local.hour < DINNER_UNTIL else _meal(local.hour)]
        case "bedtime":
            return GlucoseState.BEDTIME
        case _:
            return GlucoseState.RANDOM


def _meal(hour: int) -> int:
    return (hour >= LUNCH_FROM) + (hour >= DINNER_FROM)
