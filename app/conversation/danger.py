"""Triage, asked before anything else. Pure."""

from datetime import timedelta

from app.conversation.turn import Event, Situation
from app.emergency.assess import Assessment, Circumstances, assess, known_of
from app.emergency.event import Level
from app.emergency.finding import Finding
from app.emergency.triage import BY_SIGNS, triage
from app.parsing.meanings import Asked, Command, Parsed, Symptoms

ASKS_FOR_SIGNS = frozenset({Level.P5, Level.P6})
ANSWERED_WITHIN = timedelta(hours=2)
"""How long a bare "yes" is taken to answer the question for danger signs (house)."""


def danger_in(situation: Situation, parsed: Parsed) -> Assessment:
    """Judge the danger a message tells of."""
    return assess(parsed.meanings, circumstances(situation), situation.new_id)


def signs_confirmed(situation: Situation, parsed: Parsed) -> tuple[Symptoms, ...]:
    """Take a "yes" to the question for danger signs as one of the signs that were asked for.

    Whichever of them it is, beside so high a value each leads to the same row of the table.
    """
    said = [one.command for one in parsed.meanings if isinstance(one, Asked)]
    if said != [Command.YES] or len(parsed.meanings) > 1:
        return ()
    asked = any(
        event.level in ASKS_FOR_SIGNS and situation.now - event.opened_at < ANSWERED_WITHIN
        for event in situation.emergency.open
    )
    return (Symptoms(("vomiting",), rules=("yes to the danger signs",)),) if asked else ()


def is_emergency_value(situation: Situation, value_mg_dl: float) -> bool:
    """Say whether a value by itself, now, would open an emergency of this person."""
    known = known_of(circumstances(situation))
    return triage(Finding(value_mg_dl=value_mg_dl), known).event is not None


def circumstances(situation: Situation) -> Circumstances:
    """Give what triage is told of a situation."""
    return Circumstances(
        person=situation.person,
        received_at=situation.message.received_at,
        now=situation.now,
        glucose=situation.glucose,
        medications=situation.medications,
        emergency=situation.emergency,
    )


def kept_events(situation: Situation, parsed: Parsed, danger: Assessment) -> tuple[Event, ...]:
    """Give the events that belong to the sender's own record.

    Before consent there is no record. A value said to be another's is not the sender's; danger
    signs are kept all the same, since a relative may be writing of the patient from this phone.
    """
    if situation.person.patient_id is None:
        return ()
    is_own = parsed.subject is None or danger.level in BY_SIGNS
    return danger.events if is_own else ()
