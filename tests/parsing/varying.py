"""The same message as other people type it: variants that must not change what it means."""

from collections.abc import Callable, Iterator
from typing import NamedTuple
from unicodedata import normalize

import regex
from fliprate import perturb

from tests.parsing.spelling import NATIVE_ZERO, in_digits

_KINDS = ("repetition", "case", "unicode")
"""Of fliprate's kinds two change messages of ours: taking all punctuation away makes 120/80 another
number, and its digits are Devanagari's alone."""
_SPELLED = {"hi": ("spelling", *_KINDS), "mr": ("spelling", *_KINDS)}
"""Its spellings for the other languages mix persons: Gujarati "chhe" is no "chho"."""
_SEED = 20260510
_EACH = 2
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]++(?![\p{Nd}_-])")
_LONG_WORD = regex.compile(r"\b[a-z]{5,}\b", regex.IGNORECASE)
_INSIDE = regex.compile(r"(?<=[aeiou])[bdfgklmnprst](?=[aeiou])", regex.IGNORECASE)


class Variant(NamedTuple):
    """A message typed another way, and what was done to it."""

    kind: str
    text: str


def _doubled(word: regex.Match[str]) -> str:
    return _INSIDE.sub(lambda letter: letter[0] * 2, word[0], count=1)


def _native_digits(text: str, language: str) -> str:
    return in_digits(text, NATIVE_ZERO[language])


_OURS: dict[str, Callable[[str, str], str]] = {
    "capitals": lambda text, _: text.upper(),
    "small letters": lambda text, _: text.lower(),
    "wider spaces": lambda text, _: f"  {text.replace(' ', '   ')} ",
    "a full stop": lambda text, _: f"{text}.",
    "a danda": lambda text, _: f"{text}।",
    "an emoji": lambda text, _: f"{text} 🙏🏽",
    "a polite word": lambda text, _: f"please {text}",
    "a doubled letter": lambda text, _: _LONG_WORD.sub(_doubled, text),
    "wide digits": lambda text, _: in_digits(text, "０"),
    "native digits": _native_digits,
    "composed": lambda text, _: normalize("NFC", text),
    "decomposed": lambda text, _: normalize("NFD", text),
    "joiners": lambda text, _: _WORD.sub(lambda word: f"{word[0]}\u200d\u200c", text),
}


def variants(text: str, language: str) -> Iterator[Variant]:
    """Type a message in other ways, the same ones each time; ways that change nothing are none."""
    for kind, typed in _OURS.items():
        other = typed(text, language)
        if other != text:
            yield Variant(kind, other)
    for one in perturb(text, n=_EACH, kinds=_SPELLED.get(language, _KINDS), seed=_SEED):
        yield Variant(f"fliprate: {one.kind}", one.text)
