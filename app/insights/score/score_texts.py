"""A health score in words: for the person, and for those around them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.insights.score.score import Band
from app.text import Text, in_a_row, text

if TYPE_CHECKING:
    from app.insights.score.inputs import Inputs
    from app.insights.score.score import Score

BAND = {
    Band.ON_TRACK: text("on track"),
    Band.WATCH: text("watch"),
    Band.AT_RISK: text("at risk"),
    Band.NEEDS_ATTENTION: text("needs attention"),
}
UNKNOWN = text("Health score: not enough tests yet.")
FIRST_ESTIMATE = text("This is a first estimate, from few tests.")
EACH_COUNTS = text("Each test and each dose helps.")
TO_TALK_OF = text("Please talk about it with your doctor.")


def told(score: Score, inputs: Inputs) -> Text:
    """Tell a score and what it is made of on one line, to whomever may see it.

    The number is cut and not rounded, so that it never stands in a better band than the score.
    """
    if score.value is None:
        return UNKNOWN
    line = text("Health score {n} of 100: {band}.", n=int(score.value), band=BAND[score.band])
    estimate = (FIRST_ESTIMATE,) if score.is_provisional else ()
    return in_a_row(line, *made_of(inputs), *estimate)


def told_to_the_person(score: Score, inputs: Inputs) -> Text:
    """Tell a score to the person it is of: what helps it, and no verdict."""
    if score.band in {Band.UNKNOWN, Band.ON_TRACK}:
        return told(score, inputs)
    return in_a_row(told(score, inputs), EACH_COUNTS if score.band is Band.WATCH else TO_TALK_OF)


def made_of(inputs: Inputs) -> tuple[Text, ...]:
    """Tell the counts that matter most: lows, very high readings, doses taken."""
    highs = text("Very high readings: {n}.", n=inputs.above_250)
    return (
        text("Low readings: {n}.", n=inputs.lows),
        *((highs,) if inputs.above_250 else ()),
        *((_doses(inputs),) if inputs.doses_due else ()),
    )


def _doses(inputs: Inputs) -> Text:
    percent = 100 * inputs.doses_taken // inputs.doses_due
    return text("Doses taken: {percent} %.", percent=percent)
