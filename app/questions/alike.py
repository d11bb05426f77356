"""Whether two questions ask the same, so that one answer serves both. Pure.

By what is asked of what, in any two languages; and by their words, where the language is one and
nothing that was understood tells them apart. A wrong "the same" gives a person the answer to
another question, a wrong "different" only costs the doctor a second reading: so both ways refuse
whatever differs.
"""

from collections.abc import Iterable

from app.parsing.topics import Topics

ALIKE_FROM = 0.6
"""The least share of trigrams that two questions of one language have in common (measured on
`tests/questions/pairs.toml`; see `docs/decisions/pooling.md`)."""
_BEFORE, _BEHIND = "  ", " "
_LENGTH = 3


def alike(one: Topics, other: Topics) -> bool:
    """Say whether two questions ask the same."""
    if differ(one, other):
        return False
    understood = bool(one.asked and one.things and one.asked == other.asked)
    return understood or (
        one.language == other.language and similarity(one.words, other.words) >= ALIKE_FROM
    )


def differ(one: Topics, other: Topics) -> bool:
    """Say whether what was understood of two questions tells them apart."""
    parts = (
        (one.things, other.things),
        (one.symptoms, other.symptoms),
        (one.numbers, other.numbers),
        (one.denied, other.denied),
    )
    asks_other = bool(one.asked and other.asked) and one.asked != other.asked
    return asks_other or any(mine != theirs for mine, theirs in parts)


def similarity(one: Iterable[str], other: Iterable[str]) -> float:
    """Give the share of trigrams that two texts have in common, from 0 to 1.

    As PostgreSQL's `pg_trgm` counts: each word with two blanks before it and one behind.
    """
    mine, theirs = _trigrams(one), _trigrams(other)
    return len(mine & theirs) / max(len(mine | theirs), 1)


def _trigrams(words: Iterable[str]) -> frozenset[str]:
    padded = (f"{_BEFORE}{word}{_BEHIND}" for word in words)
    return frozenset(
        word[at : at + _LENGTH] for word in padded for at in range(len(word) - _LENGTH + 1)
    )
