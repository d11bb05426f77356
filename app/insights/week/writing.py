"""Words put into the room there is for them, smaller where they are too long. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.insights.week.box import Box
from app.insights.week.letters import Fonts, Style, ink_box
from app.insights.week.sheet import Colour, Line

SMALLEST = 16
"""Letters are not made smaller than that, whatever it is that has to fit."""
BASELINE = 0.68
"""How far down in its room a baseline is: more is above it than below, in any script."""


@dataclass(frozen=True, slots=True)
class Pen:
    """What words are written with."""

    fonts: Fonts
    language: str

    def plain(self, size: int) -> Style:
        """Write plainly."""
        return Style(self.fonts.regular, self.language, size)

    def bold(self, size: int) -> Style:
        """Write boldly."""
        return Style(self.fonts.bold, self.language, size)


def fitted(words: str, style: Style, room: Box, colour: tuple[int, int, int] = Colour.INK) -> Line:
    """Write words into a box, from its left."""
    left = room.left - ink_box(words, style).left
    line = Line(words, style, left, room.top + round(BASELINE * room.height), colour)
    if room.holds(line.box) or style.size <= SMALLEST:
        return line
    return fitted(words, _smaller(style), room, colour)


def centred(words: Sequence[str], style: Style, rooms: Sequence[Box]) -> list[Line]:
    """Write words each into the middle of a box of its own, all in one size."""
    lines = [fitted(one, style, room) for one, room in zip(words, rooms, strict=True)]
    smallest = min(line.style.size for line in lines)
    if smallest < style.size:
        return centred(words, replace(style, size=smallest), rooms)
    return [
        replace(line, x=line.x + (room.width - line.box.width) // 2)
        for line, room in zip(lines, rooms, strict=True)
    ]


def side_by_side(
    words: Sequence[str], style: Style, room: Box, before_each: int, between: int
) -> list[Line]:
    """Write words into one box beside one another, all in one size.

    Args:
        words: From left to right.
        style: How, unless they are too long.
        room: For all of them.
        before_each: Pixels left free before each.
        between: Pixels left free behind each but the last.
    """
    lines, left = [], room.left
    for one in words:
        ink = ink_box(one, style)
        y = room.top + round(BASELINE * room.height)
        lines.append(Line(one, style, left + before_each - ink.left, y))
        left += before_each + ink.width + between
    if all(room.holds(line.box) for line in lines) or style.size <= SMALLEST:
        return lines
    return side_by_side(words, _smaller(style), room, before_each, between)


def level(words: str, style: Style, right: int, y: int) -> Line:
    """Write words so that they end somewhere, and have their middle at a height."""
    ink = ink_box(words, style)
    return Line(words, style, right - ink.right, y - (ink.top + ink.bottom) // 2)


def _smaller(style: Style) -> Style:
    return replace(style, size=style.size - 1)
