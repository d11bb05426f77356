"""Cutting a message into tokens, each with its place in the text as received. Pure."""

from collections.abc import Callable
from typing import NamedTuple

import regex

from app.parsing.folding import exact

MAX_CHARACTERS = 4096
"""WhatsApp's own limit of a text message; what comes after is not considered."""

_HIDDEN = r"[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFE0F\u20E3\u00AD]"
_DASH = r"[-_\u2010-\u2015]"
_DIGITS = rf"\p{{Nd}}(?:{_HIDDEN}*\p{{Nd}})*"
# Most tokens are words and plain numbers: a space is left at once unless a fraction follows it, and
# a number with a word behind it is known before the shapes that are made of several.
_TOKEN = regex.compile(
    rf"""
    (?=\S|\s?[½¼¾])(?:
    (?P<code>(?=[dD])(?i:(?<![\p{{L}}\p{{N}}])doc(?:\s?{_DASH}\s?[a-z\p{{Nd}}]{{6}}
      | [\s:]?(?=[a-z]*\p{{Nd}})(?=\p{{Nd}}*[a-z])[a-z\p{{Nd}}]{{6}}
      | \s?{_DASH}\s?[a-z\p{{Nd}}]{{2,10}}{_DASH}(?=[a-z]*\p{{Nd}})[a-z\p{{Nd}}]{{2,10}}
      | \s?{_DASH}\s?(?=[a-z]*\p{{Nd}})[a-z\p{{Nd}}]{{4,10}})(?![\p{{L}}\p{{N}}])))
    | (?P<word>\p{{L}}[\p{{L}}\p{{M}}]*+(?:(?:{_HIDDEN}|['’ʼ](?=\p{{L}}))[\p{{L}}\p{{M}}]*+)*+)
    | (?P<number>\p{{Nd}}{{1,5}}+(?=\s*+(?:(?![oO])\p{{L}}|$)))
    | (?P<phone>\+\p{{Nd}}[\p{{Nd}}\s-]{{7,14}}\p{{Nd}}
      | (?<![\p{{Nd}}.])(?:\p{{Nd}}{{5}}[\s-]\p{{Nd}}{{5}}
      | \p{{Nd}}{{3}}-\p{{Nd}}{{3}}-\p{{Nd}}{{4}} | \p{{Nd}}{{3,4}}\s\p{{Nd}}{{3}}\s\p{{Nd}}{{4}}
      | \p{{Nd}}{{4}}\s\p{{Nd}}{{3}}\s\p{{Nd}}{{3}}
      | \p{{Nd}}{{6,}})(?![\p{{Nd}}]))
    | (?P<date>\p{{Nd}}{{4}}-\p{{Nd}}{{1,2}}-\p{{Nd}}{{1,2}}(?!\p{{Nd}})
      | \p{{Nd}}{{1,2}}(?P<sep>[/.-])\p{{Nd}}{{1,2}}(?P=sep)
        (?:\p{{Nd}}{{4}}|\p{{Nd}}{{2}})(?![\p{{Nd}}/]))
    | (?P<clock>\p{{Nd}}{{1,2}}:\p{{Nd}}{{2}}(?::\p{{Nd}}{{2}})?(?!\p{{Nd}}))
    | (?P<ratio>\p{{Nd}}{{2,3}}(?:\.\p{{Nd}})?\s?/\s?\p{{Nd}}{{2,3}}(?:\.\p{{Nd}})?(?![\p{{Nd}}/]))
    | (?P<spaced>(?<![\p{{Nd}}.,]\s?)\p{{Nd}}\ +\p{{Nd}}\ +\p{{Nd}}
      (?!\s?(?:[\p{{Nd}}/:] | [.,]\s?\p{{Nd}})))
    | (?P<tamil>[\u0BE6-\u0BEF]*[\u0BF0-\u0BF2][\u0BE6-\u0BF2]*)
    | (?P<fraction>\p{{Nd}}*\s?[½¼¾])
    | (?P<letter_o>\p{{Nd}}+[oO]\p{{Nd}}*(?![\p{{L}}\p{{M}}\p{{Nd}}]))
    | (?P<number>{_DIGITS}(?:,{_DIGITS})*(?:[.·٫]{_DIGITS})?)
    | (?P<mark>[.!?…।॥]+ | \n+ | [^\s]))
    """,
    regex.VERBOSE,
)
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_LARGEST = 1e9
_TAMIL = {"\u0bf0": 10, "\u0bf1": 100, "\u0bf2": 1000}
_NOT_DIGITS = regex.compile(r"[^\p{Nd}.]")
_DECIMAL_COMMA = regex.compile(r"\p{Nd}{1,2},\p{Nd}")
_TWO_VALUES = regex.compile(r"\p{Nd}{2,3},\p{Nd}{3}")


class Token(NamedTuple):
    """One token.

    Attributes:
        kind: `word number ratio clock date phone code mark`.
        start: Offset of its first character in the text.
        end: Offset behind its last.
        key: The exact key of a word, the text of a mark, the digits of anything else.
        values: A number's value, the two of a ratio, hour and minute of a clock; else empty.
    """

    kind: str
    start: int
    end: int
    key: str
    values: tuple[float, ...] = ()


def tokens(text: str) -> list[Token]:
    """Cut a text into tokens, in its order; white space between them is dropped."""
    return [_token(match) for match in _TOKEN.finditer(text, 0, MAX_CHARACTERS)]


def _token(match: "regex.Match[str]") -> Token:
    kind, said = match.lastgroup or "mark", match[0]
    start, end = match.span()
    if kind == "word":
        return Token(kind, start, end, exact(said))
    if kind == "mark":
        return Token(kind, start, end, said)
    if kind == "sep":
        kind = "date"
    if kind in _READERS:
        kind, values = _READERS[kind](said)
        return Token(kind, start, end, in_ascii_digits(said), values)
    return Token(kind, start, end, in_ascii_digits(said))


def in_ascii_digits(said: str) -> str:
    """Write the digits of every script as 0 to 9, and leave all else."""
    return said if said.isascii() else "".join(str(int(c)) if c.isdecimal() else c for c in said)


def _number(said: str) -> tuple[str, tuple[float, ...]]:
    if "," in said:
        if _DECIMAL_COMMA.fullmatch(said):
            return "number", (float(said.replace(",", ".")),)
        if _TWO_VALUES.fullmatch(said):
            first, second = said.split(",")
            return "ratio", (float(first), float(second))
    return "number", (_digits(said),)


def _digits(said: str) -> float:
    digits = _NOT_DIGITS.sub("", said.replace("·", ".").replace("٫", "."))
    return min(float(digits), _LARGEST)


_Reader = Callable[[str], tuple[str, tuple[float, ...]]]


def _parts(kind: str, separator: str) -> _Reader:
    def read(said: str) -> tuple[str, tuple[float, ...]]:
        return kind, tuple(_digits(part) for part in said.split(separator))

    return read


def _spaced(said: str) -> tuple[str, tuple[float, ...]]:
    return "number", (_digits(said),)


def _fraction(said: str) -> tuple[str, tuple[float, ...]]:
    whole = said[:-1].strip()
    return "number", ((_digits(whole) if whole else 0.0) + _FRACTIONS[said[-1]],)


def _letter_o(said: str) -> tuple[str, tuple[float, ...]]:
    return "number", (_digits(said.replace("o", "0").replace("O", "0")),)


def _tamil(said: str) -> tuple[str, tuple[float, ...]]:
    total, digit = 0, 0
    for char in said:
        if char in _TAMIL:
            total, digit = total + (digit or 1) * _TAMIL[char], 0
        else:
            digit = digit * 10 + int(char)
    return "number", (float(total + digit),)


_READERS: dict[str, _Reader] = {
    "number": _number,
    "ratio": _parts("ratio", "/"),
    "clock": _parts("clock", ":"),
    "spaced": _spaced,
    "fraction": _fraction,
    "letter_o": _letter_o,
    "tamil": _tamil,
}
