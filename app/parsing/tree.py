"""The phrases of a language as a tree of words, grown where it is first looked into. Pure.

A list of alternatives stands for very many phrases, of which a service hears few: only what
begins with a word that was heard is spelled out.
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
    """A phrase behind its first key: the rest of that word's way, and the words that follow."""

    way: Way
    rest: Phrase
    ending: Ending


class Tree(dict[str, Any]):
    """The root: a branch by each first key; in a branch the key "" holds the `Ending`."""

    def plant(self, words: Phrase, ending: Ending) -> None:
        """Add a phrase, which is spelled out when a first key of it is looked up."""
        for key, way, rest in _heads(words):
            super().setdefault(key, []).append(_Seed(way, rest, ending))

    @override
    def __getitem__(self, key: str) -> Any:
        branch = super().__getitem__(key)
        if isinstance(branch, list):
            branch = _grown(branch)
            self[key] = branch
        return branch


def _heads(
    words: Sequence[tuple[Way, ...]],
) -> Iterator[tuple[str, Way, Sequence[tuple[Way, ...]]]]:
    """List the keys a phrase can begin with, past words that may be left out."""
    for index, ways in enumerate(words):
        for way in ways:
            if way:
                yield way[0], way[1:], words[index + 1 :]
        if () not in ways:
            return


def _grown(seeds: Sequence[_Seed]) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for seed in seeds:
        nodes = [_descend(root, seed.way)]
        for ways in seed.rest:
            nodes = [_descend(node, way) for node in nodes for way in ways]
        for node in nodes:
            old = node.get("", NOTHING)
            node[""] = Ending(
                old.concepts | seed.ending.concepts, old.locales | seed.ending.locales
            )
    return root


def _descend(node: dict[str, Any], way: Way) -> dict[str, Any]:
    for key in way:
        node = node.setdefault(key, {})
    return node
