"""How wide words are in a picture, near enough to break lines. Pure.

Which font shows a picture is not known here, so the widths are those of broad ones.
"""

from __future__ import annotations

from functools import cache
from unicodedata import category

NARROW, WIDE = frozenset("iljtfrI.,:;'!|()[]- "), frozenset("mwMW—@%")
BLOCKS = ((0x0B80, 0x0BFF, 0.95), (0x0C00, 0x0C7F, 0.85), (0x0900, 0x0DFF, 0.72))
"""Tamil and Telugu are broader than the other Indian scripts: first and last letter, ems."""
LATIN, CAPITAL, BROAD, SYMBOL = 0.57, 0.68, 0.9, 1.3
SYMBOLS_FROM = 0x3000


def wrapped(words: str, width: float, size: float) -> tuple[str, ...]:
    """Break words into lines of at most a width; a word that is broader has its own line.

    Args:
        words: Line breaks in them stay.
        width: In the picture's units, as is `size`.
        size: Of the letters.
    """
    lines: list[str] = []
    for paragraph in words.split("\n"):
        lines += _paragraph(paragraph, width / size)
    return tuple(lines)


def ems(words: str) -> float:
    """Measure words on one line, in the size of their letters."""
    return sum(map(_em, words))


def _paragraph(words: str, width_em: float) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and ems(longer) > width_em:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@cache
def _em(letter: str) -> float:
    kind = category(letter)
    if kind in {"Mn", "Me", "Cf"}:
        return 0
    if kind == "Mc":
        return 0.45
    return _base(letter)


def _base(letter: str) -> float:
    if letter in NARROW:
        return 0.32
    for first, last, em in BLOCKS:
        if first <= ord(letter) <= last:
            return em
    if ord(letter) >= SYMBOLS_FROM:
        return SYMBOL
    return BROAD if letter in WIDE else CAPITAL if letter.isupper() else LATIN
