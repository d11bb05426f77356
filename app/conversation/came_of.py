"""What comes of an action, as a value. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.conversation.log import Log
from app.conversation.turn import Event, SlotValue
from app.parsing.meanings import Glucose
from app.text import Text

Slots = Mapping[str, SlotValue]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action led to; `readings` are still to be logged, `slots` to be filled.

    Attributes:
        lacks_past: It tells of the past, which has not been read.
        lacks_pools: It needs the questions put to doctors, which have not been read.
    """

    events: tuple[Event, ...] = ()
    said: tuple[Text, ...] = ()
    readings: tuple[Glucose, ...] = ()
    slots: Slots = field(default_factory=dict)
    lacks_past: bool = False
    lacks_pools: bool = False


def came_of(log: Log) -> Outcome:
    """Give what was logged as what came of an action."""
    return Outcome(log.events, (*log.noted, *log.advice))
