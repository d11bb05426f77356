"""Triage, asked before anything else. Pure."""

from app.conversation.turn import Event, Situation
from app.emergency.assess import Assessment, Circumstances, assess
from app.parsing.meanings import Parsed


def danger_in(situation: Situation, parsed: Parsed) -> Assessment:
    """Judge the danger a message tells of."""
    circumstances = Circumstances(
        person=situation.person,
        received_at=situation.message.received_at,
        now=situation.now,
        glucose=situation.glucose,
        medications=situation.medications,
        emergency=situation.emergency,
    )
    return assess(parsed.meanings, circumstances, situation.new_id)


def kept_events(situation: Situation, danger: Assessment) -> tuple[Event, ...]:
    """Give the events that have a patient's row to stand in."""
    return danger.events if situation.person.patient_id is not None else ()
