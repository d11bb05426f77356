"""What the course of an event is judged by: what was heard, and what stands around it. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.emergency import constants as c
from app.emergency.event import (
    EmergencyContinued,
    EmergencyEvent,
    EmergencyType,
    Level,
    OpenEvent,
)
from app.emergency.finding import Finding, Known
from app.emergency.triage import Verdict
from app.parsing.meanings import HelpWord
from app.text import Text


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message brought.

    Attributes:
        verdict: The gravest.
        finding: That it was given for.
        newest: The value measured last, told now; None without one.
        is_told_again: Whether the same value was told within the last minute already.
        help: What was said of help; None for nothing.
    """

    verdict: Verdict
    finding: Finding
    newest: Finding | None = None
    is_told_again: bool = False
    help: HelpWord | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of the events, and what is said, the gravest first."""

    events: tuple[EmergencyEvent, ...] = ()
    texts: tuple[Text, ...] = ()

    def __add__(self, other: "Outcome") -> "Outcome":
        said = dict.fromkeys(self.texts + other.texts)
        return Outcome(self.events + other.events, tuple(said))


@dataclass(frozen=True, slots=True)
class Case:
    """What stands around it: the open events, the person, the time, and ids for new events."""

    open: tuple[OpenEvent, ...]
    known: Known
    now: datetime
    new_id: Callable[[str], UUID]

    def open_of(self, event_type: EmergencyType | None) -> OpenEvent | None:
        """Give the open event of a type."""
        return next((event for event in self.open if event.type is event_type), None)

    def is_fresh(self, event: OpenEvent) -> bool:
        """Say whether an event is still the same episode: opened less than a day ago."""
        return is_fresh(event, self.now)

    def is_later(self, finding: Finding, event: OpenEvent) -> bool:
        """Say whether a value was measured after an event opened, not told of afterwards."""
        return finding.age <= self.now - event.opened_at


def is_fresh(event: OpenEvent, now: datetime) -> bool:
    """Say whether an event is still the same episode: opened less than a day ago."""
    return now - event.opened_at < c.EPISODE_ENDS_AFTER


def graver(one: Level, other: Level | None) -> Level:
    """Give the graver of two levels."""
    return one if other is None else min(one, other, key=lambda level: level.rank)


def going_on(event: OpenEvent, instructions: tuple[Text, ...]) -> EmergencyContinued:
    """Let an event go on as it stands."""
    return EmergencyContinued(
        event_id=event.event_id,
        level=event.level,
        status=event.status,
        instructions=instructions,
        round=event.round,
        normal_values=event.normal_values,
        follow_up_minutes=(),
        glucose_mg_dl=event.glucose_mg_dl,
    )
