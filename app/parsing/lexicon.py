"""The words of all languages, ready to be looked up. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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


class Ending(NamedTuple):
    """A phrase of the lists that ends here: its concepts and the languages that have it."""

    concepts: frozenset[str]
    locales: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The words of all languages.

    Attributes:
        locales: By language code.
        by_fold: Lexemes by profile and folded key.
        profiles: The different folds among the languages.
        phrases: A tree of lexemes; the key "" holds the `Ending`.
        orders: The same for commands, which lie over other words.
        atoms: Number words by lexeme.
        weak: Lexemes that are a number only beside another or a counted word.
        common: Lexemes of ordinary words that no fold may claim.
        medicines: Exact name to generic.
        medicine_folds: Folded name to generic.
        script_locales: Language codes by script.
        languages: Codes of the languages that have a name in some list.
    """

    locales: Mapping[str, Locale]
    by_fold: tuple[Mapping[str, tuple[str, ...]], ...]
    profiles: tuple[tuple[tuple[str, str], ...], ...]
    phrases: dict[str, Any]
    orders: dict[str, Any]
    atoms: Mapping[str, Atom]
    weak: frozenset[str]
    common: frozenset[str]
    medicines: Mapping[str, str]
    medicine_folds: Mapping[str, str]
    script_locales: Mapping[str, tuple[str, ...]]
    languages: tuple[str, ...]


@lru_cache(maxsize=32768)
def lexemes(lexicon: Lexicon, key: str) -> tuple[str, ...]:
    """List what a word's exact key may stand for, the exact word first."""
    found = [key]
    if key.isascii() and key not in lexicon.common:
        for profile, by_fold in zip(lexicon.profiles, lexicon.by_fold, strict=True):
            found += by_fold.get(folded(key, profile), ())
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=32768)
def atom(lexicon: Lexicon, key: str) -> Atom | None:
    """Find what a word adds to a number, by its exact key first and then by its folds."""
    if key in lexicon.atoms:
        return lexicon.atoms[key]
    found = [lexicon.atoms[word] for word in lexemes(lexicon, key) if word in lexicon.atoms]
    if not found or len({one.kind for one in found}) > 1:
        return None
    values = tuple(sorted({value for one in found for value in one.values}))
    return Atom(found[0].kind, values)


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
    """Gathers words, and makes the lexicon of them."""

    def __init__(self) -> None:
        self.locales: dict[str, Locale] = {}
        self._profiles: dict[tuple[tuple[str, str], ...], dict[str, dict[str, None]]] = {}
        self._phrases: dict[str, Any] = {}
        self._orders: dict[str, Any] = {}
        self._atoms: dict[str, Atom] = {}
        self._weak: set[str] = set()
        self._common: set[str] = set()
        self._medicines: dict[str, str] = {}
        self._languages: set[str] = set()

    def add_locale(self, locale: Locale) -> None:
        """Make a language known; its words come afterwards."""
        self.locales[locale.code] = locale
        if locale.folds:
            self._profiles.setdefault(locale.replace, {})

    def add_phrases(self, locale: Locale, concept: str, phrases: Iterable[str]) -> None:
        """Add every way to say a concept."""
        section, _, name = concept.partition(".")
        if section == "languages":
            self._languages.add(name)
        for phrase in phrases:
            self._add_phrase(locale, concept, choices(phrase))

    def _add_phrase(self, locale: Locale, concept: str, words: list[list[tuple[str, ...]]]) -> None:
        for key in {key for ways in words for way in ways for key in way}:
            self.add_word(locale, key)
        nodes = [self._orders if concept.startswith(_ORDERS) else self._phrases]
        for ways in words:
            nodes = [_descend(node, way) for node in nodes for way in ways]
        for node in nodes:
            old = node.get("", _NOTHING)
            node[""] = Ending(old.concepts | {concept}, old.locales | {locale.code})

    def add_word(self, locale: Locale, key: str) -> None:
        """Make a word findable by its folds."""
        if not locale.folds:
            return
        by_fold = self._profiles[locale.replace]
        spelled = spellings(key, keeps_final=locale.keeps_final) if is_brahmic(key) else {key}
        for one in spelled:
            if one.isascii() and one[:1].isalpha():
                by_fold.setdefault(folded(one, locale.replace), {})[key] = None

    def add_number(self, locale: Locale, kind: str, value: float, words: Iterable[str]) -> None:
        """Add the words of a number; a word that has a value already gets one more."""
        for key in map(exact, words):
            self.add_word(locale, key)
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

    def add_medicine(self, generic: str, names: Iterable[str]) -> None:
        """Add a generic with its brands."""
        for name in (generic, *names):
            self._medicines[exact(name)] = generic

    def build(self) -> Lexicon:
        """Make the lexicon of everything added."""
        scripts: dict[str, tuple[str, ...]] = {}
        for code, locale in self.locales.items():
            scripts[locale.script] = (*scripts.get(locale.script, ()), code)
        return Lexicon(
            locales=dict(self.locales),
            by_fold=tuple(
                {k: tuple(v) for k, v in fold.items()} for fold in self._profiles.values()
            ),
            profiles=tuple(self._profiles),
            phrases=self._phrases,
            orders=self._orders,
            atoms=dict(self._atoms),
            weak=frozenset(self._weak),
            common=frozenset(self._common),
            medicines=dict(self._medicines),
            medicine_folds={folded(name): generic for name, generic in self._medicines.items()},
            script_locales=scripts,
            languages=tuple(sorted(self._languages)),
        )
