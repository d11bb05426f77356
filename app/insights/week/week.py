"""A patient's last seven days, told of our own accord. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.insights.period import Past, Period, within
from app.insights.summary import summarize
from app.insights.summary_texts import in_words
from app.text import Text, stacked, text

if TYPE_CHECKING:
    from datetime import datetime

    from app.parsing.meanings import Display
    from app.parsing.units import Unit

HERE_IS = text("Here is your week.")


@dataclass(frozen=True, slots=True)
class PictureAsked:
    """The person asked for their week as a picture."""


@dataclass(frozen=True, slots=True)
class Beyond:
    """A value that is no reading: the meter showed HI or LO, or a number that none can keep.

    Attributes:
        at: Aware.
    """

    at: datetime
    display: Display


@dataclass(frozen=True, slots=True)
class Week:
    """What a patient's week is told of.

    Attributes:
        unit: Of the patient's meter.
        zone: IANA name; parts the days.
        past: What was kept, of at least those days.
        beyond: What a meter showed in them, and no reading can keep.
    """

    unit: Unit
    zone: str
    past: Past
    beyond: tuple[Beyond, ...] = ()

    def has_readings(self, now: datetime) -> bool:
        """Say whether there is anything that a picture could show."""
        return bool(within(self.past, Period.WEEK, self.zone, now).readings)


def told(week: Week, now: datetime) -> tuple[Text, ...]:
    """Tell a patient of the seven days that end now; nothing where nothing was kept of them.

    Args:
        week: The patient's.
        now: Aware; the local day it lies in is the last of the seven.
    """
    lately = within(week.past, Period.WEEK, week.zone, now)
    if not (lately.readings or lately.doses):
        return ()
    summary = summarize(lately, Period.WEEK, week.zone, now)
    return (HERE_IS, stacked(*in_words(summary, week.unit, week.zone, now)))
