"""The words of a week's picture. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from app.glucose.target import POST_MEAL, PRE_MEAL
from app.insights.period import Period, day_in
from app.parsing.units import shown
from app.text import Text, text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.parsing.units import Unit

TITLE = text("My readings")
PARTS = (text("Night"), text("Morning"), text("Afternoon"), text("Evening"))
"""The quarters of the day from midnight on."""
IN_RANGE, ABOVE, BELOW = text("In range"), text("Above"), text("Below")


@dataclass(frozen=True, slots=True)
class Words:
    """All that stands in a picture, in the person's language; nobody's name.

    Attributes:
        dates: The first and the last day.
        before_food: The target before food.
        after_food: The target after food.
    """

    title: str
    dates: str
    unit: Unit
    parts: tuple[str, ...]
    in_range: str
    above: str
    below: str
    before_food: str
    after_food: str


def words_of(unit: Unit, zone: str, now: datetime, say: Callable[[Text], str]) -> Words:
    """Put the words of a picture into a language.

    Args:
        unit: Of the person's meter.
        zone: IANA name; parts the days.
        now: Aware; the local day it lies in is the last of the seven.
        say: Renders a text.
    """
    return Words(
        title=say(TITLE),
        dates=_dates(zone, now),
        unit=unit,
        parts=tuple(say(part) for part in PARTS),
        in_range=say(IN_RANGE),
        above=say(ABOVE),
        below=say(BELOW),
        before_food=say(_before_food(unit)),
        after_food=say(
            text("Aim after food: under {high}", high=shown(POST_MEAL.shown_high, unit))
        ),
    )


def _dates(zone: str, now: datetime) -> str:
    last = day_in(zone, now)
    first = last - timedelta(days=Period.WEEK.days - 1)
    return f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"


def _before_food(unit: Unit) -> Text:
    low, high = shown(PRE_MEAL.low, unit), shown(PRE_MEAL.shown_high, unit)
    return text("Aim before food: {low} to {high}", low=low, high=high)
