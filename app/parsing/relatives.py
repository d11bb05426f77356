"""Every family member that a message names, and where: for whoever writes for another. Pure."""

from __future__ import annotations

from typing import NamedTuple

from app.parsing.lexicon import Lexicon
from app.parsing.meanings import Message
from app.parsing.people import FAMILY
from app.parsing.scene import scene


class Relative(NamedTuple):
    """A family member, and the half-open stretch of the text that names them."""

    name: str
    start: int
    end: int


def relatives(lexicon: Lexicon, message: Message) -> tuple[Relative, ...]:
    """List the family members named, in the order of the text, whatever is told of them."""
    seen = scene(lexicon, message)
    return tuple(
        Relative(name, piece.start, piece.end)
        for piece in seen.pieces
        for name in FAMILY
        if f"people.{name}" in piece.concepts
    )
