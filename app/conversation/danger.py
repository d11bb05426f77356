"""Triage, asked before anything else. Pure."""

from datetime import timedelta

from app.conversation.turn import Event, Situation
from app.emergency.assess import Assessment, Circumstances, Teller, assess, known_of
from app.emergency.event import Level
from app.emergency.finding import Finding
from app.emergency.triage import BY_SIGNS, triage
from app.parsing.meanings import (
    AnyMeaning,
    Asked,
    Command,
    Glucose,
    HelpWord,
    Parsed,
    Symptoms,
)

ASKS_FOR_SIGNS = frozenset({Level.P5, Level.P6})
ANSWERED_WITHIN = timedelta(hours=2)
"""How long a bare "yes" is taken to answer the question for danger signs (house)."""


def danger_in(
    situation: Situation, parsed: Parsed, told_of_help: HelpWord | None = None
) -> Assessment:
    """Judge the danger a message tells of, and what it says of help.

    A corrected number that is no danger itself was not measured now: it ends no open event, which
    the family was alerted of, nor does it count as a value after treatment (house).
    """
    meanings = [one for one in parsed.meanings if not _only_puts_right(situation, one)]
    return assess(meanings, circumstances(situation), situation.new_id, told_of_help)


def _only_puts_right(situation: Situation, meaning: AnyMeaning) -> bool:
    if not isinstance(meaning, Glucose) or not meaning.correction:
        return False
    if not situation.glucose.latest_told or not situation.emergency.open:
        return False
    return not is_emergency_value(situation, meaning.value_mg_dl)


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
        teller=_teller(situation),
    )


def _teller(situation: Situation) -> Teller | None:
    another = situation.for_another
    if another is None:
        return None
    patient, sender = another.patient, another.sender
    return Teller(sender.user_id, sender.name, patient.user_id, patient.language)


def kept_events(situation: Situation, parsed: Parsed, danger: Assessment) -> tuple[Event, ...]:
    """Give the events that belong to the sender's own record.

    Before consent there is no record. A value said to be another's is not the sender's; danger
    signs are kept all the same, since a relative may be writing of the patient from this phone, and
    so is a word about help that is asked about.
    """
    if situation.person.patient_id is None:
        return ()
    is_own = parsed.subject is None or danger.level in BY_SIGNS or danger.asks_for_doctor
    return danger.events if is_own else ()
