"""Naming what stands in a message: phrases of the word lists, numbers, shapes, marks. Pure."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from app.parsing.folding import exact, is_brahmic, spellings
from app.parsing.joined import number_atoms
from app.parsing.lexicon import Atom, Lexicon, Locale
from app.parsing.misspelt import FUZZY_LENGTH, nearest, nearly_food
from app.parsing.numbers import MOST_WORDS, compose
from app.parsing.phrases import cuts_a_longer, longest, opens, opens_order
from app.parsing.tokens import Token
from app.parsing.tree import NOTHING, Ending

NAMED = "doses.named"
"""What the name of a medicine means, beside what its word may."""
_NAMED = frozenset({NAMED})
_NO_WORDS: frozenset[str] = frozenset()
_HAD = "meals.had"
_MOST_EATEN = 6
_VOWELS = regex.compile("[aiu]")
_LEAST_SOUNDS = 4
_LEAST_NAME = 4
"""Shorter words are no names."""
_NUMERAL_TAIL = frozenset({"hundred", "thousand"})
_HYPHENATED = frozenset({("tens", "digit"), ("digit", "hundred")})
_HELD = frozenset({"times.clock", "times.hour", "times.minute"})
"""Units that a number word may hold in itself: "half-an-hour", "at-seven"."""


class Piece(NamedTuple):
    """One named stretch of the message.

    Attributes:
        kind: `word number ratio clock date phone code mark`.
        start: Offset of its first character in the text.
        end: Offset behind its last.
        key: The exact key of its first token.
        concepts: What it may mean; empty for an unknown word.
        locales: The languages whose words it is.
        values: Of a number; several where its spelling is ambiguous.
        weak: A number only beside a counted word, else an ordinary word.
        medicine: The generic of a medicine's name.
        words: How many tokens it covers.
        spoken: A number said in words.
    """

    kind: str
    start: int
    end: int
    key: str
    concepts: frozenset[str] = _NO_WORDS
    locales: frozenset[str] = _NO_WORDS
    values: tuple[float, ...] = ()
    weak: bool = False
    medicine: str | None = None
    words: int = 1
    spoken: bool = False


def pieces(lexicon: Lexicon, cut: list[Token]) -> list[Piece]:
    """Name the tokens of a message, longest phrases first from the left."""
    found: list[Piece] = []
    at = 0
    while at < len(cut):
        piece = _piece(lexicon, cut, at)
        if _HAD in piece.concepts:
            piece = _food_or_verb(piece, found[-1] if found else None)
        found.append(piece)
        at += piece.words
    return found


def _food_or_verb(piece: Piece, before: Piece | None) -> Piece:
    """Read a word that says "did" and names a food as the food where a number counts it."""
    food = frozenset(one for one in piece.concepts if one.startswith("foods."))
    if not food:
        return piece
    counted = before is not None and before.kind == "number" and max(before.values) <= _MOST_EATEN
    eaten = food | {"counts.food"}
    return piece._replace(concepts=eaten if counted else piece.concepts - eaten)


def orders(lexicon: Lexicon, cut: list[Token]) -> list[Piece]:
    """List the commands and names of languages said, longest first from the left."""
    found: list[Piece] = []
    at = 0
    while at < len(cut):
        opened = opens_order(lexicon, cut[at].key)
        if not opened.paths:
            at += 1
            continue
        length, ending = longest(lexicon, cut, at, opened)
        if length:
            last = cut[at + length - 1]
            start, key = cut[at].start, cut[at].key
            found.append(
                Piece("word", start, last.end, key, ending.concepts, ending.locales, words=length)
            )
        at += length or 1
    return found


def _piece(lexicon: Lexicon, cut: list[Token], at: int) -> Piece:
    token = cut[at]
    if token.kind == "number":
        return _named(lexicon, cut, at) or _composed(lexicon, cut, at) or _numeral(token)
    if token.kind != "word":
        return Piece(token.kind, token.start, token.end, token.key, values=token.values)
    opened = opens(lexicon, token.key)
    length, ending = longest(lexicon, cut, at, opened)
    if length > 1 and cuts_a_longer(lexicon, cut, at, length):
        length, ending = longest(lexicon, cut[: at + 1], at, opened)
    if length > 1:
        end = cut[at + length - 1].end
        return Piece("word", token.start, end, token.key, *ending, words=length)
    return _counting(lexicon, cut, at, ending) or _word(lexicon, token, ending)


def _counting(lexicon: Lexicon, cut: list[Token], at: int, ending: Ending) -> Piece | None:
    """Read a number word that opens no longer phrase, which would say more."""
    if not number_atoms(lexicon, cut[at].key):
        return None
    number = _composed(lexicon, cut, at)
    if number is None:
        return None
    held = ending.concepts if number.weak else ending.concepts & _HELD
    return number._replace(concepts=held, locales=ending.locales)


def _word(lexicon: Lexicon, token: Token, ending: Ending) -> Piece:
    """Read a word by itself: of the lists, a medicine's name, or a food's misspelled."""
    kind, start, end, key, _ = token
    generic = medicine(lexicon, key)
    if generic:
        named = ending.concepts | _NAMED
        return Piece(kind, start, end, key, named, ending.locales, medicine=generic)
    if ending is NOTHING:
        return Piece(kind, start, end, key, nearly_food(lexicon, key))
    return Piece(kind, start, end, key, *ending)


def _named(lexicon: Lexicon, cut: list[Token], at: int) -> Piece | None:
    """Read a phrase that numerals open: "3 month average", and "2day" where it is one word."""
    opened = opens(lexicon, cut[at].key)
    length, ending = longest(lexicon, cut, at, opened)
    if length < 2 or (length == 2 and _is_spaced(cut, at)):  # noqa: PLR2004 - a numeral alone is a number
        return None
    start, end = cut[at].start, cut[at + length - 1].end
    return Piece("word", start, end, cut[at].key, *ending, words=length)


def _is_spaced(cut: list[Token], at: int) -> bool:
    """Whether a short word stands apart from the numeral before it, which then counts: "2 day"."""
    word = cut[at + 1]
    return cut[at].end < word.start and len(word.key) < _LEAST_NAME


def _numeral(token: Token) -> Piece:
    return Piece("number", token.start, token.end, token.key, values=token.values)


def _composed(lexicon: Lexicon, cut: list[Token], at: int) -> Piece | None:
    if cut[at].kind == "number" and not _is_scaled(lexicon, cut, at):
        return None
    first = _atoms(lexicon, cut[at])
    if not first or first[0].kind in {"and", "point"} or _is_tail(lexicon, cut[at], first[0]):
        return None
    run, ends = list(first), [at] * len(first)
    position = at + 1
    while position < len(cut) and len(run) < MOST_WORDS:
        position += _is_hyphenated(lexicon, cut, position, run[-1])
        following = _atoms(lexicon, cut[position])
        if not following:
            break
        run += following
        ends += [position] * len(following)
        position += 1
    made = compose(run)
    if made is None or made.length < len(first):
        return None
    token, last = cut[at], ends[made.length - 1]
    weak = made.length == 1 and lexicon.is_weak(token.key)
    return Piece(
        "number", token.start, cut[last].end, token.key, values=made.values, weak=weak,
        words=last - at + 1, spoken=first[0].kind != "numeral",
    )  # fmt: skip


def _is_scaled(lexicon: Lexicon, cut: list[Token], at: int) -> bool:
    """Whether a numeral composes with the word behind it: "2 hundred", "1.5 thousand"."""
    if at + 1 >= len(cut):
        return False
    behind = _atoms(lexicon, cut[at + 1])
    return bool(behind) and behind[0].kind in _NUMERAL_TAIL


def _is_hyphenated(lexicon: Lexicon, cut: list[Token], at: int, before: Atom) -> bool:
    """Whether a hyphen joins two words of one number: "forty-five", but not "two-three"."""
    if cut[at].key != "-" or at + 1 >= len(cut) or cut[at - 1].end != cut[at].start:
        return False
    behind = _atoms(lexicon, cut[at + 1]) if cut[at].end == cut[at + 1].start else ()
    return bool(behind) and (before.kind, behind[0].kind) in _HYPHENATED


def _is_tail(lexicon: Lexicon, token: Token, first: Atom) -> bool:
    """Whether a hundred that is spelled as an ordinary word opens no number: "she"."""
    return first.kind == "hundred" and lexicon.is_common(token.key)


def _atoms(lexicon: Lexicon, token: Token) -> tuple[Atom, ...]:
    if token.kind == "word":
        return number_atoms(lexicon, token.key)
    return (Atom("numeral", token.values),) if token.kind == "number" else ()


@lru_cache(maxsize=32768)
def medicine(lexicon: Lexicon, key: str) -> str | None:
    """Find the generic that a name stands for: as listed, by its fold, or nearly so."""
    if key in lexicon.medicines:
        return lexicon.medicines[key]
    opens = any(key in words.phrases for words in lexicon.words)
    if lexicon.is_common(key) or opens or len(key) < _LEAST_NAME:
        return None
    spelled = sorted(spellings(exact(key))) if is_brahmic(key) else [key]
    heard = [words.locale for words in lexicon.words]
    folds = [(of.fold(one), medicine_folds(lexicon, of)) for one in spelled for of in heard]
    for fold, known in folds:
        if fold in known:
            return known[fold]
    near = next((name for fold, known in folds if (name := _nearly(known, fold))), None)
    return near or (_by_sounds(folds) if is_brahmic(key) else None)


def _by_sounds(folds: Sequence[tuple[str, Mapping[str, str]]]) -> str | None:
    """Find a name that differs in its vowels only, as names are written in another script."""
    for fold, known in folds:
        sounds = _VOWELS.sub("", fold)
        if len(sounds) < _LEAST_SOUNDS or fold[0] in "aiu":
            continue
        generics = {known[name] for name in known if _is_alike(name, fold, sounds)}
        if len(generics) == 1:
            return generics.pop()
    return None


def _is_alike(name: str, fold: str, sounds: str) -> bool:
    alike = name[0] == fold[0] and abs(len(name) - len(fold)) < _LEAST_NAME
    return alike and _VOWELS.sub("", name) == sounds


@lru_cache(maxsize=256)
def medicine_folds(lexicon: Lexicon, of: Locale) -> Mapping[str, str]:
    """Give the folded names of the medicines as a language folds its words."""
    if not (of.replace or of.first):
        return lexicon.medicine_folds
    return {of.fold(name): generic for name, generic in lexicon.medicines.items()}


def _nearly(known: Mapping[str, str], fold: str) -> str | None:
    if len(fold) < FUZZY_LENGTH:
        return None
    return nearest(fold, known)
