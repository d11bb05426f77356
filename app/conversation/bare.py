"""A number or a meter's word that stands alone: what it means is decided by what waits. Pure."""

from dataclasses import replace

import regex

from app.conversation.step import Question, SlotType, asks_for
from app.conversation.turn import Situation
from app.emergency.doubt import Doubt, doubt_about
from app.parsing.meanings import AnyMeaning, Asked, Display, GlucoseDisplay, GlucoseDoubtful, Parsed

MAX_ROWS = 10
"""A list on WhatsApp has ten rows at most."""

_AROUND = r"[\s\p{P}\p{S}\p{M}]*"
_NUMBER = regex.compile(
    rf"{_AROUND}(?P<whole>\p{{Nd}}{{1,4}})(?:[.,](?P<tenths>\p{{Nd}}))?{_AROUND}"
)


def number_alone(body: str) -> float | None:
    """Read a message that is nothing but a number; None for any other."""
    match = _NUMBER.fullmatch(body)
    if match is None:
        return None
    return float(f"{match['whole']}.{match['tenths'] or 0}")


def has_tenths(body: str) -> bool:
    """Say whether a message is nothing but a number with a decimal, as mmol/L are written."""
    match = _NUMBER.fullmatch(body)
    return match is not None and match["tenths"] is not None


def is_row_number(body: str) -> bool:
    """Say whether a message is nothing but a number that a row of a choice could have."""
    match = _NUMBER.fullmatch(body)
    return match is not None and match["tenths"] is None and int(match["whole"]) <= MAX_ROWS


def with_measured(parsed: Parsed, question: Question | None, situation: Situation) -> Parsed:
    """Take a number alone, or a meter's HI or LO, for a value where that is what it must mean.

    LO in capitals is a meter's wherever it comes: it greets nobody, and it is a danger.
    Nothing waits, or a reading was asked for: any number but those that rows have. A question
    waits for something else: only what could be a low or what no row and no meter shows.
    """
    measured = _measured(parsed, question, situation)
    return parsed if measured is None else replace(parsed, meanings=(measured,))


def _measured(
    parsed: Parsed, question: Question | None, situation: Situation
) -> GlucoseDisplay | GlucoseDoubtful | None:
    if any(not isinstance(meaning, Asked) for meaning in parsed.meanings):
        return None
    wants_reading = asks_for(question, SlotType.READING) or bool(situation.emergency.open)
    word = situation.message.body.strip(" .!")
    if word == Display.LO or (wants_reading and word.upper() in set(Display)):
        return GlucoseDisplay(Display(word.upper()))
    return _doubtful(question, situation, wants_reading=asks_for(question, SlotType.READING))


def _doubtful(
    question: Question | None, situation: Situation, *, wants_reading: bool
) -> GlucoseDoubtful | None:
    body = situation.message.body
    value = number_alone(body)
    if value is None or (is_row_number(body) and not wants_reading):
        return None
    doubtful = GlucoseDoubtful(value)
    is_asked = (
        question is not None and not asks_for(question, SlotType.NOTHING) and not wants_reading
    )
    return None if is_asked and not _is_grave(doubtful, situation) else doubtful


def _is_grave(doubtful: GlucoseDoubtful, situation: Situation) -> bool:
    doubt = doubt_about(doubtful, situation.person.unit)
    return doubt in {Doubt.VERY_LOW, Doubt.LOW_EITHER_UNIT, Doubt.RETYPE}


def is_alone(meaning: AnyMeaning, situation: Situation) -> bool:
    """Say whether a doubtful value is all there is in the message."""
    return isinstance(meaning, GlucoseDoubtful) and number_alone(situation.message.body) is not None
