"""Saying every red flag of the word lists, with endings, alone and in a sentence."""

import tomllib
from collections.abc import Iterator
from itertools import product
from random import Random
from typing import NamedTuple

from app.parsing.load import LOCALES
from app.parsing.meanings import RED_FLAGS

_SEED = 20260510
_EACH = 12
"""How many ways to say a phrase of the lists are tried, each with an ending and a frame."""

_ENDINGS = {
    "mr": ("ला", "ते", "त", "la", "te", "at"),
    "gu": ("તો", "તી", "ે", "to", "ti", "e"),
    "ta": ("து", "றார்", "ம்", "du", "raar", "raanga"),
    "te": ("ుతోంది", "ింది", "ు", "utondi", "indi", "u"),
    "bn": ("েছে", "ছে", "ে", "eche", "che", "e"),
}
"""Three endings in the language's own letters and three in Latin ones, of verbs and of nouns."""

_FRAMES = {
    "en": ("my father {}", "please help, {}", "sugar 250, {}", "{} since morning"),
    "hi": (
        "मेरे पापा {}", "कृपया मदद करें, {}", "शुगर 250, {}", "सुबह से {}",
        "mere papa {}", "please help, {}", "sugar 250, {}", "subah se {}",
    ),
    "mr": (
        "माझे बाबा {}", "कृपया मदत करा, {}", "शुगर 250, {}", "सकाळपासून {}",
        "majhe baba {}", "please help, {}", "sugar 250, {}", "sakalpasun {}",
    ),
    "gu": (
        "મારા પપ્પા {}", "મહેરબાની કરીને મદદ કરો, {}", "સુગર 250, {}", "સવારથી {}",
        "mara pappa {}", "please help, {}", "sugar 250, {}", "savarthi {}",
    ),
    "ta": (
        "அம்மாவுக்கு {}", "தயவுசெய்து உதவுங்க, {}", "சுகர் 250, {}", "காலையிலிருந்து {}",
        "ammaku {}", "please help, {}", "sugar 250, {}", "kaalaiyilirundhu {}",
    ),
    "te": (
        "మా నాన్నకి {}", "దయచేసి సహాయం చేయండి, {}", "షుగర్ 250, {}", "పొద్దున్న నుంచి {}",
        "amma ki {}", "please help, {}", "sugar 250, {}", "poddunna nunchi {}",
    ),
    "bn": (
        "আমার বাবার {}", "দয়া করে সাহায্য করুন, {}", "সুগার 250, {}", "সকাল থেকে {}",
        "amar babar {}", "please help, {}", "sugar 250, {}", "sokal theke {}",
    ),
}  # fmt: skip

LANGUAGES = tuple(_FRAMES)


class Said(NamedTuple):
    """A red flag in the words of a language.

    Attributes:
        language: Whose lists name it.
        flag: The symptom meant.
        phrase: The words of the list.
        text: The message.
    """

    language: str
    flag: str
    phrase: str
    text: str


def said(language: str, each: int = _EACH) -> Iterator[Said]:
    """Say every red flag of a language, alone and in a frame, the same ways each time."""
    chance = Random(f"{_SEED} {language}")  # noqa: S311 - a fixed draw
    listed = tomllib.loads((LOCALES / language / "symptoms.toml").read_text(encoding="utf-8"))
    for flag in sorted(RED_FLAGS):
        for phrase in _phrases(listed["symptoms"][flag]):
            ways = list(product(*map(_choices, phrase.split())))
            for words in chance.sample(ways, min(each, len(ways))):
                yield from _framed(language, flag, [word for word in words if word], chance)


def _phrases(listed: list[str] | dict[str, list[str]]) -> list[str]:
    return (
        [one for forms in listed.values() for one in forms] if isinstance(listed, dict) else listed
    )


def _choices(word: str) -> list[str]:
    ways = [way for way in word.rstrip("?").split("|") if way]
    return [*ways, ""] if word.endswith("?") else ways


def _framed(language: str, flag: str, words: list[str], chance: Random) -> Iterator[Said]:
    if not words:
        return
    phrase = " ".join(words)
    text = " ".join(_ended(language, word, chance) for word in words)
    yield Said(language, flag, phrase, text)
    yield Said(
        language, flag, phrase, chance.choice(_of_script(_FRAMES[language], text)).format(text)
    )


def _ended(language: str, word: str, chance: Random) -> str:
    """Write a stem with an ending of its script."""
    stem = word.removesuffix("*")
    return stem if stem == word else stem + chance.choice(_of_script(_ENDINGS[language], stem))


def _of_script(many: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Take the half in the language's own letters or the half in Latin ones."""
    if all(one.isascii() for one in many):
        return many
    half = len(many) // 2
    return many[half:] if text.isascii() else many[:half]
