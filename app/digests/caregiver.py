"""What a caregiver's digest says: every patient in one message, for family. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.digests import digest
from app.digests.words import laid_out
from app.emergency.alert_texts import ANYONE
from app.insights.summary import doses_of
from app.text import Text, text, texts

if TYPE_CHECKING:
    from app.digests.facts import PatientDay

CALL_NOW = text("Please call now.")
NEVER_HEARD = text("Nothing heard yet.")


def heading(day: date) -> Text:
    """Say which day a digest is of."""
    return text("Daily summary, {weekday} {day}.", weekday=digest.weekday(day), day=f"{day:%d/%m}")


def in_order(days: Sequence[PatientDay], now: datetime) -> list[PatientDay]:
    """Order patients: who is in danger first, then who is not heard; else as they were."""
    return sorted(days, key=lambda day: (not day.open, not day.silent_days(now)))


def part(day: PatientDay, reader_zone: str, now: datetime) -> Text:
    """Tell of one patient, a line for each thing; a template gets all in one, without values."""
    name = Text("{name}:", (("name", digest.name_of(day, ANYONE)),))
    danger, silence = _danger(day, now), _silence(day, now)
    readings = digest.sugar(day, now) or (() if silence else (digest.NO_READING,))
    place = _place(day, reader_zone, now)
    told = (*danger, *silence, *readings, *digest.doses(day, now), *place)
    return laid_out("\n", (name, *told), short=_short(day, (name, *danger, *silence)))


def _short(day: PatientDay, first: Sequence[Text]) -> Text:
    counted = digest.doses_counted(doses_of(day.doses))
    return laid_out(" ", (*first, *digest.sugar_without_values(day), *counted))


def _danger(day: PatientDay, now: datetime) -> tuple[Text, ...]:
    open_ones = digest.dangers(day, now)
    return (*open_ones, CALL_NOW) if open_ones else ()


def _silence(day: PatientDay, now: datetime) -> tuple[Text, ...]:
    """Say for how long nothing was heard, and never that all is well."""
    days = day.silent_days(now)
    if days:
        return (
            texts(
                "Nothing heard for {n} day. This does not mean that all is well: please call, or "
                "go and see.",
                "Nothing heard for {n} days. This does not mean that all is well: please call, or "
                "go and see.",
                days,
            ),
        )
    is_never_heard = day.last_word_at is None and not (day.readings or day.doses or day.open)
    return (NEVER_HEARD,) if is_never_heard else ()


def _place(day: PatientDay, reader_zone: str, now: datetime) -> tuple[Text, ...]:
    """Say whose clock the times are of, where the reader's shows another time."""
    is_same = now.astimezone(ZoneInfo(reader_zone)).utcoffset() == day.local(now).utcoffset()
    has_times = day.readings or day.doses or day.open
    return () if is_same or not has_times else (text("The times are those of the place there."),)
