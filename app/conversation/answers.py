"""Whether a message answers the question that waits. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import regex

from app.conversation.about_person import says_any, told_of_person
from app.conversation.bare import is_alone
from app.conversation.care import medicine_meant, medicine_slots
from app.conversation.medicines import medicine_told
from app.conversation.names import name_in
from app.conversation.offered import as_rows
from app.conversation.rows import named_row
from app.conversation.step import Ask, Choose, Question, SlotType, asks_for
from app.conversation.told_state import told_state
from app.conversation.turn import Situation, SlotValue
from app.parsing.lexicon import Lexicon
from app.parsing.meanings import (
    AnyMeaning,
    Asked,
    Command,
    Glucose,
    GlucoseDisplay,
    GlucoseDoubtful,
    Lab,
    Parsed,
)
from app.parsing.places import place_name, zones_named

TOKEN = regex.compile(r"[0-9a-f]{32}:(?P<row>.*)", regex.DOTALL)
SKIPS = frozenset({Command.LATER, Command.NO})
SEVERAL = "several"
"""The answer to "where" that names a place with several clocks."""
LEAST_WORDS, MOST_LETTERS = 2, 600
"""Of a question: a word alone asks nothing, and a doctor reads no longer one (house)."""
READINGS = (Glucose, GlucoseDisplay, GlucoseDoubtful)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the waiting question takes from a message; `value` may be None, as for a skipped one.

    Attributes:
        beside: Further slots that the same words fill; None empties one.
    """

    value: SlotValue
    beside: Mapping[str, SlotValue] = field(default_factory=dict)


def has_run_out(situation: Situation) -> bool:
    """Say whether the question was left unanswered for too long."""
    until = situation.node.waits_until
    return until is not None and situation.message.received_at >= until


def answer_to(
    question: Question, situation: Situation, parsed: Parsed, lexicon: Lexicon
) -> Answer | None:
    """Take from a message what the question asks for; None where it is not in it.

    A message that tells something to be kept is no answer: it is logged, and the question waits.
    """
    if any(not is_part_of_answer(question, m, situation) for m in parsed.meanings):
        return _reading(question, parsed)
    if isinstance(question, Choose):
        return _row(question, situation, parsed, lexicon)
    return _words(question, situation, parsed, lexicon)


def _row(question: Choose, situation: Situation, parsed: Parsed, lexicon: Lexicon) -> Answer | None:
    """Take a row, or what else a choice reads; "nashtyanantar" is a state, though it says later."""
    row = chosen(question, situation, lexicon)
    if row is None and question.reads_place:
        return _place(question, situation, lexicon)
    is_by_command = any(option.id == row and option.command for option in question.options)
    state = _state(question, situation, lexicon) if row is None or is_by_command else None
    row = row or _language_named(question, parsed)
    return state or (Answer(row) if row else None)


def _language_named(question: Choose, parsed: Parsed) -> str | None:
    """Take the language a message asks for where languages are the rows: "english please"."""
    asked = {meaning.to for meaning in parsed.meanings if isinstance(meaning, Asked)}
    return next((row.id for row in question.options if row.is_name and row.id in asked), None)


def _words(question: Ask, situation: Situation, parsed: Parsed, lexicon: Lexicon) -> Answer | None:
    if question.skippable and _is_skipped(question, situation, parsed):
        return Answer(None)
    match question.type:
        case SlotType.NAME | SlotType.QUESTION:
            is_name = question.type is SlotType.NAME
            return _name(question, situation, parsed) if is_name else _question(situation, parsed)
        case SlotType.MEDICINE | SlotType.KNOWN_MEDICINE:
            is_known = question.type is SlotType.KNOWN_MEDICINE
            heard = _known_medicine(situation, lexicon) if is_known else None
            return heard if is_known else _medicine(situation, parsed, lexicon)
        case SlotType.NOTHING | SlotType.READING:
            return _reading(question, parsed)
        case _:
            is_left = Command.CANCEL in _asked(parsed)  # "rehne do" is no time, though "do" is two
            told = None if is_left else told_of_person(question, situation, parsed, lexicon)
            return None if told is None else Answer(told)


def _known_medicine(situation: Situation, lexicon: Lexicon) -> Answer | None:
    known = medicine_meant(situation, lexicon)
    return Answer(known.described, medicine_slots(known)) if known else None


def is_small_talk(meaning: AnyMeaning, situation: Situation) -> bool:
    """Say whether a meaning is nothing to be kept: a command, or a number with no word to it."""
    match meaning:
        case Asked():
            return True
        case Glucose(bare=bare, correction=correction):
            return bare and not correction
        case _:
            return is_alone(meaning, situation)


def is_part_of_answer(question: Question, meaning: AnyMeaning, situation: Situation) -> bool:
    """Say whether a meaning is nothing to be kept beside the answer to this question."""
    is_asked_lab = isinstance(meaning, Lab) and asks_for(question, SlotType.HBA1C)
    return is_asked_lab or is_small_talk(meaning, situation)


def chosen(question: Choose, situation: Situation, lexicon: Lexicon) -> str | None:
    """Find the row a message chooses: by the button, or by number, label or command."""
    payload = situation.message.button_payload
    if payload is not None and (match := TOKEN.fullmatch(payload)):
        ids = {option.id for option in question.options}
        return match["row"] if match["row"] in ids else None
    return named_row(lexicon, situation.message.body, question.options)


def is_stale_button(situation: Situation) -> bool:
    """Say whether a button of an earlier question was tapped."""
    return is_button(situation) and button_token(situation) != situation.node.wait_token


def is_button(situation: Situation) -> bool:
    """Say whether a button of ours was tapped, that of a question or of a reminder."""
    return TOKEN.fullmatch(situation.message.button_payload or "") is not None


def button_token(situation: Situation) -> str:
    """Give what a tapped button says of the question it stood under."""
    return (situation.message.button_payload or "").partition(":")[0]


def _state(question: Choose, situation: Situation, lexicon: Lexicon) -> Answer | None:
    place = situation.node.place
    if place is None or not question.reads_state:
        return None
    state = told_state(lexicon, situation, place)
    return Answer(str(state)) if state else None


def _is_skipped(question: Ask, situation: Situation, parsed: Parsed) -> bool:
    """Say whether a question is passed over: put off, or not known."""
    is_unknown = says_any(situation.message.body, question.words.get("unknown", ()))
    return not SKIPS.isdisjoint(_asked(parsed)) or is_unknown


def _asked(parsed: Parsed) -> set[Command]:
    return {meaning.command for meaning in parsed.meanings if isinstance(meaning, Asked)}


def _place(question: Choose, situation: Situation, lexicon: Lexicon) -> Answer | None:
    """Take a place from its name; where it has several clocks, they become the rows."""
    zones = zones_named(situation.message.body, lexicon.languages)
    if question.rows is None or not zones:
        return None
    if len(zones) == 1:
        return Answer(zones[0])
    language = situation.person.language
    rows = as_rows((zone, place_name(zone, language)) for zone in zones)
    return Answer(SEVERAL, {question.rows: rows})


def _name(question: Ask, situation: Situation, parsed: Parsed) -> Answer | None:
    if any(isinstance(meaning, Asked) for meaning in parsed.meanings):
        return None
    name = name_in(situation.message.body, question.wordings)
    return Answer(name) if name else None


def in_one_line(question: str) -> str:
    """Give a question as it is kept: on one line, and no longer than a doctor reads."""
    return " ".join(question.split())[:MOST_LETTERS]


def _question(situation: Situation, parsed: Parsed) -> Answer | None:
    """Take a question in whatever words; a command alone is none."""
    body = in_one_line(situation.message.body)
    is_order = _asked(parsed) - {Command.DOCTOR_QUESTION} and not parsed.question
    return None if is_order or len(body.split()) < LEAST_WORDS else Answer(body)


def _medicine(situation: Situation, parsed: Parsed, lexicon: Lexicon) -> Answer | None:
    """Take the medicine, and with it how much and when where that was told."""
    told = medicine_told(lexicon, situation.message.body)
    if told is None or _asked(parsed) - {Command.MEDICINES}:
        return None
    return Answer(told["medicine"], told)


def _reading(question: Question, parsed: Parsed) -> Answer | None:
    wanted = asks_for(question, SlotType.READING)
    if wanted and any(isinstance(meaning, READINGS) for meaning in parsed.meanings):
        return Answer(None)
    return None
