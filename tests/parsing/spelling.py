"""A small speller: the ways to say a number, from the word lists themselves."""

import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

from app.parsing.load import LOCALES

NATIVE_ZERO = {"hi": "०", "mr": "०", "ta": "௦", "te": "౦", "bn": "০", "gu": "૦", "en": "0"}


@cache
def _lists(language: str) -> dict[str, dict[float, list[str]]]:
    text = (LOCALES / language / "numbers.toml").read_text(encoding="utf-8")
    read: dict[str, Any] = tomllib.loads(text)
    return {
        kind: {float(value): words.split() for value, words in listed.items()}
        for kind, listed in read.items()
    }


def said(language: str, kind: str, value: float = 0, *, latin: bool) -> list[str]:
    """List the words of one entry that are in Latin letters, or those that are not."""
    words = _lists(language).get(kind, {}).get(value, [])
    return [word for word in words if (word[0] < "\u0250") is latin]


def values(language: str, kind: str) -> list[float]:
    """List the values that have an entry of a kind."""
    return list(_lists(language).get(kind, {}))


@cache
def below_hundred(language: str, number: int, *, latin: bool) -> list[str]:
    """Spell a number below a hundred: a word of its own, else its tens and its digit."""
    own = said(language, "values", number, latin=latin)
    if own or number < 20:
        return own
    tens = said(language, "values", number // 10 * 10, latin=latin)
    return _joined(tens, said(language, "values", number % 10, latin=latin))


@cache
def spelled(language: str, number: int, *, latin: bool) -> list[str]:
    """Spell a number below a thousand in every way the lists have, the first one first."""
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return below_hundred(language, number, latin=latin)
    front = [*_hundreds(language, hundreds, latin=latin)]
    if not rest:
        return front
    behind = below_hundred(language, rest, latin=latin)
    links = said(language, "and", latin=latin)
    return _joined(front, behind) + [f"{a} {b} {c}" for a, b, c in product(front, links, behind)]


def _hundreds(language: str, hundreds: int, *, latin: bool) -> Iterator[str]:
    yield from said(language, "hundreds", hundreds * 100, latin=latin)
    hundred = said(language, "hundred", 100, latin=latin)
    yield from _joined(said(language, "values", hundreds, latin=latin), hundred)


def _joined(front: list[str], behind: list[str]) -> list[str]:
    return [f"{one} {other}" for one, other in product(front, behind)]


def in_digits(text: str, zero: str) -> str:
    """Write the ASCII digits of a text in the script of a zero."""
    return text.translate({ord(str(digit)): chr(ord(zero) + digit) for digit in range(10)})


def tamil(number: int) -> str:
    """Write a number below a thousand with the old signs of ten and a hundred."""
    signs = zip((number // 100, number // 10 % 10, number % 10), "௱௰ ", strict=True)
    parts = [("" if digit == 1 and sign != " " else in_digits(str(digit), "௦")) + sign
             for digit, sign in signs if digit]  # fmt: skip
    return "".join(parts).strip() or "௦"
