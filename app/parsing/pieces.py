"""Naming what stands in a message: phrases of the word lists, numbers, shapes, marks. Pure."""

from collections.abc import Callable
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from app.parsing.folding import exact, folded, is_brahmic, spellings
from app.parsing.lexicon import Atom, Ending, Lexicon, Words, atom, lexemes
from app.parsing.numbers import compose
from app.parsing.tokens import Token

NOTHING: frozenset[str] = frozenset()
_NO_LOCALES: frozenset[str] = frozenset()
_FUZZY_SCORE = 85
_FUZZY_LENGTH = 6
_NUMERAL_TAIL = frozenset({"hundred", "thousand"})


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
    concepts: frozenset[str] = NOTHING
    locales: frozenset[str] = _NO_LOCALES
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
        found.append(piece)
        at += piece.words
    return found


@lru_cache(maxsize=65536)
def _opens(lexicon: Lexicon, key: str) -> tuple[bool, bool]:
    """Whether a word may open a phrase, and whether it may open a command."""
    pairs = list(zip(lexicon.words, lexemes(lexicon, key), strict=True))
    return (
        any(form in words.phrases for words, forms in pairs for form in forms),
        any(form in words.orders for words, forms in pairs for form in forms),
    )


def orders(lexicon: Lexicon, cut: list[Token]) -> list[Piece]:
    """List the commands and names of languages said, longest first from the left."""
    found: list[Piece] = []
    at = 0
    while at < len(cut):
        if not _opens(lexicon, cut[at].key)[1]:
            at += 1
            continue
        length, ending = _longest(lexicon, cut, at, _ORDERS)
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
        return _composed(lexicon, cut, at) or _numeral(token)
    if token.kind != "word":
        return Piece(token.kind, token.start, token.end, token.key, values=token.values)
    length, ending = 0, _EMPTY
    if _opens(lexicon, token.key)[0]:
        length, ending = _longest(lexicon, cut, at, _PHRASES)
    if length > 1 and _cuts_a_longer(lexicon, cut, at, length):
        length, ending = _longest(lexicon, cut[: at + 1], at, _PHRASES)
    if length < 2:  # noqa: PLR2004 - a longer phrase says more than a number word in it
        number = _composed(lexicon, cut, at)
        if number:
            return number._replace(
                concepts=ending.concepts if number.weak else NOTHING, locales=ending.locales
            )
    generic = medicine(lexicon, token.key) if length < 2 else None  # noqa: PLR2004 - as above
    end = cut[at + max(length, 1) - 1].end
    return Piece(
        "word",
        token.start,
        end,
        token.key,
        ending.concepts,
        ending.locales,
        medicine=generic,
        words=length or 1,
    )


def _numeral(token: Token) -> Piece:
    return Piece("number", token.start, token.end, token.key, values=token.values)


_EMPTY = Ending(NOTHING, _NO_LOCALES)
_PHRASES = attrgetter("phrases")
_ORDERS = attrgetter("orders")
_Path = tuple[dict[str, Any], int, int]
"""Where a phrase has come to: the branch, how many folded words it took, which language's."""


def _longest(
    lexicon: Lexicon, cut: list[Token], at: int, tree: Callable[[Words], dict[str, Any]]
) -> tuple[int, Ending]:
    """Find the longest phrase that starts here; of equal ones, those with fewest folded words."""
    best = (0, 0)
    ending = _EMPTY
    paths: list[_Path] = [(tree(words), 0, n) for n, words in enumerate(lexicon.words)]
    position = at
    while paths and position < len(cut):
        token = cut[position]
        if position > at and _joins(cut, position):
            position += 1
            continue
        paths = _onward(lexicon, token, paths)
        position += 1
        for branch, folds, _ in paths:
            if "" not in branch:
                continue
            reached = (position - at, -folds)
            if reached > best:
                best, ending = reached, branch[""]
            elif reached == best:
                ending = _both(ending, branch[""])
    return best[0], ending


def _onward(lexicon: Lexicon, token: Token, paths: list[_Path]) -> list[_Path]:
    """Go one word further along every path that has it."""
    forms = _words(lexicon, token)
    return [
        (branch[form], folds + (rank > 0), n)
        for branch, folds, n in paths
        for rank, form in enumerate(forms[n])
        if form in branch
    ]


def _both(one: Ending, other: Ending) -> Ending:
    return Ending(one.concepts | other.concepts, one.locales | other.locales)


def _cuts_a_longer(lexicon: Lexicon, cut: list[Token], at: int, length: int) -> bool:
    """Whether a longer phrase starts inside this one: "is not" in "is not opening his eyes"."""
    inside = range(at + 1, at + length)
    return any(_longest(lexicon, cut, n, _PHRASES)[0] > length for n in inside)


def _joins(cut: list[Token], at: int) -> bool:
    """Whether a mark only joins the words of a phrase: "mg/dl", "p.p", "post-meal"."""
    token = cut[at]
    if token.kind != "mark" or token.key not in "-/'.":
        return False
    return token.key == "-" or (
        cut[at - 1].end == token.start and at + 1 < len(cut) and cut[at + 1].start == token.end
    )


def _words(lexicon: Lexicon, token: Token) -> tuple[tuple[str, ...], ...]:
    if token.kind == "word":
        return lexemes(lexicon, token.key)
    return tuple((token.key,) for _ in lexicon.words)


def _composed(lexicon: Lexicon, cut: list[Token], at: int) -> Piece | None:
    first = _atom(lexicon, cut[at])
    if first is None or first.kind in {"and", "point"}:
        return None
    run = [first]
    position = at + 1
    while position < len(cut) and len(run) < 8 and (following := _atom(lexicon, cut[position])):  # noqa: PLR2004 - a bound on work
        run.append(following)
        position += 1
    if first.kind == "numeral" and (len(run) < 2 or run[1].kind not in _NUMERAL_TAIL):  # noqa: PLR2004 - a numeral needs a second word to compose
        return None
    made = compose(run)
    if made is None:
        return None
    token, last = cut[at], cut[at + made.length - 1]
    weak = made.length == 1 and lexicon.is_weak(token.key)
    return Piece(
        "number", token.start, last.end, token.key, values=made.values, weak=weak,
        words=made.length, spoken=first.kind != "numeral",
    )  # fmt: skip


def _atom(lexicon: Lexicon, token: Token) -> Atom | None:
    if token.kind == "word":
        return atom(lexicon, token.key)
    return Atom("numeral", token.values) if token.kind == "number" else None


@lru_cache(maxsize=32768)
def medicine(lexicon: Lexicon, key: str) -> str | None:
    """Find the generic that a name stands for: as listed, by its fold, or nearly so."""
    if key in lexicon.medicines:
        return lexicon.medicines[key]
    opens = any(key in words.phrases for words in lexicon.words)
    if lexicon.is_common(key) or opens or len(key) < 4:  # noqa: PLR2004 - shorter words are no names
        return None
    spelled = sorted(spellings(exact(key))) if is_brahmic(key) else [key]
    folds = [folded(one) for one in spelled]
    for fold in folds:
        if fold in lexicon.medicine_folds:
            return lexicon.medicine_folds[fold]
    return next((name for fold in folds if (name := _nearly(lexicon, fold))), None)


def _nearly(lexicon: Lexicon, fold: str) -> str | None:
    if len(fold) < _FUZZY_LENGTH:
        return None
    names = [
        name for name in lexicon.medicine_folds if name[0] == fold[0] and len(name) >= _FUZZY_LENGTH
    ]
    hit = process.extractOne(fold, names, scorer=fuzz.ratio, score_cutoff=_FUZZY_SCORE)
    return lexicon.medicine_folds[hit[0]] if hit else None
