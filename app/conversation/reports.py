"""A look back at the person's own day or week. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from app.insights.period import Period
from app.insights.summary import summarize
from app.insights.summary_texts import in_words
from app.parsing.meanings import Asked, Command, Message, Parsed
from app.parsing.scene import scene
from app.text import stacked, text

if TYPE_CHECKING:
    from app.conversation.turn import Situation
    from app.parsing.lexicon import Lexicon
    from app.text import Text

TODAY = "times.today"
CHART = frozenset({"commands.chart", "requests.chart"})
"""Ways to ask for a report that ask for a picture."""
FOLLOWS = text("The picture follows in a moment.")


class Look(StrEnum):
    """How a person can look back: on what is kept of a period, in words or as a picture too."""

    TODAY = "today"
    WEEK = "week"
    PICTURE = "picture"

    @property
    def period(self) -> Period:
        """Which days; a picture is of the week."""
        return Period.TODAY if self is Look.TODAY else Period.WEEK


def look_asked(situation: Situation, parsed: Parsed, lexicon: Lexicon) -> Look | None:
    """Read how a message asks to look back; None where it does not.

    Without a word of today it is the last seven days.
    """
    if not any(isinstance(m, Asked) and m.command is Command.REPORT for m in parsed.meanings):
        return None
    seen = scene(lexicon, Message(situation.message.body, situation.message.received_at))
    if not all(order.concepts.isdisjoint(CHART) for order in seen.orders):
        return Look.PICTURE
    return Look.TODAY if seen.anywhere(TODAY) else Look.WEEK


def report(situation: Situation, look: Look) -> tuple[Text, ...] | None:
    """Tell a period in numbers; None while the past has not been read."""
    if situation.past is None:
        return None
    person, now = situation.person, situation.now
    summary = summarize(situation.past, look.period, person.zone, now)
    told = stacked(*in_words(summary, person.unit, person.zone, now))
    is_pictured = look is Look.PICTURE and summary.sugar is not None
    return (told, FOLLOWS) if is_pictured else (told,)
