"""What is kept of a message, and what is said to it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from app.conversation.turn import Event, SlotValue
    from app.text import Text


@dataclass(frozen=True, slots=True)
class Stateless:
    """A reading kept without a state, which is asked for."""

    reading_id: UUID
    recorded_at: datetime
    value_mg_dl: float


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A flow that asks about what was kept, where nothing else waits and there is no danger."""

    flow: str
    slots: Mapping[str, SlotValue]


@dataclass(frozen=True, slots=True)
class Log:
    """What came of the meanings that are kept.

    Attributes:
        noted: One line for each thing kept, and for each that cannot be.
        advice: What follows them; nothing of it is said in an emergency.
        stateless: The last reading whose state is to be asked for.
    """

    events: tuple[Event, ...] = ()
    noted: tuple[Text, ...] = ()
    advice: tuple[Text, ...] = ()
    stateless: Stateless | None = None
    follow_up: FollowUp | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to keep, nor to say about it."""
        return not (self.events or self.noted or self.advice)


def joined(logs: Iterable[Log]) -> Log:
    """Put several into one, in their order; the same advice is given once."""
    whole = Log()
    for log in logs:
        advice = tuple(line for line in log.advice if line not in whole.advice)
        whole = Log(
            (*whole.events, *log.events),
            (*whole.noted, *log.noted),
            (*whole.advice, *advice),
            log.stateless or whole.stateless,
            log.follow_up or whole.follow_up,
        )
    return whole
