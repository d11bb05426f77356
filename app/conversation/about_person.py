"""What persons answer about themselves: years, the HbA1c, times they want. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from zoneinfo import ZoneInfo

import regex

from app.conversation.bare import has_tenths, number_alone
from app.conversation.medicines import times_told
from app.conversation.phone import number_told
from app.conversation.step import Ask, SlotType
from app.conversation.turn import Situation, SlotValue
from app.parsing import prescription, slots
from app.parsing.folding import exact
from app.parsing.lexicon import Lexicon
from app.parsing.meanings import Lab, Parsed
from app.parsing.units import Unit

BETWEEN = "–"
"""Between the two times of a span, in its slot and as it is shown."""
LEAST_HBA1C, MOST_HBA1C = 3.0, 20.0
"""Percent; as the parser has it."""
LONGEST_QUIET_HOURS = 14
"""Nobody means a longer one (house)."""
NOON = 12
EARLIEST = 1920
"""A person who tells an earlier year has mistyped it (house)."""
BARE_YEARS = 20
"""A number alone below this is years ago: no meter shows it, and what could be a low is one."""
_LONGEST_AGO = 100
_FOUR = regex.compile(r"(?<!\p{Nd})\p{Nd}{4}(?!\p{Nd})")
_WORD = regex.compile(r"[\p{L}\p{M}\u200c\u200d]+")


def told_of_person(
    question: Ask, situation: Situation, parsed: Parsed, lexicon: Lexicon
) -> SlotValue:
    """Read the answer to a question about the person; None where it is not in it."""
    body = situation.message.body
    match question.type:
        case SlotType.YEAR if situation.person.unit is Unit.MMOL_L and has_tenths(body):
            return None  # more likely what the meter shows, and it may be a low
        case SlotType.YEAR:
            now = situation.now.astimezone(ZoneInfo(situation.person.zone))
            return year_told(lexicon, body, question.words, now)
        case SlotType.PHONE:
            told = number_told(body)
            return None if told == situation.codes.own_number else told
        case SlotType.HBA1C:
            return _percent(lexicon, body, parsed)
        case _:
            return _by_the_clock(question.type, lexicon, body)


def _by_the_clock(kind: SlotType, lexicon: Lexicon, body: str) -> str | None:
    """Read times as a slot holds them: any number, exactly one, or from when to when."""
    match kind:
        case SlotType.CLOCK_TIMES:
            return times_told(lexicon, body) or None
        case SlotType.CLOCK_TIME:
            times = prescription.clock_times(lexicon, body)
            return times[0] if len(times) == 1 else None
        case SlotType.CLOCK_SPAN:
            span = prescription.clock_span(lexicon, body)
            return BETWEEN.join(at_night(*span)) if span else None
        case _:
            return None


def _percent(lexicon: Lexicon, body: str, parsed: Parsed) -> float | None:
    labs = [meaning.value for meaning in parsed.meanings if isinstance(meaning, Lab)]
    return labs[0] if labs else slots.number(lexicon, body, least=LEAST_HBA1C, most=MOST_HBA1C)


def at_night(since: str, until: str) -> tuple[str, str]:
    """Take "10 to 6" for the night: a quiet time that would fill the day begins in the evening."""
    begins, ends = time.fromisoformat(since), time.fromisoformat(until)
    hours = (ends.hour - begins.hour + (ends.minute - begins.minute) / 60) % 24
    if hours > LONGEST_QUIET_HOURS and begins.hour < NOON and ends.hour < NOON:
        return f"{begins.hour + NOON:02}:{begins.minute:02}", until
    return since, until


def year_told(
    lexicon: Lexicon, body: str, words: Mapping[str, Iterable[str]], now: datetime
) -> int | None:
    """Read a year: "2015", "10 years ago", "5 saal se", "last year".

    Args:
        lexicon: Knows numbers in words.
        body: The answer.
        words: `years`, `months`, `this_year`, `last_year` in all languages.
        now: Aware, in the person's zone.
    """
    year = _written(body, now) or _ago(lexicon, body, words, now) or _named(body, words, now)
    return year if year is not None and EARLIEST <= year <= now.year else None


def _written(body: str, now: datetime) -> int | None:
    years = {int(found) for found in _FOUR.findall(body)}
    fit = {year for year in years if EARLIEST <= year <= now.year}
    return fit.pop() if len(fit) == 1 else None


def _ago(
    lexicon: Lexicon, body: str, words: Mapping[str, Iterable[str]], now: datetime
) -> int | None:
    count = slots.number(lexicon, body, least=0, most=_LONGEST_AGO)
    if count is None:
        return None
    alone = number_alone(body)
    if says_any(body, words.get("years", ())) or (alone is not None and 1 <= alone < BARE_YEARS):
        return now.year - int(count)
    if says_any(body, words.get("months", ())):
        return (now.year * 12 + now.month - 1 - int(count)) // 12
    return None


def _named(body: str, words: Mapping[str, Iterable[str]], now: datetime) -> int | None:
    if says_any(body, words.get("last_year", ())):
        return now.year - 1
    return now.year if says_any(body, words.get("this_year", ())) else None


def says_any(body: str, sayings: Iterable[str]) -> bool:
    """Say whether one of some words or sayings stands in a body."""
    said = f" {_folded(body)} "
    return any(f" {_folded(saying)} " in said for saying in sayings)


def says_only(body: str, sayings: Iterable[str]) -> bool:
    """Say whether a body has no word that is not one of some words or sayings."""
    known = {word for saying in sayings for word in _folded(saying).split()}
    return known.issuperset(_folded(body).split())


def _folded(body: str) -> str:
    return " ".join(exact(word) for word in _WORD.findall(body))
