"""What a turn has come to so far, handed from step to step. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.conversation.turn import Event, Place
    from app.parsing.meanings import Glucose
    from app.text import Text

MAX_STEPS = 50
MAX_SUSPENDED = 3


@dataclass(frozen=True, slots=True)
class Course:
    """Where the conversation stands in the middle of a turn.

    Attributes:
        readings: Values that a step found to be readings; logged when the steps have run.
        steps: How many steps this turn has run.
        again: The question stood at was asked before: it is asked in its short form.
        ended: The flows that came to their end in this turn.
        asked: A question was put in this turn, so that the wait begins anew.
        lacks_past: A step tells of the past, which has not been read.
        lacks_pools: A step needs the questions put to doctors, which have not been read.
    """

    place: Place | None = None
    suspended: tuple[Place, ...] = ()
    said: tuple[Text, ...] = ()
    events: tuple[Event, ...] = ()
    readings: tuple[Glucose, ...] = ()
    steps: int = 0
    again: bool = False
    asked: bool = False
    ended: tuple[str, ...] = ()
    lacks_past: bool = False
    lacks_pools: bool = False

    def saying(self, *texts: Text) -> Course:
        """Add to what is said."""
        return replace(self, said=(*self.said, *texts))

    def at(self, place: Place | None) -> Course:
        """Go on from another place."""
        return replace(self, place=place)
