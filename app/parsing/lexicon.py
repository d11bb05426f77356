"""The words of all languages, ready to be looked up. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from app.parsing.folding import folded, is_brahmic, levelled, squeezed
from app.parsing.tree import Tree


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
        speakers: Millions of them; of two languages that share every word, more people mean this.
        folds: Whether its Latin spellings vary freely and are matched by their fold.
        replace: Further folds of its own.
        first: Folds of its own that come before the general ones.
        keeps_final: Whether an unwritten vowel at the end may be heard.
        final_nasal: How the nasal sign is heard at the end of a word, where it is.
        joins: Whether the words of a number are written as one.
        denials: Endings that deny the verb they stand at.
        endings: Endings that a noun takes, of whatever language the noun is.
        inherent: How the unwritten vowel is written in Latin letters.
        glued: Endings written at number words, as keys: counting words and clock words.
        least_stem: How long the fold of a stem must be; a native one must be longer by one.
        parted: Words of their own that are written at a verb as well, as keys: denials.
        postpositions: Words of its own that are written at the word before them.
        native: Letters of its own script that are written one for the other.
    """

    code: str
    script: str
    speakers: float = 0.0
    folds: bool = False
    replace: tuple[tuple[str, str], ...] = ()
    keeps_final: bool = False
    joins: bool = False
    final_nasal: str = ""
    denials: tuple[str, ...] = ()
    first: tuple[tuple[str, str], ...] = ()
    endings: tuple[str, ...] = ()
    inherent: tuple[str, ...] = ("a",)
    glued: tuple[str, ...] = ()
    parted: tuple[str, ...] = ()
    least_stem: int = 0
    postpositions: tuple[str, ...] = ()
    native: tuple[tuple[str, str], ...] = ()

    def fold(self, word: str) -> str:
        """Give the key that the spellings of a word share in this language."""
        if not word.isascii():
            return levelled(word, self.native)
        for old, new in self.first:
            word = word.replace(old, new)
        return folded(word, self.replace)


ENGLISH = "en"
BELOW_HUNDRED = frozenset({"digit", "teens", "tens"})
"""Kinds of number words that one spelling may be two of: it is asked about."""
ANY_ENDING = "*"
_VOWEL_SIGNS, _VIRAMA, _SHORT_U = range(0x3E, 0x4D), 0x4D, 0x41
STEM = range(3, 25)
"""How long a stem may be: a shorter one would claim ordinary words."""
_LEAST_INSIDE = 2
"""How long a native one may be behind the first word of a phrase, which vouches for it."""

LEAST_DOUBLED = 5
"""A shorter word with a letter doubled is another word too often: "soon" is no "son"."""


class Words:
    """The words of one language; their indices are made when one of them is first asked for.

    Attributes:
        locale: What is said of the language as a whole.
        by_fold: Words by their folded key, or with doubled letters written once.
        stems: Words of the lists with any ending, as `stem*`, by the stem.
        fold_stems: The same by the folded stem.
        phrases: A tree of words.
        orders: The same for commands, which lie over other words.
        atoms: Number words.
        fold_atoms: The same by their folds, where numbers are written as one.
        weak: Words that are a number only beside another or a counted word.
        common: Ordinary words that no fold may claim.
        known: Every word of the lists.
        names: Codes of the languages that have a name here.
        foods: Names of foods of one word, each to its concept.
    """

    locale: Locale
    by_fold: Mapping[str, tuple[str, ...]]
    stems: Mapping[str, str]
    fold_stems: Mapping[str, tuple[str, ...]]
    phrases: Tree
    orders: Tree
    atoms: Mapping[str, Atom]
    fold_atoms: Mapping[str, Atom]
    weak: frozenset[str]
    common: frozenset[str]
    known: frozenset[str]
    names: frozenset[str]
    foods: Mapping[str, str]

    def __init__(self, locale: Locale, make: Callable[[], Mapping[str, Any]]) -> None:
        """Take what makes the other attributes, by their names; the same each time."""
        self.locale = locale
        self._make = make

    def __getattr__(self, name: str) -> Any:
        if name not in Words.__annotations__:
            raise AttributeError(name)
        self.__dict__.update(self._make())
        return self.__dict__[name]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words of several languages, the one that counts most first.

    Attributes:
        words: One entry a language.
        medicines: Exact name to generic.
        medicine_folds: Folded name to generic.
        own: The language of the person who is heard, where it is known.
        help_words: The lists that tell of help, which are heard in danger only.
        question_words: The lists of what is asked, for questions that are alike.
    """

    words: tuple[Words, ...]
    medicines: Mapping[str, str]
    medicine_folds: Mapping[str, str]
    own: str | None = None
    help_words: "Lexicon | None" = None
    question_words: "Lexicon | None" = None

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The languages, by their codes."""
        return tuple(words.locale.code for words in self.words)

    @cached_property
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
    """Whether a word stands in the lists of a language, as written, by its fold or its stem."""
    return key in words.known or forms(words, key) != (key,)


@lru_cache(maxsize=65536)
def lexemes(lexicon: Lexicon, key: str) -> tuple[tuple[str, ...], ...]:
    """List what a word's exact key may stand for in each language, the exact word first."""
    if lexicon.is_common(key):
        return tuple(_as_written(words, key) for words in lexicon.words)
    return tuple(forms(words, key) for words in lexicon.words)


def _as_written(words: Words, key: str) -> tuple[str, ...]:
    """List a word and the stem that is the whole of it."""
    return (key, words.stems[key]) if key in words.stems else (key,)


@lru_cache(maxsize=65536)
def forms(words: Words, key: str) -> tuple[str, ...]:
    """List the words of a language that a key may be: itself, those of its fold, its stems."""
    found = [key]
    if words.locale.folds and (words.locale.native or key.isascii()):
        fold = words.locale.fold(key)
        found += words.by_fold.get(fold, ())
        found += [one for stem in _starts(fold) for one in words.fold_stems.get(stem, ())]
    found += [words.stems[stem] for stem in _starts(key) if stem in words.stems]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=65536)
def short_stems(lexicon: Lexicon, key: str) -> tuple[tuple[str, ...], ...]:
    """List in each language the stem of a word that is too short to be one by itself."""
    if not is_brahmic(key) or len(key) < _LEAST_INSIDE:
        return tuple(() for _ in lexicon.words)
    return tuple(_short_stem(words, key[:_LEAST_INSIDE]) for words in lexicon.words)


def _short_stem(words: Words, start: str) -> tuple[str, ...]:
    levelled_too = words.fold_stems.get(words.locale.fold(start), ())
    found = dict.fromkeys((words.stems.get(start, ""), *levelled_too))
    return tuple(one for one in found if len(one.removesuffix(ANY_ENDING)) == _LEAST_INSIDE)


def _starts(key: str) -> list[str]:
    """List the stems a word may have, the longest first."""
    return [key[:length] for length in reversed(STEM) if length <= len(key)]


@lru_cache(maxsize=65536)
def denies(words: Words, key: str) -> bool:
    """Whether a word ends as a denied verb of the language does."""
    if not key.isascii():
        return key.endswith(words.locale.denials)
    fold = words.locale.fold(key)
    endings = tuple(words.locale.fold(one) for one in words.locale.denials if one.isascii())
    return fold not in words.fold_stems and fold.endswith(endings)


@lru_cache(maxsize=65536)
def inflected(lexicon: Lexicon, key: str) -> tuple[tuple[str, ...], ...]:
    """List what a word of no list may stand for in each language without the ending it took."""
    none = tuple(() for _ in lexicon.words)
    if any(knows(words, key) for words in lexicon.words):
        return none
    for base in _bases(lexicon, key):
        if any(knows(words, base) for words in lexicon.words):
            return lexemes(lexicon, base)
    return misdoubled(lexicon, key)


def misdoubled(lexicon: Lexicon, key: str) -> tuple[tuple[str, ...], ...]:
    """List the words a key is in each language but for letters doubled or not."""
    return tuple(_misdoubled(words, key) for words in lexicon.words)


@lru_cache(maxsize=65536)
def _misdoubled(words: Words, key: str) -> tuple[str, ...]:
    """List the words of a language whose spellings do not vary, else none: folds do the same."""
    once = squeezed(key)
    if words.locale.folds or len(key) + (once == key) < LEAST_DOUBLED or not key.isascii():
        return ()
    stems = (one for stem in _starts(once) for one in words.fold_stems.get(stem, ()))
    return (*words.by_fold.get(once, ()), *stems)


def _bases(lexicon: Lexicon, key: str) -> list[str]:
    """List what is left of a word without an ending of a noun, the longest ending first."""
    endings = {one for words in lexicon.words for one in words.locale.endings if key.endswith(one)}
    cut = [(key.removesuffix(one), one) for one in sorted(endings, key=len, reverse=True)]
    left = [base + silent for base, one in cut for silent in _without_vowel(one)]
    return [base for base in left if len(base) >= STEM.start]


def _without_vowel(ending: str) -> tuple[str, ...]:
    """What a word has in place of an ending that begins with a vowel: its virama, or a short u."""
    point = ord(ending[0])
    if is_brahmic(ending) and point & 0x7F in _VOWEL_SIGNS:
        return chr(point & ~0x7F | _VIRAMA), chr(point & ~0x7F | _SHORT_U), ""
    return ("", "u") if ending[0] in "aeiou" else ("",)


@lru_cache(maxsize=65536)
def atom(lexicon: Lexicon, key: str) -> Atom | None:
    """Find what a word adds to a number, by its exact key first and then by its folds."""
    for words in lexicon.words:
        if key in words.atoms:
            return words.atoms[key]
    ways_of = lexemes(lexicon, key)
    if not any(knows(words, key) for words in lexicon.words):
        ways_of = misdoubled(lexicon, key)
    for words, ways in zip(lexicon.words, ways_of, strict=True):
        found = [words.atoms[way] for way in ways if way in words.atoms]
        kinds = {one.kind for one in found}
        if len(kinds) == 1 or (kinds and kinds <= BELOW_HUNDRED):
            values = tuple(sorted({value for one in found for value in one.values}))
            return Atom(found[0].kind, values)
    return None
