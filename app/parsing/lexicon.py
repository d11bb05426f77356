"""The words of all languages, ready to be looked up. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, NamedTuple

from app.parsing.folding import exact, folded, is_brahmic, spellings
from app.parsing.tokens import tokens


class Atom(NamedTuple):
    """What a word adds to a number.

    Attributes:
        kind: `digit` 0-9, `tens` 20, 30 … 90, `teens` any other below 100, `hundred` and
            `thousand` multiply, `hundreds` is a joined form such as 200, `plus` is added to what
            follows (a quarter, minus a quarter), `share` stands alone (one and a half), `point`.
        values: More than one where a spelling stands for several.
    """

    kind: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Locale:
    """What is said of a language as a whole.

    Attributes:
        code: The folder's name.
        script: ISO 15924 code of its own script.
        folds: Whether its Latin spellings vary freely and are matched by their fold.
        replace: Further folds of its own.
        keeps_final: Whether an unwritten vowel at the end may be heard.
    """

    code: str
    script: str
    folds: bool = False
    replace: tuple[tuple[str, str], ...] = ()
    keeps_final: bool = False


_ORDERS = ("commands.", "requests.", "languages.", "asks.in_language")
ENGLISH = "en"


class Ending(NamedTuple):
    """A phrase of the lists that ends here: its concepts and the languages that have it."""

    concepts: frozenset[str]
    locales: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of one language.

    Attributes:
        locale: What is said of the language as a whole.
        by_fold: Words by their folded key; empty where spellings do not vary.
        phrases: A tree of words; the key "" holds the `Ending`.
        orders: The same for commands, which lie over other words.
        atoms: Number words.
        weak: Words that are a number only beside another or a counted word.
        common: Ordinary words that no fold may claim.
        known: Every word of the lists.
        names: Codes of the languages that have a name here.
    """

    locale: Locale
    by_fold: Mapping[str, tuple[str, ...]]
    phrases: dict[str, Any]
    orders: dict[str, Any]
    atoms: Mapping[str, Atom]
    weak: frozenset[str]
    common: frozenset[str]
    known: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The words of several languages, the one that counts most first.

    Attributes:
        words: One entry a language.
        medicines: Exact name to generic.
        medicine_folds: Folded name to generic.
        own: The language of the person who is heard, where it is known.
    """

    words: tuple[Words, ...]
    medicines: Mapping[str, str]
    medicine_folds: Mapping[str, str]
    own: str | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The languages, by their codes."""
        return tuple(words.locale.code for words in self.words)

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages that have a name in some list."""
        return tuple(sorted(frozenset().union(*(words.names for words in self.words))))

    def is_weak(self, key: str) -> bool:
        """Whether a word is a number only beside another or a counted word."""
        return any(key in words.weak for words in self.words)

    def is_common(self, key: str) -> bool:
        """Whether a word is an ordinary one that no fold may claim."""
        return any(key in words.common for words in self.words)


@lru_cache(maxsize=256)
def narrowed(lexicon: Lexicon, codes: tuple[str, ...]) -> Lexicon:
    """Keep the words of some languages, in the order given."""
    by_code = {words.locale.code: words for words in lexicon.words}
    return replace(lexicon, words=tuple(by_code[code] for code in codes))


@lru_cache(maxsize=64)
def heard_from(lexicon: Lexicon, language: str) -> Lexicon:
    """Give the words as a person speaks them whose own language is known."""
    return replace(lexicon, own=language)


@lru_cache(maxsize=65536)
def knows(words: Words, key: str) -> bool:
    """Whether a word stands in the lists of a language, as written or by its fold."""
    if key in words.known:
        return True
    return key.isascii() and folded(key, words.locale.replace) in words.by_fold


@lru_cache(maxsize=65536)
def lexemes(lexicon: Lexicon, key: str) -> tuple[tuple[str, ...], ...]:
    """List what a word's exact key may stand for in each language, the exact word first."""
    if not key.isascii() or lexicon.is_common(key):
        return tuple((key,) for _ in lexicon.words)
    return tuple(_folds_of(words, key) for words in lexicon.words)


def _folds_of(words: Words, key: str) -> tuple[str, ...]:
    if not words.locale.folds:
        return (key,)
    return tuple(dict.fromkeys((key, *words.by_fold.get(folded(key, words.locale.replace), ()))))


@lru_cache(maxsize=65536)
def atom(lexicon: Lexicon, key: str) -> Atom | None:
    """Find what a word adds to a number, by its exact key first and then by its folds."""
    for words in lexicon.words:
        if key in words.atoms:
            return words.atoms[key]
    for words, forms in zip(lexicon.words, lexemes(lexicon, key), strict=True):
        found = [words.atoms[form] for form in forms if form in words.atoms]
        if found and len({one.kind for one in found}) == 1:
            values = tuple(sorted({value for one in found for value in one.values}))
            return Atom(found[0].kind, values)
    return None


def choices(phrase: str) -> list[list[tuple[str, ...]]]:
    """Read a phrase of the lists, word by word: `a|b` either, `a?` perhaps.

    Returns:
        For each word the ways to say it, each as its keys; () where it may be left out.
    """
    words = []
    for word in phrase.split():
        ways = [keys(way) for way in word.rstrip("?").split("|")]
        words.append([*ways, ()] if word.endswith("?") else ways)
    return words


@cache
def keys(words: str) -> tuple[str, ...]:
    """Give the exact keys of some words; marks inside a word are no part of it."""
    return tuple(t.key for t in tokens(words) if t.kind != "mark" or t.key not in "-/'.")


_NOTHING = Ending(frozenset(), frozenset())


def _descend(node: dict[str, Any], way: tuple[str, ...]) -> dict[str, Any]:
    for key in way:
        node = node.setdefault(key, {})
    return node


class Builder:
    """Gathers the words of one language."""

    def __init__(self, locale: Locale) -> None:
        self._locale = locale
        self._by_fold: dict[str, dict[str, None]] = {}
        self._phrases: dict[str, Any] = {}
        self._orders: dict[str, Any] = {}
        self._atoms: dict[str, Atom] = {}
        self._weak: set[str] = set()
        self._common: set[str] = set()
        self._known: set[str] = set()
        self._names: set[str] = set()

    def add_phrases(self, concept: str, phrases: Iterable[str]) -> None:
        """Add every way to say a concept."""
        section, _, name = concept.partition(".")
        if section == "languages":
            self._names.add(name)
        for phrase in phrases:
            self._add_phrase(concept, choices(phrase))

    def _add_phrase(self, concept: str, words: list[list[tuple[str, ...]]]) -> None:
        for ways in words:
            for way in ways:
                for key in way:
                    self._add_word(key)
        nodes = [self._orders if concept.startswith(_ORDERS) else self._phrases]
        for ways in words:
            nodes = [_descend(node, way) for node in nodes for way in ways]
        for node in nodes:
            old = node.get("", _NOTHING)
            node[""] = Ending(old.concepts | {concept}, frozenset({self._locale.code}))

    def _add_word(self, key: str) -> None:
        """Make a word findable by its folds."""
        if key in self._known:
            return
        self._known.add(key)
        if not self._locale.folds:
            return
        keeps_final = self._locale.keeps_final
        for one in spellings(key, keeps_final=keeps_final) if is_brahmic(key) else {key}:
            if one.isascii() and one[:1].isalpha():
                self._by_fold.setdefault(folded(one, self._locale.replace), {})[key] = None

    def add_number(self, kind: str, value: float, words: Iterable[str]) -> None:
        """Add the words of a number; a word that has a value already gets one more."""
        for key in map(exact, words):
            self._add_word(key)
            old = self._atoms.get(key)
            values = {value, *(old.values if old and old.kind == kind else ())}
            if old is None or old.kind == kind:
                self._atoms[key] = Atom(kind, tuple(sorted(values)))
            elif {old.kind, kind} <= {"digit", "tens", "teens"}:
                self._atoms[key] = Atom(old.kind, tuple(sorted({*old.values, value})))

    def add_weak(self, words: Iterable[str]) -> None:
        """Mark words that are a number only beside another or a counted word."""
        self._weak.update(map(exact, words))

    def add_common(self, words: Iterable[str]) -> None:
        """Mark ordinary words that no fold may claim."""
        self._common.update(map(exact, words))

    def build(self) -> Words:
        """Give the words of everything added."""
        return Words(
            locale=self._locale,
            by_fold={fold: tuple(keys) for fold, keys in self._by_fold.items()},
            phrases=self._phrases,
            orders=self._orders,
            atoms=self._atoms,
            weak=frozenset(self._weak),
            common=frozenset(self._common),
            known=frozenset(self._known | self._common),
            names=frozenset(self._names),
        )


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
