"""Every question that a flow can wait at, found in the flows, and people who stand there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from app.conversation.load import flows
from app.conversation.offered import as_rows
from app.conversation.step import Ask, Choose, Question
from app.conversation.turn import Node, Place, Situation
from app.glucose.reading import GlucoseFacts, Reading
from app.meals.meal import KeptMeal, MealType
from app.parsing.meanings import Food, GlucoseState
from tests.conversation.world import BEGIN, NEWCOMER, PATIENT, situation

SLOTS = {
    "language": "en",
    "agreed": "yes",
    "name": "Asha",
    "type": "type_2",
    "unit": "mg_dl",
    "reading_id": "00000000-0000-0000-0000-000000000009",
    "recorded_at": "2026-11-20T08:00:00+05:30",
    "mg_dl": "142.0",
    "value": "142 mg/dL",
    "kind": "MMOL_OR_HBA1C",
    "number": "5.6",
    "tenth": "0.56",
    "medicine": "metformin 500",
    "times": "08:00, 20:00",
    "period": "week",
    "medicine_id": "00000000-0000-0000-0000-000000000003",
    "wish": "pause",
    "pause": "three",
    "sure": "yes",
    "has_any": "yes",
    "meal_id": "00000000-0000-0000-0000-00000000000a",
    "food": "roti",
    "counted": "roti",
    "begins": "amount",
    "ends": "test",
    "test_at": "2026-11-20T10:30:00+05:30",
    "test_time": "10:30",
    "doctor": "Dr. Rao",
    "doctor_id": "00000000-0000-0000-0000-000000000008",
    "abroad": "yes",
    "in_danger": "no",
    "has_doctors": "yes",
    "doses": "00000000-0000-0000-0000-00000000000b",
    "skipped": "metformin",
    "reason": "unwell",
    "caregiver": "Ravi",
    "caregiver_id": "00000000-0000-0000-0000-00000000000b",
    "has_caregivers": "yes",
    "may": "both",
    "patient": "Asha",
    "patient_id": "00000000-0000-0000-0000-00000000000c",
    "has_patients": "yes",
    "has_own": "no",
    "phone": "+919812345678",
    "patient_is": "mother",
    "invitation_id": "00000000-0000-0000-0000-00000000000d",
    "invited": "yes",
    "link": "https://wa.me/1?text=CARE%20123456",
    "told": "fasting 126",
    "told_at": "2026-11-20T08:30:00+05:30",
    "question": "may I eat mangoes",
    "is_known": "yes",
    "earlier_answer": "Half a mango is fine.",
    "answered_on": "2026-11-18",
    "has_choice": "yes",
    "is_put": "yes",
}
ROWS = as_rows([("Asia/Kolkata", "India"), ("Asia/Dubai", "Dubai")])
"""The rows of a question whose rows depend on the person."""
TOKEN = "a" * 32
BEFORE_CONSENT = frozenset({("onboarding", "language"), ("onboarding", "agree")})
WAITS = [
    (flow.name, step.id)
    for flow in flows().flows.values()
    for step in flow.steps.values()
    if isinstance(step, Ask | Choose)
]


def question(flow: str, step: str) -> Question:
    """Give the question of a wait."""
    found = flows().step(flow, step)
    assert isinstance(found, Ask | Choose)
    return found


def standing(flow: str, step: str) -> Situation:
    """Let a person stand at a question with one reading and one meal behind them."""
    person = NEWCOMER if (flow, step) in BEFORE_CONSENT else PATIENT
    told = Reading(UUID(SLOTS["reading_id"]), 142.0, GlucoseState.RANDOM, BEGIN, BEGIN)
    eaten = KeptMeal(
        UUID(SLOTS["meal_id"]), MealType.BREAKFAST, BEGIN, BEGIN, (Food("roti", None),)
    )
    now = replace(situation(person), glucose=GlucoseFacts((told,)))
    now = replace(now, meals=replace(now.meals, latest_told=(eaten,)))
    slots = {slot: value for slot, value in SLOTS.items() if slot != question(flow, step).wait.slot}
    place = Place(flow, flows().flows[flow].version, step, {**slots, **_rows(flow, step)})
    return replace(now, node=Node(place, (), TOKEN, now.now + timedelta(hours=1)))


def _rows(flow: str, step: str) -> dict[str, str]:
    asked = question(flow, step)
    return {asked.rows: ROWS} if isinstance(asked, Choose) and asked.rows else {}
