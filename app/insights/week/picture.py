"""A patient's week as a picture. Pure but for the fonts, which are handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.insights.period import Period, beginning, within
from app.insights.week.drawing import drawn
from app.insights.week.layout import layout
from app.insights.week.marks import marks_of
from app.insights.week.words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.insights.week.week import Week
    from app.insights.week.writing import Pen
    from app.text import Text


def picture(week: Week, now: datetime, pen: Pen, say: Callable[[Text], str]) -> bytes:
    """Draw the readings of the seven days that end now, by the hour of the day, as a PNG.

    Args:
        week: The patient's; nobody's name is in it.
        now: Aware; the local day it lies in is the last of the seven.
        pen: With the fonts.
        say: Renders a text in the language of the pen.
    """
    readings = within(week.past, Period.WEEK, week.zone, now).readings
    since = beginning(Period.WEEK, week.zone, now)
    beyond = [one for one in week.beyond if since <= one.at <= now]
    words = words_of(week.unit, week.zone, now, say)
    return drawn(layout(marks_of(readings, week.zone, beyond), words, pen))
