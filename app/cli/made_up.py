"""A made-up person for holding a conversation without a database. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from app.cli.consequences import applied
from app.conversation.course import Course
from app.conversation.flow import Flow, Flows
from app.conversation.step import Action, Ask, Choose, Do
from app.conversation.steps import enter, run
from app.conversation.turn import Node, Situation, SlotValue, Turn
from app.meals.load import food_table
from app.meals.meal import MealFacts
from app.medications.dose import (
    MedicationFacts,
    Medicine,
    PendingDose,
)
from app.messaging.message import InboundMessage
from app.people.person import (
    DiabetesType,
    Person,
    Role,
)

FIRST = "onboarding"
"""Who is held this conversation with is no patient yet."""
ZONE = "Asia/Kolkata"
ADDRESS = "whatsapp:+910000000000"
METFORMIN = Medicine(UUID(int=3), "metformin")
GIVEN = {
    "kind": "TENTH",
    "number": "1260",
    "tenth": "126",
    "reading_id": str(UUID(int=4)),
    "value": "126 mg/dL",
    "mg_dl": "126",
    "doctor_id": str(UUID(int=7)),
    "doctor": "Dr. Rao",
}
"""What a flow is entered with, where nothing else is said."""


def situation_for(flow: Flow, language: str, now: datetime) -> Situation:
    """Make the situation of a person with whom a flow can be held."""
    person = Person(UUID(int=1), Role.PATIENT, language, ZONE)
    message = InboundMessage("SM0", ADDRESS, "", now)
    if flow.name == FIRST:
        return Situation(now, message, person)
    patient = replace(
        person, name="Asha", patient_id=UUID(int=2), diabetes_type=DiabetesType.TYPE_2
    )
    doses = (_reminded(now),) if _answers_reminder(flow) else ()
    known = MedicationFacts((METFORMIN,), doses)
    meals = MealFacts(table=food_table())
    return Situation(now, message, patient, meals=meals, medications=known)


def begun(flow: Flow, flows: Flows, situation: Situation, slots: Mapping[str, str]) -> Turn:
    """Enter a flow, as the engine does of its own accord."""
    given = GIVEN | {"recorded_at": situation.now.isoformat()} | dict(slots)
    own: dict[str, SlotValue] = {slot: given.get(slot, slot) for slot in flow.given}
    course = run(enter(Course(), flows, flow.name, own), flows, situation)
    place = course.place
    step = flows.step(place.flow, place.step) if place else None
    until = situation.now + step.wait.silence if isinstance(step, Ask | Choose) else None
    node = Node(place, course.suspended, situation.new_id("wait").hex, until)
    return Turn(node, course.said, course.events)


def after(situation: Situation, turn: Turn, now: datetime) -> Situation:
    """Give the situation that a turn leads to: what it ended in is what the next one knows."""
    later = replace(situation, node=turn.node, now=now)
    for event in turn.events:
        later = applied(later, event)
    return later


def hearing(situation: Situation, words: str, number: int, *, photo: bool = False) -> Situation:
    """Let the person write; `number` tells one message from another."""
    message = InboundMessage(
        f"SM{number}", ADDRESS, words, situation.now, media_count=1 if photo else 0
    )
    return replace(situation, message=message)


def _answers_reminder(flow: Flow) -> bool:
    steps = flow.steps.values()
    return any(isinstance(s, Do) and s.action is Action.ANSWER_REMINDER for s in steps)


def _reminded(now: datetime) -> PendingDose:
    return PendingDose(
        log_id=UUID(int=5),
        medicine_id=METFORMIN.medicine_id,
        name=METFORMIN.name,
        scheduled_time=now - timedelta(minutes=5),
        remind_at=now - timedelta(minutes=5),
        reminder_id=UUID(int=6),
        reminded_at=now - timedelta(minutes=5),
    )
