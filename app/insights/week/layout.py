"""A week's picture as what is drawn, in order. Pure."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from app.glucose.target import POST_MEAL, PRE_MEAL, Target
from app.insights.week.box import Box
from app.insights.week.marks import Kind, Mark, ticks_of, top_of
from app.insights.week.sheet import (
    PLOT,
    RADIUS,
    SHEET,
    Area,
    Colour,
    Item,
    Line,
    Shape,
    shapes_of,
    x_of,
    y_of,
)
from app.insights.week.values import values
from app.insights.week.writing import Pen, centred, fitted, level, side_by_side
from app.parsing.units import Unit, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.insights.week.words import Words

MARGIN = 20
TITLE = Box(MARGIN, 8, SHEET.right - MARGIN, 78)
DATES = Box(MARGIN, 76, SHEET.right - MARGIN, 124)
UNIT = Box(MARGIN, 126, PLOT.right, 166)
HOURS = (0, 6, 12, 18, 24)
ROW = 48
"""How high a row of the legend is."""
LEGEND = Box(MARGIN, 742, SHEET.right - MARGIN, 742 + 3 * ROW)


def layout(marks: Sequence[Mark], words: Words, pen: Pen) -> tuple[Item, ...]:
    """Lay a picture out: what comes later is drawn over what came before.

    Args:
        marks: As `marks_of` orders them.
        words: In the person's language.
        pen: To write and to measure with.
    """
    top, shapes = top_of(marks), shapes_of(marks)
    return (
        *_targets(top),
        *_heading(words, pen),
        *_scale(words.unit, top, pen),
        *_hours(words, pen),
        *_kinds(words, pen),
        *_aims(words, pen),
        *shapes,
        *values(marks, shapes, words.unit, pen),
    )


def _targets(top_mg_dl: float) -> Iterator[Area]:
    """Shade the targets: that of after food, and in it the narrower one of before food."""
    for target, colour in ((POST_MEAL, Colour.AFTER_FOOD), (PRE_MEAL, Colour.BEFORE_FOOD)):
        yield Area(_band(target, top_mg_dl), colour)


def _band(target: Target, top_mg_dl: float) -> Box:
    high, low = y_of(target.shown_high, top_mg_dl), y_of(target.low, top_mg_dl)
    return Box(PLOT.left, high, PLOT.right, low)


def _heading(words: Words, pen: Pen) -> Iterator[Line]:
    yield fitted(words.title, pen.bold(46), TITLE)
    yield fitted(words.dates, pen.plain(32), DATES)
    yield fitted(str(words.unit), pen.plain(26), UNIT, Colour.FAINT)


def _scale(unit: Unit, top_mg_dl: float, pen: Pen) -> Iterator[Item]:
    for value in ticks_of(top_mg_dl):
        y = y_of(value, top_mg_dl)
        yield Area(Box(PLOT.left, y - 1, PLOT.right, y + 1), Colour.GRID)
        yield level(shown(value, unit), pen.plain(28), PLOT.left - 12, y)


def _hours(words: Words, pen: Pen) -> Iterator[Item]:
    yield Area(Box(PLOT.left, PLOT.top, PLOT.left + 2, PLOT.bottom), Colour.FAINT)
    yield Area(Box(PLOT.left, PLOT.bottom - 2, PLOT.right, PLOT.bottom), Colour.FAINT)
    for hour in HOURS:
        x = x_of(hour)
        yield Area(Box(x - 1, PLOT.top, x + 1, PLOT.bottom), Colour.GRID)
    ends = [x_of(hour) for hour in HOURS]
    beneath = [Box(x - 34, PLOT.bottom + 2, x + 34, PLOT.bottom + 44) for x in ends]
    yield from centred([f"{hour}:00" for hour in HOURS], pen.plain(26), beneath)
    parts = [
        Box(since + 4, PLOT.bottom + 42, until - 4, PLOT.bottom + 96)
        for since, until in pairwise(ends)
    ]
    yield from centred(words.parts, pen.bold(28), parts)


def _kinds(words: Words, pen: Pen) -> Iterator[Item]:
    room = Box(LEGEND.left, LEGEND.top, LEGEND.right, LEGEND.top + ROW)
    named = [words.in_range, words.above, words.below]
    lines = side_by_side(named, pen.plain(28), room, 3 * RADIUS, 3 * RADIUS)
    for kind, line in zip(Kind, lines, strict=True):
        yield Shape(kind, line.box.left - 2 * RADIUS, room.top + ROW // 2, RADIUS)
        yield line


def _aims(words: Words, pen: Pen) -> Iterator[Item]:
    told = ((words.before_food, Colour.BEFORE_FOOD), (words.after_food, Colour.AFTER_FOOD))
    for row, (aim, colour) in enumerate(told, start=1):
        top = LEGEND.top + row * ROW
        yield Area(Box(LEGEND.left, top + 8, LEGEND.left + 48, top + ROW - 8), colour)
        yield fitted(aim, pen.plain(28), Box(LEGEND.left + 62, top, LEGEND.right, top + ROW))
