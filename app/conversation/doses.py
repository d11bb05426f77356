"""Doses told: which medicine they are of, and what is said to them. Pure."""

from collections.abc import Sequence
from uuid import UUID

from app.conversation.log import Log
from app.conversation.turn import Event, Situation
from app.medications.dose import DoseLogged, Medicine, MedicineAdded
from app.medications.reply import UNNAMED, dose_advice, dose_noted
from app.parsing.meanings import Dose, DoseStatus


def log_doses(situation: Situation, told: Sequence[Dose]) -> list[Log]:
    """Log each dose told in a message; one medicine at one time is one dose."""
    logs: list[Log] = []
    known = situation.medications.medicines
    seen: set[tuple[str, object]] = set()
    for number, dose in enumerate(told):
        medicine, added = _medicine(situation, dose, known)
        moment = (medicine.name, dose.taken_at)
        if moment in seen:
            continue
        seen.add(moment)
        known = (*known, medicine) if added else known
        logs.append(_log(situation, dose, medicine, added, situation.new_id(f"dose:{number}")))
    return logs


def _medicine(
    situation: Situation, dose: Dose, known: Sequence[Medicine]
) -> tuple[Medicine, tuple[Event, ...]]:
    """Find the medicine a dose is of, or add it to the list.

    "My medicine" is the only one there is; where there are several or none, guessing one would
    put a dose to a medicine that was perhaps not taken, so it is kept under a name of its own.
    """
    only = known[0].name if len(known) == 1 else UNNAMED
    name = dose.name or only
    for medicine in known:
        if medicine.name == name:
            return medicine, ()
    medicine = Medicine(situation.new_id(f"medicine:{name}"), name)
    return medicine, (MedicineAdded(medicine.medicine_id, name),)


def _log(
    situation: Situation, dose: Dose, medicine: Medicine, added: tuple[Event, ...], log_id: UUID
) -> Log:
    told_at = dose.taken_at or situation.message.received_at
    taken_at = told_at if dose.status is DoseStatus.TAKEN else None
    logged = DoseLogged(log_id, medicine.medicine_id, dose.status, told_at, taken_at)
    return Log(
        (*added, logged),
        (dose_noted(medicine.name, dose.status),),
        dose_advice(medicine.name, dose.status),
    )
