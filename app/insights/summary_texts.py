"""A person's day or week in words. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.glucose.reply import as_shown, at_time
from app.insights.period import Period
from app.insights.score.score import score
from app.insights.score.score_texts import told_to_the_person
from app.insights.summary import LOW_BELOW_MG_DL, VERY_HIGH_ABOVE_MG_DL
from app.medications.dose import LogStatus
from app.medications.reply import UNNAMED, YOURS
from app.parsing.units import shown
from app.text import Text, text

if TYPE_CHECKING:
    from datetime import datetime

    from app.insights.score.inputs import Inputs
    from app.insights.summary import Doses, Sugar, Summary
    from app.medications.history.history import PastDose
    from app.parsing.units import Unit

NAMED_AT_MOST = 3
"""So many doses not taken are told by name (house)."""

NONE_TODAY = text(
    "There is no reading of today yet. Send me the number from your meter, for example: "
    "fasting 126."
)
NONE_IN_WEEK = text(
    "There is no reading of the last 7 days. Send me the number from your meter, for example: "
    "fasting 126."
)
TELL_OF_LOWS = text("Please tell your doctor about the low readings.")


def in_words(summary: Summary, unit: Unit, zone: str, now: datetime) -> tuple[Text, ...]:
    """Tell a summary to the person it is of, a line each.

    Args:
        summary: Of the person.
        unit: Of the person's meter.
        zone: IANA name.
        now: Aware.
    """
    return (
        *_of_sugar(summary, unit),
        *_of_doses(summary.doses, zone, now),
        *_of_score(summary.score),
    )


def _of_sugar(summary: Summary, unit: Unit) -> tuple[Text, ...]:
    sugar = summary.sugar
    if sugar is None:
        return (NONE_TODAY if summary.period is Period.TODAY else NONE_IN_WEEK,)
    return (
        _how_many(summary.period, sugar),
        *_range(sugar),
        _spread(sugar, unit),
        *_outliers(sugar, unit),
    )


def _how_many(period: Period, sugar: Sugar) -> Text:
    if period is Period.TODAY:
        return text("Your readings today: {n}.", n=sugar.readings)
    return text(
        "Your readings in the last 7 days: {n}, on {days} of 7 days.",
        n=sugar.readings,
        days=sugar.days,
    )


def _range(sugar: Sugar) -> tuple[Text, ...]:
    if not sugar.judged:
        return ()
    if sugar.judged == sugar.readings:
        return (text("In range: {x} of {n}.", x=sugar.in_range, n=sugar.judged),)
    return (
        text(
            "In range: {x} of the {n} that you told as before or after food.",
            x=sugar.in_range,
            n=sugar.judged,
        ),
    )


def _spread(sugar: Sugar, unit: Unit) -> Text:
    highest = as_shown(sugar.highest, unit)
    if sugar.readings == 1:
        return text("It was {value}.", value=highest)
    lowest = shown(sugar.lowest, unit)
    if sugar.average is None:
        return text("Lowest {low}, highest {high}.", low=lowest, high=highest)
    return text(
        "Lowest {low}, highest {high}, average {average}.",
        low=lowest,
        high=highest,
        average=shown(sugar.average, unit),
    )


def _outliers(sugar: Sugar, unit: Unit) -> tuple[Text, ...]:
    low, high = as_shown(LOW_BELOW_MG_DL, unit), as_shown(VERY_HIGH_ABOVE_MG_DL, unit)
    lows = text("Low, under {limit}: {n}.", limit=low, n=sugar.lows)
    highs = text("Very high, over {limit}: {n}.", limit=high, n=sugar.very_highs)
    return (
        *((lows,) if sugar.lows else ()),
        *((highs,) if sugar.very_highs else ()),
        *((TELL_OF_LOWS,) if sugar.lows else ()),
    )


def _of_doses(doses: Doses, zone: str, now: datetime) -> tuple[Text, ...]:
    left = len(doses.not_taken) - NAMED_AT_MOST
    taken = text("Doses taken: {x} of {n}.", x=doses.taken, n=doses.decided)
    return (
        *((taken,) if doses.decided else ()),
        *(_not_taken(one, zone, now) for one in doses.not_taken[-NAMED_AT_MOST:]),
        *((text("And before that: {n}.", n=left),) if left > 0 else ()),
        *((text("Due, but not told yet: {n}.", n=doses.untold),) if doses.untold else ()),
    )


def _of_score(inputs: Inputs | None) -> tuple[Text, ...]:
    return () if inputs is None else (told_to_the_person(score(inputs), inputs),)


def _not_taken(dose: PastDose, zone: str, now: datetime) -> Text:
    here = ZoneInfo(zone)
    time = at_time(dose.scheduled_time.astimezone(here), now.astimezone(here))
    medicine = YOURS if dose.name == UNNAMED else dose.name
    if dose.status is LogStatus.MISSED:
        return text("Missed: {medicine}, {time}.", medicine=medicine, time=time)
    return text("Not taken: {medicine}, {time}.", medicine=medicine, time=time)
