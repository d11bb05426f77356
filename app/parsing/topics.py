"""What a question is about and what it asks, the same in every language. Pure.

Heard by word lists of their own (`questions.toml`), so that nothing of them changes what a message
means; foods, medicines and symptoms are those of the parser.
"""

from typing import NamedTuple

from app.parsing.food_keys import FOODS
from app.parsing.lexicon import Lexicon, narrowed
from app.parsing.meanings import SYMPTOMS, Message
from app.parsing.phrases import phrases
from app.parsing.scene import FILLER, Scene, scene
from app.parsing.tokens import Token, tokens

SECTIONS = ("asked", "about")
"""What is asked of a thing, and the things that the parser has no word for."""
_ASKED, _ABOUT = (f"{section}." for section in SECTIONS)
_SYMPTOMS = {f"symptoms.{name}" for name in SYMPTOMS}
_DENIALS = frozenset({"negation.deny_next", "negation.deny_last"})
_MEDICINE = "medicines."
_SAYS_LITTLE = frozenset({FILLER, "words.copula", "words.and"})
_ASKED_MORE = ("cure", "missed", "replace", "together", "with_food", "effect", "stop", "how_often",
               "how_long", "how_much", "raise", "lower", "where", "why", "when", "which", "normal",
               "need", "may", "how", "what_if")  # fmt: skip
"""What is asked, from what says most of a question to what says least: "how much may I eat" asks
how much."""
_TURNED = frozenset({"", "may", "need", "how", "what_if"})
"""What a denial turns into another question; "before or after, or not" asks the same."""
_ALWAYS_MEANT = ("about.test", "about.medicine", "about.sugar_level", "about.diabetes")
"""What nearly every question here is about: the first of them counts, and only by itself."""


class Topics(NamedTuple):
    """A question without its words.

    Attributes:
        asked: What is asked, what says most of it: `may`, `how_much`; empty where unknown.
        things: What it is asked of: `foods.mango`, `medicines.metformin`, `about.travel`.
        symptoms: What is complained of, or only named.
        numbers: As said.
        denied: Something is denied in it, and that turns what is asked.
        words: The keys of its words, without those that say little.
        language: It seems to be in this one.
    """

    asked: str
    things: frozenset[str]
    symptoms: frozenset[str]
    numbers: frozenset[float]
    denied: bool
    words: tuple[str, ...]
    language: str


def topics(lexicon: Lexicon, message: Message, language: str) -> Topics:
    """Say what a question is about.

    Args:
        lexicon: With the lists of questions in `question_words`.
        message: The question.
        language: As `parse` found it.
    """
    seen = scene(lexicon, message)
    said, within = _said(lexicon, seen)
    asked = next((name for name in _ASKED_MORE if f"{_ASKED}{name}" in said), "")
    return Topics(
        asked=asked,
        things=_things(said, seen),
        symptoms=frozenset(name for name in seen.concepts if name in _SYMPTOMS),
        numbers=_numbers(seen),
        denied=asked in _TURNED and _is_denied(seen, within),
        words=_words(seen),
        language=language,
    )


def _things(said: frozenset[str], seen: Scene) -> frozenset[str]:
    """Name what a question is about; what is always meant counts only by itself."""
    medicines = {f"{_MEDICINE}{piece.medicine}" for piece in seen.pieces if piece.medicine}
    foods = {name for name in seen.concepts if name in FOODS}
    things = medicines | foods | {name for name in said if name.startswith(_ABOUT)}
    meant = [name for name in _ALWAYS_MEANT if name in things]
    return frozenset(things.difference(meant) or meant[:1])


def _numbers(seen: Scene) -> frozenset[float]:
    found = (seen.pieces[at] for at in seen.numbers)
    return frozenset(value for piece in found if not piece.weak for value in piece.values)


def _said(lexicon: Lexicon, seen: Scene) -> tuple[frozenset[str], frozenset[int]]:
    """Look a message's words up in the lists of questions of the languages it can be in.

    Returns:
        What they say, and where in the text the words stand that say it.
    """
    if lexicon.question_words is None:
        return frozenset(), frozenset()
    words = narrowed(lexicon.question_words, seen.lexicon.codes)
    cut = tokens(seen.message.text)
    said = [one for one in phrases(words, cut) if not _is_named(cut[one.first], seen)]
    widest = [one for one in said if not one.is_inside([two for two in said if two != one])]
    places = (cut[at].start for one in widest for at in range(one.first, one.last))
    return frozenset[str]().union(*(one.of.concepts for one in widest)), frozenset(places)


def _is_denied(seen: Scene, within: frozenset[int]) -> bool:
    """Whether anything is denied outside of what asks: "ok or not" denies nothing."""
    denials = (piece for piece in seen.pieces if not _DENIALS.isdisjoint(piece.concepts))
    return any(piece.start not in within for piece in denials)


def _is_named(token: Token, seen: Scene) -> bool:
    """Whether a word is a food or a medicine, and so nothing else that sounds like it."""
    piece = next((one for one in seen.pieces if one.start <= token.start < one.end), None)
    return piece is not None and bool(piece.medicine or not piece.concepts.isdisjoint(FOODS))


def _words(seen: Scene) -> tuple[str, ...]:
    return tuple(
        piece.key
        for piece in seen.pieces
        if piece.kind != "mark" and _SAYS_LITTLE.isdisjoint(piece.concepts)
    )
