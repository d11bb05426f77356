"""Composing number words: 0 to 999 and beyond, in the forms people say them. Pure."""

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from app.parsing.lexicon import BELOW_HUNDRED, Atom

MOST_WORDS = 8
"""The longest run considered as one number."""


class Composed(NamedTuple):
    """A number made of the first `length` atoms; several values where a spelling is ambiguous."""

    length: int
    values: tuple[float, ...]


def compose(atoms: Sequence[Atom]) -> Composed | None:
    """Compose the longest number at the start of a run of atoms, or None where there is none."""
    if not atoms:
        return None
    run = atoms[:MOST_WORDS]
    readings = [_one(kinds) for kinds in _unambiguous(run)]
    longest = max((length for length, _ in readings), default=0)
    if not longest:
        return None
    values = {value for length, value in readings if length == longest}
    return Composed(longest, tuple(sorted(values)))


Plain = tuple[str, float]


def _unambiguous(run: Sequence[Atom]) -> list[tuple[Plain, ...]]:
    choices = [[(_kind(atom, value), value) for value in atom.values] for atom in run]
    return list(product(*choices)) if sum(len(c) > 1 for c in choices) < 4 else []  # noqa: PLR2004 - a bound on work


def _kind(atom: Atom, value: float) -> str:
    if atom.kind not in BELOW_HUNDRED:
        return atom.kind
    if value < 10:  # noqa: PLR2004 - digits end at nine
        return "digit"
    return "tens" if value >= 20 and value % 10 == 0 else "teens"  # noqa: PLR2004 - decimal system


def _one(run: tuple[Plain, ...]) -> tuple[int, float]:
    kind, value = run[0]
    if kind in {"plus", "share"}:
        return _fraction(run, kind, value)
    dictated = _dictated(run)
    if dictated:
        return dictated
    start, total = _hundreds(run)
    length, small = _below_hundred(run[start:]) if start or kind != "hundred" else (0, 0)
    if _kind_at(run, start + length) == "thousand":
        return start + length + 1, (total + small or 1) * 1000
    return _with_point(run, start + length, total + small)


def _kind_at(run: tuple[Plain, ...], index: int) -> str:
    return run[index][0] if index < len(run) else ""


def _hundreds(run: tuple[Plain, ...]) -> tuple[int, float]:
    """Take "two hundred (and)", a joined form, or the "one" of "one eighty"."""
    kind, value = run[0]
    if kind in {"hundred", "hundreds"}:
        return _skip_and(run, 1), value
    length, small = _below_hundred(run)
    if length and _kind_at(run, length) == "hundred":
        return _skip_and(run, length + 1), small * run[length][1]
    if kind == "digit" and value and length == 1 and _kind_at(run, 1) in {"tens", "teens"}:
        return 1, value * 100
    return 0, 0.0


def _skip_and(run: tuple[Plain, ...], index: int) -> int:
    following = _kind_at(run, index + 1)
    return index + (
        _kind_at(run, index) == "and" and following in {"digit", "teens", "tens", "numeral"}
    )


def _below_hundred(run: tuple[Plain, ...]) -> tuple[int, float]:
    kind = _kind_at(run, 0)
    if kind == "tens" and _kind_at(run, 1) == "digit" and run[1][1]:
        return 2, run[0][1] + run[1][1]
    return (1, run[0][1]) if kind in {"digit", "teens", "tens", "numeral"} else (0, 0.0)


def _dictated(run: tuple[Plain, ...]) -> tuple[int, float] | None:
    """Take three digits said one by one; more of them are a code or a phone number."""
    digits = 0
    while _kind_at(run, digits) == "digit":
        digits += 1
    if digits != 3 or _kind_at(run, 3) == "hundred":  # noqa: PLR2004 - a reading has three
        return (digits, -1.0) if digits > 3 else None  # noqa: PLR2004 - as above
    return 3, run[0][1] * 100 + run[1][1] * 10 + run[2][1]


def _fraction(run: tuple[Plain, ...], kind: str, value: float) -> tuple[int, float]:
    following = _kind_at(run, 1)
    if kind == "share":
        return (2, value * 100) if following == "hundred" else (1, value)
    if following in {"hundred", "hundreds"}:
        return 2, run[1][1] + value * 100
    length, small = _below_hundred(run[1:])
    if not length:
        return (1, 1 + value)
    if _kind_at(run, 1 + length) == "hundred":
        return 2 + length, (small + value) * 100
    return 1 + length, small + value


def _with_point(run: tuple[Plain, ...], length: int, whole: float) -> tuple[int, float]:
    if _kind_at(run, length) == "point" and _kind_at(run, length + 1) == "digit":
        return length + 2, whole + run[length + 1][1] / 10
    return length, whole
