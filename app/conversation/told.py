"""A reading as it was told, and the words for its moment. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.conversation.turn import Situation
from app.glucose.reply import SAME_MOMENT, at_time
from app.parsing.meanings import Glucose

SAME_VALUE = 0.05
"""mg/dL; values closer than this are the same number with one decimal."""

SAME_READING = timedelta(minutes=1)
"""The same value told for moments closer than this is one reading."""


@dataclass(frozen=True, slots=True)
class Told:
    """A reading as told, with the moment it stands for.

    Attributes:
        number: Its place among the readings of the message; ids derive from it.
    """

    glucose: Glucose
    recorded_at: datetime
    number: int

    def is_same(self, value_mg_dl: float, recorded_at: datetime) -> bool:
        """Say whether another reading is this one told twice."""
        is_close = abs(self.recorded_at - recorded_at) < SAME_READING
        return is_close and abs(self.glucose.value_mg_dl - value_mg_dl) < SAME_VALUE


def time_in_words(situation: Situation, moment: datetime) -> str:
    """Write a moment as the person's clock shows it, with its day where that is not today."""
    zone = ZoneInfo(situation.person.zone)
    return at_time(moment.astimezone(zone), situation.now.astimezone(zone))


def time_if_told(situation: Situation, told: Told) -> str | None:
    """Write the moment of a reading where it was said, or the message is late."""
    is_past = situation.now - told.recorded_at > SAME_MOMENT
    is_said = told.glucose.recorded_at is not None
    return time_in_words(situation, told.recorded_at) if is_said or is_past else None
