"""Making the words of a language out of its lists. Pure."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from app.parsing.folding import exact, folded, is_brahmic, spellings, squeezed
from app.parsing.lexicon import (
    ANY_ENDING,
    BELOW_HUNDRED,
    LEAST_DOUBLED,
    Atom,
    Lexicon,
    Locale,
    Words,
)
from app.parsing.tokens import tokens
from app.parsing.tree import Ending, Tree, Way

_ORDERS = ("commands.", "requests.", "languages.", "asks.in_language")


def choices(phrase: str) -> list[tuple[Way, ...]]:
    """Read a phrase of the lists, word by word: `a|b` either, `a?` perhaps, `a*` any ending.

    Returns:
        For each word the ways to say it, each as its keys; () where it may be left out.
    """
    return [_choice(word) for word in phrase.split()]


@cache
def _choice(word: str) -> tuple[Way, ...]:
    ways = tuple(_way(way) for way in word.rstrip("?").split("|"))
    return (*ways, ()) if word.endswith("?") else ways


def _way(way: str) -> Way:
    if not way.endswith(ANY_ENDING):
        return keys(way)
    *before, last = keys(way[:-1])
    return (*before, last + ANY_ENDING)


@cache
def keys(words: str) -> Way:
    """Give the exact keys of some words; marks inside a word are no part of it."""
    if words.isalpha():
        return (exact(words),)
    return tuple(t.key for t in tokens(words) if t.kind != "mark" or t.key not in "-/'.")


class Builder:
    """Gathers the words of one language."""

    def __init__(self, locale: Locale) -> None:
        self._locale = locale
        self._by_fold: dict[str, dict[str, None]] = {}
        self._stems: dict[str, str] = {}
        self._fold_stems: dict[str, dict[str, None]] = {}
        self._phrases = Tree()
        self._orders = Tree()
        self._atoms: dict[str, Atom] = {}
        self._weak: set[str] = set()
        self._common: set[str] = set()
        self._known: set[str] = set()
        self._names: set[str] = set()
        self._foods: dict[str, str] = {}

    def add_phrases(self, concept: str, phrases: Iterable[str]) -> None:
        """Add every way to say a concept."""
        section, _, name = concept.partition(".")
        if section == "languages":
            self._names.add(name)
        if section == "foods":
            phrases = list(phrases)
            self._add_foods(concept, phrases)
        ending = Ending(frozenset({concept}), frozenset({self._locale.code}))
        tree = self._orders if concept.startswith(_ORDERS) else self._phrases
        for phrase in phrases:
            self._add_phrase(choices(phrase), ending, tree)

    def _add_foods(self, concept: str, phrases: Iterable[str]) -> None:
        """Keep the names of one word, which may be misspelled."""
        named = [choices(phrase) for phrase in phrases]
        one_word = [words[0] for words in named if len(words) == 1]
        self._foods.update({way[0]: concept for ways in one_word for way in ways if len(way) == 1})

    def _add_phrase(self, words: list[tuple[Way, ...]], ending: Ending, tree: Tree) -> None:
        for ways in words:
            for way in ways:
                for key in way:
                    self._add_word(key)
        tree.plant(words, ending)

    def _add_word(self, key: str) -> None:
        """Make a word findable by its folds, and a stem by what begins with it."""
        if key in self._known:
            return
        self._known.add(key)
        stem = key.removesuffix(ANY_ENDING)
        found_by = self._by_fold
        if stem != key:
            self._stems[stem] = key
            found_by = self._fold_stems
        if self._locale.folds:
            least = self._locale.least_stem + is_brahmic(stem) if stem != key else 0
            for fold in self._folds(stem, drops_final=stem == key):
                if len(fold) >= least:
                    found_by.setdefault(fold, {})[key] = None
        elif len(stem) >= LEAST_DOUBLED:
            found_by.setdefault(squeezed(stem), {})[key] = None

    def _folds(self, word: str, *, drops_final: bool = True) -> set[str]:
        """Fold every spelling of a word; where ends are sounded, a stem sounds its own."""
        of = self._locale
        both = drops_final or not of.keeps_final
        spelled = (
            spellings(
                word,
                keeps_final=of.keeps_final,
                drops_final=both,
                final_nasal=of.final_nasal,
                inherent=of.inherent,
            )
            if is_brahmic(word)
            else {word}
        )
        level = {of.fold(word)} if of.native and is_brahmic(word) else set()
        return level | {of.fold(one) for one in spelled if one.isascii() and one[:1].isalpha()}

    def add_number(self, kind: str, value: float, words: Iterable[str]) -> None:
        """Add the words of a number; a word that has a value already gets one more."""
        for key in map(exact, words):
            self._add_word(key)
            old = self._atoms.get(key)
            values = {value, *(old.values if old and old.kind == kind else ())}
            if old is None or old.kind == kind:
                self._atoms[key] = Atom(kind, tuple(sorted(values)))
            elif {old.kind, kind} <= BELOW_HUNDRED:
                self._atoms[key] = Atom(old.kind, tuple(sorted({*old.values, value})))

    def _fold_atoms(self) -> dict[str, Atom]:
        """Give the number words by their folds; a fold of two numbers of a kind has both."""
        found: dict[str, Atom] = {}
        for key, one in self._atoms.items():
            for fold in self._folds(key):
                old = found.get(fold, one)
                values = {*one.values, *(old.values if old.kind == one.kind else ())}
                found[fold] = Atom(one.kind, tuple(sorted(values)))
        return found

    def add_weak(self, words: Iterable[str]) -> None:
        """Mark words that are a number only beside another or a counted word."""
        self._weak.update(map(exact, words))

    def add_common(self, words: Iterable[str]) -> None:
        """Mark ordinary words that no fold may claim."""
        self._common.update(map(exact, words))

    def indices(self) -> dict[str, Any]:
        """Give everything added as the attributes of `Words`."""
        return {
            "by_fold": {fold: tuple(keys) for fold, keys in self._by_fold.items()},
            "stems": self._stems,
            "fold_stems": {fold: tuple(keys) for fold, keys in self._fold_stems.items()},
            "phrases": self._phrases,
            "orders": self._orders,
            "atoms": self._atoms,
            "fold_atoms": self._fold_atoms() if self._locale.joins else {},
            "weak": frozenset(self._weak),
            "common": frozenset(self._common),
            "known": frozenset(self._known | self._common),
            "names": frozenset(self._names),
            "foods": self._foods,
        }


def lexicon_of(words: Iterable[Words], medicines: Mapping[str, Iterable[str]]) -> Lexicon:
    """Put languages together with the medicines, which all of them share.

    Args:
        words: One entry a language.
        medicines: Generic to its brands and other names.
    """
    names = {
        exact(name): generic for generic, many in medicines.items() for name in (generic, *many)
    }
    folds = {folded(name): generic for name, generic in names.items()}
    return Lexicon(tuple(words), names, folds)
