"""Everything in a message that is kept, or that must be answered though it is not. Pure."""

from dataclasses import replace

from app.conversation.around_meals import AFTER
from app.conversation.corrections import take_back
from app.conversation.doses import log_doses
from app.conversation.for_another import may_log, nobodys, not_allowed
from app.conversation.honest import not_kept
from app.conversation.log import Log, joined
from app.conversation.meals import log_meals
from app.conversation.readings import log_readings
from app.conversation.skipped import why_skipped
from app.conversation.turn import Situation
from app.parsing.meanings import (
    AnyMeaning,
    Asked,
    Command,
    Connect,
    Dose,
    Glucose,
    Meal,
    Parsed,
    Symptoms,
)
from app.people.person import Person, Role
from app.text import text

AFTER_CONSENT = text("I have not kept that. Please send it again after you have agreed.")
FOR_OTHERS = text(
    "I cannot keep anything for someone else yet. If that person is in danger, call 112."
)


UNWELL = text(
    "I understood how you feel. Please test your sugar and write the number. If it does not get "
    "better, talk to your doctor."
)
"""Said to complaints that triage says nothing to: in danger no advice is said."""


def log_of(situation: Situation, parsed: Parsed) -> Log:
    """Log what a message tells, as far as it is the sender's own and the sender has agreed."""
    person = situation.person
    told = [meaning for meaning in parsed.meanings if is_told(meaning)]
    if told and (another := _of_another(situation, parsed)):
        return another
    if told and is_for_others(person, parsed):
        return Log(noted=(FOR_OTHERS,))
    if person.patient_id is None:
        return Log(noted=(AFTER_CONSENT,) if told else ())
    glucose = [m for m in told if isinstance(m, Glucose)]
    doses = [m for m in told if isinstance(m, Dose)]
    logs = log_readings(situation, glucose)
    logs += log_doses(situation, doses)
    logs += _meals(situation, [m for m in told if isinstance(m, Meal)], glucose)
    logs += [take_back(situation)] if _takes_back(situation, parsed) else []
    happened = [event for log in logs for event in log.events]
    return joined([*logs, _answered(parsed), why_skipped(happened, situation)])


def _of_another(situation: Situation, parsed: Parsed) -> Log | None:
    """Say why nothing is kept of what somebody tells who cares for others; None where it is."""
    if situation.asks_whom is not None:
        return Log()
    if situation.is_of_several:
        return nobodys(situation)
    if situation.for_another is not None:
        return None if may_log(situation.for_another) else not_allowed(situation.for_another)
    is_own = situation.person.patient_id is not None and parsed.subject is None
    return nobodys(situation) if situation.person.cares_for and not is_own else None


def _meals(situation: Situation, meals: list[Meal], readings: list[Glucose]) -> list[Log]:
    """Log meals; of one that is told with the reading after it nothing is asked."""
    logs = log_meals(situation, meals)
    is_tested = any(reading.state in AFTER for reading in readings)
    return [replace(log, follow_up=None) for log in logs] if is_tested else logs


def is_for_others(person: Person, parsed: Parsed) -> bool:
    """Say whether a message is about someone whose record the sender does not hold."""
    speaks_for_others = person.patient_id is None and person.role is not Role.PATIENT
    return speaks_for_others or parsed.subject is not None


def is_told(meaning: AnyMeaning) -> bool:
    """Say whether a meaning tells of a person's health, so that it would belong into a record."""
    return not isinstance(meaning, Asked | Symptoms | Connect)


def _takes_back(situation: Situation, parsed: Parsed) -> bool:
    """Say whether the last reading is to be taken back; of a late wish it is not clear which."""
    another = situation.for_another
    if another is not None and not may_log(another):
        return False
    asked = {m.command for m in parsed.meanings if isinstance(m, Asked)}
    return Command.UNDO in asked and not situation.is_late


def _answered(parsed: Parsed) -> Log:
    lines = [not_kept(meaning) for meaning in parsed.meanings]
    is_unwell = any(isinstance(meaning, Symptoms) for meaning in parsed.meanings)
    advice = (UNWELL,) if is_unwell else ()
    return Log(noted=tuple(line for line in lines if line is not None), advice=advice)
