"""What a doctor's digest says: patients by health band, a line each, and how many more. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.digests import digest
from app.digests.words import laid_out
from app.emergency.alert_texts import ANY_PATIENT
from app.insights.score.score import band_of
from app.insights.score.score_texts import BAND
from app.insights.summary import doses_of
from app.text import Text, text, texts

if TYPE_CHECKING:
    from app.digests.facts import PatientDay

NOT_ENOUGH = text("not enough data")
LONGEST_LINES = 700
"""Letters of all patients' lines: as many as a template takes, so that none is dropped on the
way."""
BETWEEN = 3
"""Letters that stand between two lines there."""


def heading(day: date, count: int) -> Text:
    """Say which day a digest is of, and how many patients there are."""
    return text(
        "Daily summary, {weekday} {day}. Your patients: {n}.",
        weekday=digest.weekday(day),
        day=f"{day:%d/%m}",
        n=count,
    )


def part(day: PatientDay, now: datetime) -> Text:
    """Tell of one patient in a line; a template gets it without values."""
    named = Text(
        "{name}: {band}.",
        (("band", band(day.patient.score)), ("name", digest.name_of(day, ANY_PATIENT))),
    )
    first = (named, *digest.dangers(day, now), *_silence(day, now))
    doses = digest.doses_counted(doses_of(day.doses))
    short = laid_out(" ", (*first, *digest.sugar_without_values(day), *doses))
    return laid_out(" ", (*first, *digest.sugar(day, now), *doses), short=short)


def band(score: float | None) -> Text:
    """Name the band of a health score, with the score."""
    if score is None:
        return NOT_ENOUGH
    return Text("{band} ({score})", (("band", BAND[band_of(score)]), ("score", int(score))))


def _silence(day: PatientDay, now: datetime) -> tuple[Text, ...]:
    days = day.silent_days(now)
    if not days:
        return ()
    return (texts("Nothing heard for {n} day.", "Nothing heard for {n} days.", days),)


def taken(parts: Sequence[Text], count: int, length: Callable[[Text], int]) -> int:
    """Say for how many patients there is room: for the first in any case.

    Args:
        parts: One of each patient that could be told of, in order.
        count: How many patients there are in all.
        length: Letters of a text as it is said to the reader.
    """
    for number in range(len(parts), 1, -1):
        whole = (*parts[:number], *rest(count - number))
        if sum(length(each) + BETWEEN for each in whole) <= LONGEST_LINES:
            return number
    return len(parts[:1])


def rest(left: int) -> tuple[Text, ...]:
    """Say how many patients a digest does not tell of; nothing where it tells of all."""
    if left <= 0:
        return ()
    return (
        texts(
            "{n} more patient is not told of here.",
            "{n} more patients are not told of here.",
            left,
        ),
    )
