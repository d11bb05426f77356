"""The sheet a week is drawn on: what can be drawn, and where a reading stands. Pure.

A phone shows it about half as large: 28 pixels are read like 14 points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.insights.week.box import Box
from app.insights.week.letters import Style, ink_box
from app.insights.week.marks import LOWEST_MG_DL, Kind, Mark, top_of

if TYPE_CHECKING:
    from collections.abc import Sequence

SHEET = Box(0, 0, 720, 900)
PLOT = Box(88, 172, 700, 632)
PAD = 14
"""Pixels between the edge of the plot and the middle of a mark there."""
RADIUS, CROWDED_RADIUS, CROWD = 12, 8, 60
"""How large a mark is, and how large where there are more than so many."""


class Colour:
    """What is drawn in which colour; each kind of mark is told by its shape as well."""

    PAPER = (255, 255, 255)
    INK = (17, 24, 39)
    FAINT = (107, 114, 128)
    GRID = (209, 213, 219)
    AFTER_FOOD = (226, 244, 229)
    BEFORE_FOOD = (188, 228, 196)


MARK_COLOURS = {
    Kind.IN_RANGE: (21, 94, 52),
    Kind.ABOVE: (194, 65, 12),
    Kind.BELOW: (185, 0, 60),
}


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of one colour."""

    box: Box
    colour: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Shape:
    """A mark on the sheet: a disc, or a triangle that points up or down."""

    kind: Kind
    x: int
    y: int
    radius: int

    @property
    def box(self) -> Box:
        """What it covers."""
        return Box(self.x, self.y, self.x + 1, self.y + 1).grown(self.radius)


@dataclass(frozen=True, slots=True)
class Line:
    """Words in one line.

    Attributes:
        x: Where the line begins.
        y: Its baseline.
    """

    words: str
    style: Style
    x: int
    y: int
    colour: tuple[int, int, int] = Colour.INK

    @property
    def box(self) -> Box:
        """What its ink covers."""
        return ink_box(self.words, self.style).moved(self.x, self.y)


Item = Area | Shape | Line


def x_of(hour: float) -> int:
    """Find an hour of the day on the plot."""
    return round(PLOT.left + PAD + hour / 24 * (PLOT.width - 2 * PAD))


def y_of(value_mg_dl: float, top_mg_dl: float) -> int:
    """Find a value on the plot; what lies outside the scale stands at its end."""
    held = min(max(value_mg_dl, LOWEST_MG_DL), top_mg_dl)
    share = (held - LOWEST_MG_DL) / (top_mg_dl - LOWEST_MG_DL)
    return round(PLOT.bottom - PAD - share * (PLOT.height - 2 * PAD))


def shapes_of(marks: Sequence[Mark]) -> list[Shape]:
    """Place marks on the plot, in their order."""
    top, radius = top_of(marks), RADIUS if len(marks) <= CROWD else CROWDED_RADIUS
    return [
        Shape(mark.kind, x_of(mark.hour), y_of(mark.value_mg_dl, top), radius) for mark in marks
    ]
