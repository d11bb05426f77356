"""Emergencies as values: their levels, the event that is open, and what can happen to it. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.parsing.meanings import Display
from app.text import Text


class Level(StrEnum):
    """The rows of the triage table, gravest first."""

    P0 = "P0"
    P0B = "P0b"
    P1 = "P1"
    P2 = "P2"
    P2B = "P2b"
    P3 = "P3"
    P4 = "P4"
    P5 = "P5"
    P6 = "P6"
    P7 = "P7"
    P8 = "P8"

    @property
    def rank(self) -> int:
        """Its place in the table: the lower, the graver."""
        return tuple(Level).index(self)


class EmergencyType(StrEnum):
    """The types of event that the data model knows."""

    HYPOGLYCEMIA = "HYPOGLYCEMIA"
    HYPERGLYCEMIA = "HYPERGLYCEMIA"
    MISSED_MEDICATION = "MISSED_MEDICATION"


class EmergencyStatus(StrEnum):
    """Where an event stands."""

    ACTIVE = "ACTIVE"
    RESOLVED = "RESOLVED"
    ESCALATED = "ESCALATED"


@dataclass(frozen=True, slots=True)
class OpenEvent:
    """An event that is not resolved.

    Attributes:
        glucose_mg_dl: The last value told in it; None where none was.
        round: How often treatment was told: 1 when it opened.
        normal_values: Values of 70 or more told since it opened, one after another (lows only).
    """

    event_id: UUID
    type: EmergencyType
    level: Level
    status: EmergencyStatus
    opened_at: datetime
    glucose_mg_dl: float | None = None
    round: int = 1
    normal_values: int = 0


@dataclass(frozen=True, slots=True)
class EmergencyFacts:
    """What is known of a patient's emergencies.

    Attributes:
        open: The events not resolved, newest first; at most one of a type. None of missed doses.
        highs_in_24h: How many events of level P5 or P6 opened in the last 24 hours.
        missed: The event of missed doses that is not resolved.
    """

    open: tuple[OpenEvent, ...] = ()
    highs_in_24h: int = 0
    missed: OpenEvent | None = None


@dataclass(frozen=True, slots=True)
class EmergencyOpened:
    """Danger was found; `instructions` are the sentences said to the person.

    Attributes:
        glucose_mg_dl: The value that opened it; None for a symptom or a display.
        follow_up_minutes: When to ask again, counted from the opening.
        beyond_range: LO or HI for a value that no reading can keep, shown or told; else None.
    """

    event_id: UUID
    type: EmergencyType
    level: Level
    status: EmergencyStatus
    instructions: tuple[Text, ...]
    follow_up_minutes: tuple[int, ...]
    glucose_mg_dl: float | None = None
    beyond_range: Display | None = None


@dataclass(frozen=True, slots=True)
class EmergencyContinued:
    """A further value or complaint came while an event was open.

    Attributes:
        level: The graver of the level so far and the new one.
        status: ESCALATED stays escalated until it is resolved.
        beyond_range: LO or HI for a value that no reading can keep, told now; else None.
    """

    event_id: UUID
    level: Level
    status: EmergencyStatus
    instructions: tuple[Text, ...]
    round: int
    normal_values: int
    follow_up_minutes: tuple[int, ...]
    glucose_mg_dl: float | None = None
    beyond_range: Display | None = None


@dataclass(frozen=True, slots=True)
class EmergencyResolved:
    """The danger is over, told by a value or a person, never by a timer.

    Attributes:
        by_word: Whether a person told that help is there, or has been.
    """

    event_id: UUID
    glucose_mg_dl: float | None = None
    by_word: bool = False


EmergencyEvent = EmergencyOpened | EmergencyContinued | EmergencyResolved
