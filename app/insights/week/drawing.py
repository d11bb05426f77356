"""What is laid out, as a PNG; the same bytes for the same picture. Pure."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from app.insights.week.letters import inked
from app.insights.week.marks import Kind
from app.insights.week.sheet import MARK_COLOURS, SHEET, Area, Colour, Item, Line, Shape

if TYPE_CHECKING:
    from collections.abc import Iterable

FINER = 8
"""Marks are drawn so many times larger and then made smaller, for smooth edges."""
HALO = 2
"""Pixels of paper around a mark, so that marks on one another are told apart."""
COLOURS = 64


def drawn(items: Iterable[Item]) -> bytes:
    """Draw what is laid out, in its order."""
    paper = Image.new("RGB", (SHEET.width, SHEET.height), Colour.PAPER)
    for item in items:
        _draw(paper, item)
    few = paper.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    file = BytesIO()
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


def _draw(paper: Image.Image, item: Item) -> None:
    match item:
        case Area(box=box, colour=colour):
            paper.paste(colour, (box.left, box.top, box.right, box.bottom))
        case Shape(kind=kind, x=x, y=y, radius=radius):
            for size, colour in ((radius + HALO, Colour.PAPER), (radius, MARK_COLOURS[kind])):
                paper.paste(colour, (x - size, y - size), _mask(kind, size))
        case Line(words=words, style=style, x=x, y=y, colour=colour):
            ink = inked(words, style)
            box = ink.box.moved(x, y)
            mask = Image.frombytes("L", (box.width, box.height), ink.darkness)
            paper.paste(colour, (box.left, box.top), mask)


def _mask(kind: Kind, radius: int) -> Image.Image:
    """Draw the shape of a mark, which is the same for everybody."""
    side = 2 * radius + 1
    large = Image.new("L", (side * FINER, side * FINER))
    end = side * FINER - 1
    pen = ImageDraw.Draw(large)
    match kind:
        case Kind.IN_RANGE:
            pen.ellipse((0, 0, end, end), fill=255)
        case Kind.ABOVE:
            pen.polygon([(end // 2, 0), (end, end), (0, end)], fill=255)
        case Kind.BELOW:
            pen.polygon([(0, 0), (end, 0), (end // 2, end)], fill=255)
    return large.resize((side, side), Image.Resampling.BOX)
