"""A turn as values: what it starts from, and what it ends in. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from app.emergency.event import EmergencyEvent, EmergencyFacts
from app.glucose.reading import GlucoseEvent, GlucoseFacts
from app.insights.period import Past
from app.insights.week.week import PictureAsked
from app.meals.meal import MealEvent, MealFacts
from app.medications.dose import MedicationEvent, MedicationFacts
from app.messaging.message import InboundMessage, Source
from app.people.doctors.doctor import CodedDoctor
from app.people.person import CopyAsked, Person, PersonEvent
from app.text import Text

SlotValue = str | float | int | bool | None
FileAsked = CopyAsked | PictureAsked
Event = PersonEvent | FileAsked | GlucoseEvent | MealEvent | MedicationEvent | EmergencyEvent

LATE_AFTER = timedelta(minutes=10)
"""A message taken in this long after it was received is recorded, but moves no flow (house)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person stands in one flow.

    Attributes:
        version: Of the flow when it was entered; a changed flow is left at its next wait.
        invalid_answers: How often in a row the waiting step was answered with what it cannot use.
        callers: Flows that called this one, innermost last: name and the step to go on with.
    """

    flow: str
    version: int
    step: str
    slots: Mapping[str, SlotValue] = field(default_factory=dict)
    invalid_answers: int = 0
    callers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Where a person stood in a flow that was left before its end and is to be taken up again.

    Attributes:
        not_on: The person's day on which it is not taken up any more; None where any will do.
    """

    place: Place
    not_on: date | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """The state of a conversation between two turns.

    Attributes:
        place: None when nothing waits.
        suspended: Flows set aside for another, innermost last; at most three.
        wait_token: New with each prompt; a button or timer that carries another does nothing.
        waits_until: Aware; after it the waiting question is no longer asked. None for no limit.
        unfinished: What is to be taken up again when nothing waits; None for nothing.
    """

    place: Place | None = None
    suspended: tuple[Place, ...] = ()
    wait_token: str | None = None
    waits_until: datetime | None = None
    unfinished: Unfinished | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything a turn may know.

    Attributes:
        now: Aware, when the turn is taken; `message.received_at` may lie before it.
        coded_doctor: Whose code the message carries; None for no code, or one that is nobody's.
        doctors: Those who see what is kept of the person, in the order in which they came.
        past: What was kept lately; None until a turn says that it lacks it.
        answered_lately: What the address was answered in the last minutes, dangers apart.
    """

    now: datetime
    message: InboundMessage
    person: Person
    node: Node = field(default_factory=Node)
    glucose: GlucoseFacts = field(default_factory=GlucoseFacts)
    meals: MealFacts = field(default_factory=MealFacts)
    medications: MedicationFacts = field(default_factory=MedicationFacts)
    emergency: EmergencyFacts = field(default_factory=EmergencyFacts)
    coded_doctor: CodedDoctor | None = None
    doctors: tuple[CodedDoctor, ...] = ()
    past: Past | None = None
    answered_lately: tuple[tuple[str, ...], ...] = ()

    @property
    def is_late(self) -> bool:
        """Whether the conversation has moved on: the message waited, or was answered before."""
        waited = self.now - self.message.received_at
        return waited > LATE_AFTER or self.message.source is not Source.WEBHOOK

    def new_id(self, name: str) -> UUID:
        """Derive the id of something made in this turn: the same message gives the same id."""
        return uuid5(self.message.turn_id, name)


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn ends in: the next node, what is said to the sender, what happened.

    Attributes:
        lacks_past: It must be taken again, by someone who has read the past.
    """

    node: Node
    replies: tuple[Text, ...] = ()
    events: tuple[Event, ...] = ()
    is_emergency: bool = False
    lacks_past: bool = False
