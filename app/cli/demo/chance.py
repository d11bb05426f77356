"""Choices that look like chance and are the same in every run. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple, TypeVar

T = TypeVar("T")
BYTES = 8
END = float(256**BYTES)


class Chance(NamedTuple):
    """The choices of one person or one day."""

    of: str

    def share(self, what: str) -> float:
        """Give a number in [0, 1)."""
        digest = blake2b(f"{self.of}/{what}".encode(), digest_size=BYTES).digest()
        return int.from_bytes(digest) / END

    def happens(self, what: str, *, one_in: float) -> bool:
        """Decide about something that happens once in so many times."""
        return self.share(what) * one_in < 1

    def between(self, low: float, high: float, what: str) -> float:
        """Give a number in [low, high)."""
        return low + (high - low) * self.share(what)

    def one_of(self, several: Sequence[T], what: str) -> T:
        """Give one of several, each as likely as the others."""
        return several[int(self.share(what) * len(several))]
