"""Words as letters of any script: joined as the script wants it, measured, and rastered. Pure.

HarfBuzz does both; what comes with Python's imaging library needs a further library of the system
to join letters, and writes them apart without a word where that is not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import NamedTuple

import uharfbuzz as hb

from app.insights.week.box import Box


@dataclass(frozen=True, slots=True)
class Style:
    """How words are written.

    Attributes:
        font: The letters.
        language: Some letters differ by it, as between Hindi and Marathi.
        size: Pixels from line to line, about.
    """

    font: hb.Font
    language: str
    size: int


class Fonts(NamedTuple):
    """One family for every script, in two weights."""

    regular: hb.Font
    bold: hb.Font


class Ink(NamedTuple):
    """Words rastered: how dark each pixel of their box is, row by row from the top."""

    box: Box
    darkness: bytes


class _Glyph(NamedTuple):
    """A glyph and where it stands, in units of the font."""

    number: int
    x: float
    y: float


def ink_box(words: str, style: Style) -> Box:
    """Measure the ink of words whose line begins at the left end of the baseline, at 0, 0."""
    scale, sides = _scale(style), []
    for glyph in shaped(words, style):
        seen = style.font.get_glyph_extents(glyph.number)
        if seen is not None and seen.width and seen.height:
            left, top = glyph.x + seen.x_bearing, glyph.y + seen.y_bearing
            sides.append((left, -top, left + seen.width, -(top + seen.height)))
    if not sides:
        return Box(0, 0, 0, 0)
    left, top, right, bottom = zip(*sides, strict=True)
    return Box(
        floor(min(left) * scale),
        floor(min(top) * scale),
        ceil(max(right) * scale),
        ceil(max(bottom) * scale),
    )


def inked(words: str, style: Style) -> Ink:
    """Raster words whose line begins at the left end of the baseline, at 0, 0."""
    scale, brush = _scale(style), hb.RasterDraw()
    for glyph in shaped(words, style):
        brush.transform = (scale, 0, 0, scale, glyph.x * scale, glyph.y * scale)
        brush.draw_glyph(style.font, glyph.number)
    image = brush.render()
    seen = image.extents
    rows = [image.buffer[row * seen.stride :][: seen.width] for row in range(seen.height)]
    top = -(seen.y_origin + seen.height)
    box = Box(seen.x_origin, top, seen.x_origin + seen.width, top + seen.height)
    return Ink(box, b"".join(reversed(rows)))


def shaped(words: str, style: Style) -> list[_Glyph]:
    """Choose the glyphs of words, in the order they are drawn, and place them on the baseline."""
    line = hb.Buffer()
    line.add_str(words)
    line.direction, line.script, line.language = "ltr", _script(words), style.language
    hb.shape(style.font, line)
    glyphs, x = [], 0
    for glyph, place in zip(line.glyph_infos, line.glyph_positions, strict=True):
        glyphs.append(_Glyph(glyph.codepoint, x + place.x_offset, place.y_offset))
        x += place.x_advance
    return glyphs


def _scale(style: Style) -> float:
    return style.size / float(style.font.face.upem)


def _script(words: str) -> str:
    """Name the script: that of the letters that are not Latin, wherever they stand."""
    probe = hb.Buffer()
    probe.add_str("".join(letter for letter in words if not letter.isascii()) or words)
    probe.guess_segment_properties()
    return str(probe.script or "Latn")
