"""The phrases of a language as a tree of words, grown where it is first looked into. Pure.

A list of alternatives stands for very many phrases, of which a service hears few: only what
follows the words that were heard is spelled out.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from typing_extensions import override

Way = tuple[str, ...]
"""One way to say a word of a phrase, as its keys; empty where it may be left out."""
Phrase = Sequence[tuple[Way, ...]]
"""The ways to say each of its words."""


class Ending(NamedTuple):
    """A phrase of the lists that ends here: its concepts and the languages that have it."""

    concepts: frozenset[str]
    locales: frozenset[str]


NOTHING = Ending(frozenset(), frozenset())


class _Seed(NamedTuple):
    """A phrase behind a key: the rest of that word's way, and the words that follow."""

    way: Way
    rest: Phrase
    ending: Ending


class Tree(dict[str, Any]):
    """A branch by each key that may follow; the key "" holds the `Ending` of what ends here."""

    def plant(self, words: Phrase, ending: Ending) -> None:
        """Add a phrase, which is spelled out word by word as its keys are looked up."""
        for key, way, rest in _heads(words):
            super().setdefault(key, []).append(_Seed(way, rest, ending))
        if all(() in ways for ways in words):
            old = self.get("", NOTHING)
            self[""] = Ending(old.concepts | ending.concepts, old.locales | ending.locales)

    @override
    def __getitem__(self, key: str) -> Any:
        branch = super().__getitem__(key)
        if isinstance(branch, list):
            branch = _grown(branch)
            self[key] = branch
        return branch


def _heads(words: Phrase) -> Iterator[tuple[str, Way, Phrase]]:
    """List the keys a phrase can begin with, past words that may be left out."""
    for index, ways in enumerate(words):
        for way in ways:
            if way:
                yield way[0], way[1:], words[index + 1 :]
        if () not in ways:
            return


def _grown(seeds: Sequence[_Seed]) -> Tree:
    branch = Tree()
    for seed in seeds:
        branch.plant([(seed.way,), *seed.rest] if seed.way else seed.rest, seed.ending)
    return branch
