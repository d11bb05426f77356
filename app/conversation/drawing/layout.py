"""Where a flow's boxes stand: strands down the page, what leads aside to their right. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.conversation.drawing.boxes import Box
    from app.conversation.flow import Flow

GAP = 42
"""Between two boxes of a column."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A box in its place; `top` counts from the first row's."""

    box: Box
    column: int
    top: int

    @property
    def bottom(self) -> int:
        """Where it ends."""
        return self.top + self.box.height


@dataclass(frozen=True, slots=True)
class Laid:
    """A flow's boxes in their places, and the ways between them that are drawn as lines.

    Attributes:
        down: From a step to the one below it.
        aside: From a row of a step, by its number in the box, to a step of the next column.
    """

    spots: Mapping[str, Spot]
    down: Mapping[str, str]
    aside: Mapping[tuple[str, int], str]


def laid_out(flow: Flow, boxes: Mapping[str, Box]) -> Laid:
    """Place every step of a flow; each is led to by one line at most, so that no lines cross."""
    board = _Board(flow, boxes, _strands(flow))
    for step_id in flow.steps:
        if step_id not in board.spots:
            board.place(step_id, 0, 0)
    return Laid(board.spots, board.down, board.aside)


def _strands(flow: Flow) -> dict[str, str]:
    """Name for each step that others go on to the one it stands below: best the one before it."""
    above: dict[str, str] = {}
    before = ""
    for step in flow.steps.values():
        if step.next in flow.steps and step.next is not None:
            above.setdefault(step.next, step.id)
        if before and flow.steps[before].next == step.id:
            above[step.id] = before
        before = step.id
    return above


@dataclass(slots=True)
class _Board:
    """What was placed so far, and how far down each column is taken."""

    flow: Flow
    boxes: Mapping[str, Box]
    above: Mapping[str, str]
    spots: dict[str, Spot] = field(default_factory=dict)
    down: dict[str, str] = field(default_factory=dict)
    aside: dict[tuple[str, int], str] = field(default_factory=dict)
    taken: dict[int, int] = field(default_factory=dict)

    def place(self, step_id: str, column: int, at_least: int) -> None:
        """Place a step, then what its rows lead to, then the step below it."""
        spot = Spot(self.boxes[step_id], column, max(at_least, self.taken.get(column, 0)))
        self.spots[step_id] = spot
        self.taken[column] = spot.bottom + GAP
        self._place_aside(step_id, spot)
        below = self.flow.steps[step_id].next
        if below in self.flow.steps and self.above.get(below or "") == step_id:
            self._place_below(step_id, str(below), column)

    def _place_aside(self, step_id: str, spot: Spot) -> None:
        for number, line in enumerate(spot.box.lines):
            target = line.leads
            if target and target not in self.spots and target not in self.above:
                self.aside[step_id, number] = target
                self.place(target, spot.column + 1, spot.top)

    def _place_below(self, step_id: str, below: str, column: int) -> None:
        if below not in self.spots:
            self.down[step_id] = below
            self.place(below, column, 0)
