"""A part of the picture. Pure."""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """A part of the picture: pixels from its upper left corner, right and bottom excluded."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """How wide."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """How high."""
        return self.bottom - self.top

    def moved(self, x: int, y: int) -> Box:
        """Give the box so many pixels further right and down."""
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)

    def grown(self, by: int) -> Box:
        """Give the box with so many pixels more on each side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def touches(self, other: Box) -> bool:
        """Say whether two boxes share a pixel."""
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)

    def holds(self, other: Box) -> bool:
        """Say whether the other box lies wholly in this one."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom
