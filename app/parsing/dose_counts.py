"""How many are taken when, as prescriptions write it: "1-0-1", "subah ek raat ek". Pure."""

from collections.abc import Collection

import regex

from app.parsing.roles import Roles
from app.parsing.scene import Scene

MOST_COUNTED = 2.0
"""More tablets at once are rare: beside a part of the day a larger number is an hour."""

_ONE = r"(\d|½|1/2|0\.5)"
_LINK = r"\s*[-–—+]\s*"
_WRITTEN = regex.compile(
    rf"(?<![\d.-]){_ONE}{_LINK}{_ONE}{_LINK}{_ONE}(?:{_LINK}{_ONE})?(?![\d-])"
    r"|^\s*([0-2])\s+([0-2])\s+([0-2])\s*$"
)
_CLOCKS = frozenset({"times.clock", "times.am", "times.pm", "times.at"})
_MAYBE_COUNTS = frozenset({None, "word", "clock", "count"})
_NOON = frozenset({"times.noon", "words.lunch"})


def written(text: str) -> tuple[bool, ...]:
    """Read the notation of prescriptions: whether any is taken at each of three or four times.

    Returns:
        Morning, noon and night, or morning, noon, evening and night; empty where none is written.
    """
    match = _WRITTEN.search(text)
    counts = [one for one in match.groups() if one is not None] if match else []
    return tuple(not (one.isdecimal() and int(one) == 0) for one in counts)


def counted(seen: Scene, named: Roles, told: Collection[int]) -> frozenset[int]:
    """Give the numbers that count tablets beside parts of the day, and are no hours.

    Nobody takes a medicine at one or two in the night or the morning; at noon they are hours.

    Args:
        seen: The message.
        named: The roles of its numbers.
        told: Where the parts of the day and the meals stand.
    """
    numbers = [at for at in seen.numbers if named.get(at) in _MAYBE_COUNTS]
    if not numbers or not all(_is_small(seen, at) for at in numbers):
        return frozenset()
    is_noon = all(seen.may_be(at, _NOON) for at in told)
    return frozenset() if is_noon else frozenset(numbers)


def left_out(seen: Scene, numbers: Collection[int], told: Collection[int]) -> frozenset[int]:
    """Give the parts of the day at which none is taken: "subah 1 dopahar 0 raat 1"."""
    order = sorted([*numbers, *told])
    step = 1 if order and order[0] in numbers else -1
    none = (n for n, at in enumerate(order) if at in numbers and seen.pieces[at].values[0] == 0)
    beside = (n + step for n in none)
    return frozenset(order[n] for n in beside if 0 <= n < len(order) and order[n] in told)


def _is_small(seen: Scene, index: int) -> bool:
    piece = seen.pieces[index]
    said_clock = seen.may_be(index + 1, _CLOCKS)
    return piece.kind == "number" and not said_clock and 0 <= piece.values[0] <= MOST_COUNTED
