"""Finding the phrases of the word lists in a message, the longest from the left. Pure."""

from collections.abc import Callable
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from app.parsing.lexicon import ANY_ENDING, Ending, Lexicon, Words, denies, lexemes
from app.parsing.tokens import Token

EMPTY = Ending(frozenset(), frozenset())
PHRASES = attrgetter("phrases")
ORDERS = attrgetter("orders")
"""The trees to look in."""
DENIED = frozenset({"negation.deny_last", "negation.within"})
"""What the ending of a denied verb says."""


@lru_cache(maxsize=65536)
def opens(lexicon: Lexicon, key: str) -> tuple[bool, bool]:
    """Whether a word may open a phrase, and whether it may open a command."""
    pairs = list(zip(lexicon.words, lexemes(lexicon, key), strict=True))
    return (
        any(form in words.phrases for words, forms in pairs for form in forms),
        any(form in words.orders for words, forms in pairs for form in forms),
    )


class _Path(NamedTuple):
    """Where a phrase has come to.

    Attributes:
        branch: What may follow.
        folds: How many of its words were found by fold or stem.
        of: Which of the languages it is in.
        denied: Whether the ending of a verb in it denies it.
    """

    branch: dict[str, Any]
    folds: int
    of: int
    denied: bool = False


def longest(
    lexicon: Lexicon, cut: list[Token], at: int, tree: Callable[[Words], dict[str, Any]]
) -> tuple[int, Ending]:
    """Find the longest phrase that starts here; of equal ones, those with fewest folded words."""
    best = (0, 0)
    ending = EMPTY
    paths = [_Path(tree(words), 0, n) for n, words in enumerate(lexicon.words)]
    position = at
    while paths and position < len(cut):
        token = cut[position]
        if position > at and _joins(cut, position):
            position += 1
            continue
        paths = _onward(lexicon, token, paths)
        position += 1
        for path in paths:
            if "" not in path.branch:
                continue
            reached = (position - at, -path.folds)
            if reached > best:
                best, ending = reached, _ending(path)
            elif reached == best:
                ending = _both(ending, _ending(path))
    return best[0], ending


def _onward(lexicon: Lexicon, token: Token, paths: list[_Path]) -> list[_Path]:
    """Go one word further along every path that has it."""
    forms = _words(lexicon, token)
    return [
        _Path(
            path.branch[form],
            path.folds + (rank > 0),
            path.of,
            path.denied or _is_denied(lexicon.words[path.of], form, token.key),
        )
        for path in paths
        for rank, form in enumerate(forms[path.of])
        if form in path.branch
    ]


def _is_denied(words: Words, form: str, key: str) -> bool:
    return form.endswith(ANY_ENDING) and bool(words.locale.denials) and denies(words, key)


def _ending(path: _Path) -> Ending:
    ending: Ending = path.branch[""]
    return Ending(ending.concepts | DENIED, ending.locales) if path.denied else ending


def _both(one: Ending, other: Ending) -> Ending:
    return Ending(one.concepts | other.concepts, one.locales | other.locales)


def cuts_a_longer(lexicon: Lexicon, cut: list[Token], at: int, length: int) -> bool:
    """Whether a longer phrase starts inside this one: "is not" in "is not opening his eyes"."""
    inside = range(at + 1, at + length)
    return any(longest(lexicon, cut, n, PHRASES)[0] > length for n in inside)


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
