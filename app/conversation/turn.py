"""A turn as values: what it starts from, and what it ends in. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from app.emergency.escalation import Alerted
from app.emergency.event import EmergencyEvent, EmergencyFacts
from app.glucose.checks.check import CheckEvent
from app.glucose.reading import GlucoseEvent, GlucoseFacts
from app.insights.period import Past
from app.insights.week.week import PictureAsked
from app.meals.meal import MealEvent, MealFacts
from app.medications.dose import MedicationEvent, MedicationFacts
from app.messaging.message import InboundMessage, Source
from app.people.access.rules import Standing
from app.people.cared_for.patient import CaredFor
from app.people.caring.caregiver import Caring
from app.people.circle import Circle
from app.people.codes.code import Offer
from app.people.doctors.doctor import CodedDoctor
from app.people.person import CopyAsked, Person, PersonEvent, Role
from app.questions.question import Pool, QuestionEvent
from app.text import Text

SlotValue = str | float | int | bool | None
FileAsked = CopyAsked | PictureAsked
Event = (
    PersonEvent
    | FileAsked
    | GlucoseEvent
    | CheckEvent
    | MealEvent
    | MedicationEvent
    | EmergencyEvent
    | QuestionEvent
)

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
class ForAnother:
    """What a turn knows where the sender writes for a patient they care for.

    Attributes:
        sender: As they are; `Situation.person` holds the patient's record in their place.
        standing: What the patient allows, read after the patient was locked.
        circle: Who stands around the patient.
        alerted: Who was alerted of the patient's open events.
    """

    sender: Person
    patient: CaredFor
    standing: Standing
    circle: Circle = field(default_factory=Circle)
    alerted: Alerted = field(default_factory=dict)

    @property
    def asker(self) -> Person:
        """Whose commands are obeyed: the sender's, and never as the patient."""
        return replace(self.sender, patient_id=None, role=Role.CAREGIVER)


@dataclass(frozen=True, slots=True)
class Codes:
    """What one-time codes go by.

    Attributes:
        key: Secret; shown nowhere.
        our_number: The service's own, E.164.
        own_number: The sender's, E.164; None where the address carries none.
        offers: The invitations that the digits of the message may fit.
    """

    key: bytes = field(default=b"", repr=False)
    our_number: str = ""
    own_number: str | None = None
    offers: tuple[Offer, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything a turn may know.

    Attributes:
        person: The sender; where they write for another, with that patient's record and name.
        now: Aware, when the turn is taken; `message.received_at` may lie before it.
        coded_doctor: Whose code the message carries; None for no code, or one that is nobody's.
        doctors: Those who see what is kept of the person, in the order in which they came.
        caring: The caregivers of the person, in the order in which they came.
        checks: When the person wants to be reminded of tests, HH:MM in their zone.
        codes: What one-time codes go by.
        invited_lately: How many codes the person had made within the hour.
        past: What was kept lately; None until a turn says that it lacks it.
        pools: The questions put to the doctors of a patient, or to the doctor who writes; None
            until a turn says that it lacks them.
        answered_lately: What the address was answered in the last minutes, dangers apart.
        for_another: The patient that the sender writes for; None for their own record.
        asks_whom: The slots of the question whom the message is about; None where it is plain.
        is_of_several: The message names more than one patient.
        is_taken_up: The message waited for the answer to that question.
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
    caring: tuple[Caring, ...] = ()
    checks: tuple[str, ...] = ()
    codes: Codes = field(default_factory=Codes)
    invited_lately: int = 0
    past: Past | None = None
    answered_lately: tuple[tuple[str, ...], ...] = ()
    pools: tuple[Pool, ...] | None = None
    for_another: ForAnother | None = None
    asks_whom: Mapping[str, SlotValue] | None = None
    is_of_several: bool = False
    is_taken_up: bool = False

    @property
    def asker(self) -> Person:
        """Whose commands are obeyed, and whose settings are shown."""
        return self.for_another.asker if self.for_another else self.person

    @property
    def sender(self) -> Person:
        """Who writes, whomever it is about."""
        return self.for_another.sender if self.for_another else self.person

    @property
    def is_late(self) -> bool:
        """Whether the conversation has moved on: the message waited, or was answered before."""
        if self.is_taken_up:
            return False
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
        lacks_pools: The same, of the questions put to doctors.
    """

    node: Node
    replies: tuple[Text, ...] = ()
    events: tuple[Event, ...] = ()
    is_emergency: bool = False
    lacks_past: bool = False
    lacks_pools: bool = False
