"""Finding the phrases of the word lists in a message, the longest from the left. Pure."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from app.parsing.lexicon import (
    ANY_ENDING,
    Lexicon,
    Words,
    denies,
    inflected,
    lexemes,
    short_stems,
)
from app.parsing.tokens import Token
from app.parsing.tree import NOTHING, Ending

DENIED = frozenset({"negation.deny_last", "negation.within"})
"""What the ending of a denied verb says."""
SWALLOWED = "other"
"""What a word means that must not be read as what it looks like in a language heard less."""


class Path(NamedTuple):
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


class Step(NamedTuple):
    """One way that a word goes on in a phrase of a language.

    Attributes:
        form: What stands in the phrase.
        folds: 1 where the word is that by its fold or stem, 0 as written.
        denied: Whether the ending of the word denies it.
    """

    form: str
    folds: int
    denied: bool


class Opening(NamedTuple):
    """What a word opens.

    Attributes:
        paths: The phrases it begins.
        best: As `longest` counts: whether the word is one by itself, and how many folds it took.
        ending: What it means by itself.
        follow: The words that may come next in any of the phrases.
    """

    paths: tuple[Path, ...]
    best: tuple[int, int]
    ending: Ending
    follow: frozenset[str]


class Said(NamedTuple):
    """A phrase of the lists, from one token to before another."""

    first: int
    last: int
    of: Ending

    def is_inside(self, others: "Sequence[Said]") -> bool:
        """Whether it lies in one of the others."""
        return any(one.first <= self.first and self.last <= one.last for one in others)


def phrases(lexicon: Lexicon, cut: Sequence[Token]) -> Iterator[Said]:
    """List the longest phrase that starts at each word."""
    for at, token in enumerate(cut):
        length, ending = longest(lexicon, cut, at, opens(lexicon, token.key))
        if length:
            yield Said(at, at + length, ending)


@lru_cache(maxsize=65536)
def opens(lexicon: Lexicon, key: str) -> Opening:
    """Give the phrases that a word opens."""
    roots = [Path(words.phrases, 0, n) for n, words in enumerate(lexicon.words)]
    return _opening(lexicon, key, roots)


@lru_cache(maxsize=65536)
def opens_order(lexicon: Lexicon, key: str) -> Opening:
    """Give the commands that a word opens."""
    roots = [Path(words.orders, 0, n) for n, words in enumerate(lexicon.words)]
    return _opening(lexicon, key, roots)


def _opening(lexicon: Lexicon, key: str, roots: Sequence[Path]) -> Opening:
    paths = tuple(_onward(lexicon, key, roots, inside=False))
    follow = frozenset(word for path in paths for word in path.branch if word)
    return Opening(paths, *_better((0, 0), NOTHING, paths, 1), follow)


def longest(
    lexicon: Lexicon, cut: Sequence[Token], at: int, opening: Opening
) -> tuple[int, Ending]:
    """Find the longest phrase that starts here; of equal ones, those with fewest folded words.

    Args:
        lexicon: The words of the languages heard.
        cut: The tokens of the message.
        at: Where the phrase is to start.
        opening: What `opens` or `opens_order` gives for the token there.

    Returns:
        How many tokens it covers, 0 for none, and what it may mean.
    """
    paths: Sequence[Path] = opening.paths
    best, ending = opening.best, opening.ending
    if not opening.follow:
        return best[0], ending
    position = _past_joins(cut, at + 1)
    if position < len(cut) and opening.follow.isdisjoint(_ways(lexicon, cut[position].key)):
        return best[0], ending
    while paths and position < len(cut):
        paths = _onward(lexicon, cut[position].key, paths, inside=True)
        best, ending = _better(best, ending, paths, position + 1 - at)
        position = _past_joins(cut, position + 1)
    return best[0], ending


def _better(
    best: tuple[int, int], ending: Ending, paths: Sequence[Path], length: int
) -> tuple[tuple[int, int], Ending]:
    """Take what ends here in place of what was found so far, or beside it."""
    for path in paths:
        if "" not in path.branch:
            continue
        reached = (length, -path.folds)
        if reached > best:
            best, ending = reached, _ending(path)
        elif reached == best and SWALLOWED not in ending.concepts:
            ending = _both(ending, _ending(path))
    return best, ending


@lru_cache(maxsize=65536)
def _ways(lexicon: Lexicon, key: str) -> frozenset[str]:
    """Gather what a word may stand for in any of the languages."""
    every = (*lexemes(lexicon, key), *inflected(lexicon, key), *short_stems(lexicon, key))
    return frozenset(form for forms in every for form in forms)


def _onward(lexicon: Lexicon, key: str, paths: Sequence[Path], *, inside: bool) -> list[Path]:
    """Go one word further along every path that has it; `inside` a phrase shorter stems will do."""
    steps = _steps(lexicon, key, inside)
    return [
        Path(path.branch[form], path.folds + folds, path.of, path.denied or denied)
        for path in paths
        for form, folds, denied in steps[path.of]
        if form in path.branch
    ]


@lru_cache(maxsize=65536)
def _steps(lexicon: Lexicon, key: str, inside: bool) -> tuple[tuple[Step, ...], ...]:  # noqa: FBT001 - a cache's key
    """List in each language the ways that a word goes on in a phrase, as written first."""
    forms, bases = lexemes(lexicon, key), inflected(lexicon, key)
    stems = short_stems(lexicon, key) if inside else tuple(() for _ in forms)
    return tuple(
        tuple(
            Step(form, int(rank > 0), _is_denied(words, form, key))
            for rank, form in enumerate((*forms[n], *bases[n], *stems[n]))
        )
        for n, words in enumerate(lexicon.words)
    )


def _is_denied(words: Words, form: str, key: str) -> bool:
    if not form.endswith(ANY_ENDING) or not words.locale.denials:
        return False
    return key != form.removesuffix(ANY_ENDING) and denies(words, key)


def _ending(path: Path) -> Ending:
    ending: Ending = path.branch[""]
    return Ending(ending.concepts | DENIED, ending.locales) if path.denied else ending


def _both(one: Ending, other: Ending) -> Ending:
    return Ending(one.concepts | other.concepts, one.locales | other.locales)


def cuts_a_longer(lexicon: Lexicon, cut: Sequence[Token], at: int, length: int) -> bool:
    """Whether a longer phrase starts inside this one: "is not" in "is not opening his eyes"."""
    inside = range(at + 1, at + length)
    return any(longest(lexicon, cut, n, opens(lexicon, cut[n].key))[0] > length for n in inside)


def _past_joins(cut: Sequence[Token], at: int) -> int:
    while at < len(cut) and cut[at].kind == "mark" and _joins(cut, at):
        at += 1
    return at


def _joins(cut: Sequence[Token], at: int) -> bool:
    """Whether a mark only joins the words of a phrase: "mg/dl", "p.p", "post-meal"."""
    token = cut[at]
    if token.key not in "-/'.":
        return False
    return token.key == "-" or (
        cut[at - 1].end == token.start and at + 1 < len(cut) and cut[at + 1].start == token.end
    )
