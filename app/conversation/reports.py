"""A look back at the person's own day or week. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.insights.period import Period
from app.insights.summary import summarize
from app.insights.summary_texts import in_words
from app.parsing.meanings import Asked, Command, Message, Parsed
from app.parsing.scene import scene
from app.text import stacked

if TYPE_CHECKING:
    from app.conversation.turn import Situation
    from app.parsing.lexicon import Lexicon
    from app.text import Text

TODAY = "times.today"


def period_asked(situation: Situation, parsed: Parsed, lexicon: Lexicon) -> Period | None:
    """Read which days a message asks to look back on; None where it asks for none.

    Without a word of today it is the last seven days.
    """
    if not any(isinstance(m, Asked) and m.command is Command.REPORT for m in parsed.meanings):
        return None
    seen = scene(lexicon, Message(situation.message.body, situation.message.received_at))
    return Period.TODAY if seen.anywhere(TODAY) else Period.WEEK


def report(situation: Situation, period: Period) -> Text | None:
    """Tell a period in numbers; None while the past has not been read."""
    if situation.past is None:
        return None
    person, now = situation.person, situation.now
    summary = summarize(situation.past, period, person.zone, now)
    return stacked(*in_words(summary, person.unit, person.zone, now))
