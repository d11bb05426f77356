"""A flow's boxes and lines as SVG. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from app.conversation.drawing.boxes import EDGE, SIZES, WIDTH, Style
from app.conversation.drawing.measure import wrapped

if TYPE_CHECKING:
    from app.conversation.drawing.boxes import Line
    from app.conversation.drawing.layout import Laid, Spot

FONTS = ", ".join(
    f"'Noto Sans{script}'"
    for script in ("", " Devanagari", " Tamil", " Telugu", " Bengali", " Gujarati")
)
MARGIN, GUTTER, LANE = 28, 40, 12
STYLE = f"""
text {{ font-family: {FONTS}, sans-serif; fill: #1d2733 }}
.title {{ font-size: 22px; font-weight: 700 }}
.head {{ font-size: 12px; font-weight: 600; fill: #4a5868 }}
.said {{ font-size: 15px }}
.row {{ font-size: 14px }}
.note {{ font-size: 12px; fill: #4a5868 }}
.sign {{ font-size: 12px; font-weight: 600; fill: #2f4d7a; text-anchor: end }}
rect {{ fill: #ffffff; stroke: #8795a6; stroke-width: 1.3 }}
.ask, .choose {{ fill: #fff8df; stroke: #b98a1d }}
.do {{ fill: #e9f6ec; stroke: #4b8f60 }}
.branch {{ fill: #f2ecfa; stroke: #7c62a8 }}
.call {{ fill: #e6f0fb; stroke: #4877ad; stroke-width: 3 }}
.end {{ fill: #eef0f3; stroke: #67707c }}
.option {{ fill: #ffffff; stroke: #d8b968 }}
path {{ fill: none; stroke: #2f4d7a; stroke-width: 1.6; marker-end: url(#arrow) }}
"""


def picture(title: str, heads: tuple[str, ...], laid: Laid) -> str:
    """Write the whole picture."""
    return "\n".join(_Sheet(title, heads, laid).parts()) + "\n"


class _Sheet:
    def __init__(self, title: str, heads: tuple[str, ...], laid: Laid) -> None:
        self._title, self._laid = title, laid
        lanes = Counter(laid.spots[source].column for source, _ in laid.aside)
        columns = max(spot.column for spot in laid.spots.values()) + 1
        self._lefts = [MARGIN]
        for column in range(columns):
            gutter = GUTTER + LANE * lanes[column]
            self._lefts.append(self._lefts[-1] + WIDTH + gutter)
        self.width = self._lefts[columns - 1] + WIDTH + MARGIN
        self._heads = [line for head in heads for line in wrapped(head, self.width - 60, 13)]
        self._top = MARGIN + 36 + 18 * len(self._heads) + 12

    def parts(self) -> Iterator[str]:
        height = self._top + max(spot.bottom for spot in self._laid.spots.values()) + 2 * MARGIN
        size = f'width="{self.width}" height="{height}" viewBox="0 0 {self.width} {height}"'
        yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
        yield f"<title>{escape(self._title)}</title>"
        yield f"<style>{STYLE}</style>"
        yield (
            '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
            'markerHeight="7" orient="auto"><path d="M0 0 L8 4 L0 8 z" '
            'style="fill: #2f4d7a; stroke: none; marker-end: none"/></marker></defs>'
        )
        yield f'<rect width="{self.width}" height="{height}" style="stroke: none"/>'
        yield _text(self._title, "title", MARGIN, MARGIN + 20)
        for number, head in enumerate(self._heads):
            yield _text(head, "note", MARGIN, MARGIN + 44 + 18 * number)
        for spot in self._laid.spots.values():
            yield from self._box(spot)
        yield from self._down()
        yield from self._aside()
        yield "</svg>"

    def _box(self, spot: Spot) -> Iterator[str]:
        left, top = self._lefts[spot.column], self._top + spot.top
        rounded = 16 if spot.box.kind == "end" else 5
        size = f'width="{WIDTH}" height="{spot.box.height}" rx="{rounded}"'
        yield f'<rect class="{spot.box.kind}" x="{left}" y="{top}" {size}/>'
        for line, above in zip(spot.box.lines, spot.box.tops, strict=True):
            yield from _line(line, left, top + above)

    def _down(self) -> Iterator[str]:
        for step_id, spot in self._laid.spots.items():
            x = self._lefts[spot.column] + WIDTH // 2
            y = self._top + spot.bottom
            if below := self._laid.down.get(step_id):
                yield f'<path d="M{x} {y} V{self._top + self._laid.spots[below].top - 1}"/>'
            elif spot.box.on:
                yield f'<path d="M{x} {y} v14"/>'
                yield _text(spot.box.on, "sign", x + 12, y + 27, anchor="start")

    def _aside(self) -> Iterator[str]:
        lanes: Counter[int] = Counter()
        for (source, number), target in sorted(self._laid.aside.items(), key=self._height):
            spot = self._laid.spots[source]
            lanes[spot.column] += 1
            x = self._lefts[spot.column] + WIDTH
            turn = self._lefts[spot.column + 1] - 14 - LANE * lanes[spot.column]
            end = self._lefts[spot.column + 1] - 1
            y = self._middle(spot, number)
            to = self._top + self._laid.spots[target].top + 20
            yield f'<path d="M{x} {y} H{turn} V{to} H{end}"/>'

    def _height(self, way: tuple[tuple[str, int], str]) -> int:
        (source, number), _ = way
        return self._middle(self._laid.spots[source], number)

    def _middle(self, spot: Spot, number: int) -> int:
        return self._top + spot.top + spot.box.tops[number] + spot.box.lines[number].height // 2


def _line(line: Line, left: int, top: int) -> Iterator[str]:
    indent = EDGE
    if line.style is Style.ROW:
        indent += 8
        size = f'width="{WIDTH - 2 * EDGE}" height="{line.height - 4}" rx="4"'
        yield f'<rect class="option" x="{left + EDGE}" y="{top + 2}" {size}/>'
    base = top + (line.height + SIZES[line.style]) // 2 - 2
    yield _text(line.words, line.style, left + indent, base)
    if line.sign:
        yield _text(line.sign, "sign", left + WIDTH - EDGE - 8, base)


def _text(words: str, style: str, x: int, y: int, anchor: str = "") -> str:
    shown = f' style="text-anchor: {anchor}"' if anchor else ""
    return f'<text class="{style}" x="{x}" y="{y}"{shown}>{escape(words)}</text>'
