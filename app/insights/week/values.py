"""The values written beside what is out of range. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.insights.week.box import Box
from app.insights.week.letters import ink_box
from app.insights.week.marks import Kind, Mark, value_of
from app.insights.week.sheet import PLOT, Line, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.insights.week.writing import Pen
    from app.parsing.units import Unit

SIZE = 26
BESIDE = 4
"""Pixels between a mark and its value."""


def values(
    marks: Sequence[Mark], shapes: Sequence[Shape], unit: Unit, pen: Pen
) -> tuple[Line, ...]:
    """Write the values of what is out of range, the gravest first, as many as find a place.

    Args:
        marks: What was read.
        shapes: The same, placed.
        unit: Of the person's meter.
        pen: To write with.
    """
    every = [shape.box for shape in shapes]
    graver = [shape.box for shape in shapes if shape.kind is not Kind.IN_RANGE]
    lines: list[Line] = []
    told = [pair for pair in zip(marks, shapes, strict=True) if pair[0].kind is not Kind.IN_RANGE]
    for mark, shape in sorted(told, key=lambda pair: _grave(pair[0])):
        written = [line.box for line in lines]
        ways = ([*every, *written], [*graver, *written])
        line = _beside(shape, value_of(mark, unit), pen, ways)
        if line is not None:
            lines.append(line)
    return tuple(lines)


def _grave(mark: Mark) -> tuple[bool, float]:
    is_below = mark.kind is Kind.BELOW
    return not is_below, mark.value_mg_dl if is_below else -mark.value_mg_dl


def _beside(shape: Shape, value: str, pen: Pen, in_the_way: Sequence[Sequence[Box]]) -> Line | None:
    """Find a place for a value: over nothing, or else over marks in range only."""
    style = pen.bold(SIZE)
    ink = ink_box(value, style)
    for others in in_the_way:
        for place in _places(shape, ink):
            if PLOT.holds(place) and not any(place.touches(other) for other in others):
                return Line(value, style, place.left - ink.left, place.top - ink.top)
    return None


def _places(shape: Shape, ink: Box) -> tuple[Box, ...]:
    """List where a value can stand: right, left, above, below, then at the corners."""
    box, (width, height) = shape.box, (ink.width, ink.height)
    right, left = box.right + BESIDE, box.left - BESIDE - width
    above, below = box.top - BESIDE - height, box.bottom + BESIDE
    same_level, middle = shape.y - height // 2, shape.x - width // 2
    sides = ((right, same_level), (left, same_level), (middle, above), (middle, below))
    corners = ((right, above), (right, below), (left, above), (left, below))
    return tuple(Box(x, y, x + width, y + height) for x, y in sides + corners)
