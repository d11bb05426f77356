"""Hearing a number as the parser does: the one value of some words, and of a whole message."""

from datetime import datetime

from app.parsing.glued import unglued
from app.parsing.lexicon import ENGLISH, narrowed
from app.parsing.load import lexicon
from app.parsing.meanings import Glucose, GlucoseDoubtful, Message
from app.parsing.parse import parse
from app.parsing.pieces import Piece, pieces
from app.parsing.tokens import tokens

RECEIVED_AT = datetime.fromisoformat("2026-05-10T12:30:00+05:30")


def number_in(language: str, words: str) -> Piece | None:
    """Give the number that some words are in a language; None where they are not just one."""
    heard = narrowed(lexicon(), tuple(dict.fromkeys((language, ENGLISH))))
    found = pieces(heard, unglued(heard, words, tokens(words)))
    return found[0] if len(found) == 1 and found[0].kind == "number" else None


def values_of(language: str, words: str) -> tuple[float, ...] | None:
    """Give what some words come to in a language: several values in doubt, None if no number."""
    number = number_in(language, words)
    return number.values if number else None


def heard_in(language: str, text: str) -> list[tuple[str, float]]:
    """List the readings and doubtful numbers of a message, each with its value."""
    meanings = parse(lexicon(), Message(text, RECEIVED_AT, language)).meanings
    return [
        ("glucose", one.value_mg_dl) if isinstance(one, Glucose) else ("doubtful", one.value)
        for one in meanings
        if isinstance(one, Glucose | GlucoseDoubtful)
    ]
