"""Everything in a message that is kept, or that must be answered though it is not. Pure."""

from app.conversation.doses import log_doses
from app.conversation.honest import not_kept
from app.conversation.log import Log, joined
from app.conversation.readings import log_readings
from app.conversation.turn import Situation
from app.parsing.meanings import Dose, Glucose, Parsed
from app.people.person import Person, Role
from app.text import text

AFTER_CONSENT = text("I have not kept that. Please send it again after you have agreed.")
FOR_OTHERS = text(
    "I cannot keep readings or medicines for someone else yet. If that person is in danger, call "
    "112."
)
NO_NUMBER = text("I keep numbers only: when the meter shows one, please send it.")


def log_of(situation: Situation, parsed: Parsed, *, is_emergency: bool) -> Log:
    """Log what a message tells, as far as it is the sender's own and the sender has agreed."""
    if not any(_is_told(meaning) for meaning in parsed.meanings):
        return _answered(parsed)
    if is_for_others(situation.person, parsed):
        return Log(noted=(FOR_OTHERS,))
    if situation.person.patient_id is None:
        return Log(noted=(AFTER_CONSENT,))
    glucose = [m for m in parsed.meanings if isinstance(m, Glucose)]
    doses = [m for m in parsed.meanings if isinstance(m, Dose)]
    readings = joined(log_readings(situation, glucose, is_emergency=is_emergency))
    return joined([readings, joined(log_doses(situation, doses)), _answered(parsed)])


def is_for_others(person: Person, parsed: Parsed) -> bool:
    """Say whether a message is about someone whose record the sender does not hold."""
    speaks_for_others = person.patient_id is None and person.role is not Role.PATIENT
    return speaks_for_others or parsed.subject is not None


def _is_told(meaning: object) -> bool:
    return isinstance(meaning, Glucose | Dose)


def _answered(parsed: Parsed) -> Log:
    lines = [not_kept(meaning) for meaning in parsed.meanings]
    return Log(noted=tuple(line for line in lines if line is not None))
