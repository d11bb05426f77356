"""Doses told: which medicine they are of, and what is said to them. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from app.conversation.doses_again import told_again
from app.conversation.log import Log
from app.conversation.reminders import all_logged, doses_meant, put_off
from app.conversation.turn import Event, Situation
from app.medications.dose import DoseLogged, Medicine, MedicineAdded, PendingDose
from app.medications.reply import UNNAMED, dose_advice, dose_noted
from app.parsing.meanings import Dose, DoseStatus

SAME_DOSE = timedelta(hours=3)
"""What is told this long before or after a dose is due is told of that dose (house)."""


def log_doses(situation: Situation, told: Sequence[Dose]) -> list[Log]:
    """Log each dose told in a message; one medicine at one time is one dose."""
    logs: list[Log] = []
    known = situation.medications.medicines
    ahead = situation.medications.pending
    seen: set[tuple[str, object]] = set()
    for number, dose in enumerate(told):
        medicine, added = _medicine(situation, dose, known)
        moment = (medicine.name, dose.taken_at)
        if moment in seen:
            continue
        seen.add(moment)
        if due := _due(situation, dose, medicine, ahead):
            ahead = tuple(each for each in ahead if each not in due)
            logs.append(_answered(situation, due, dose))
            continue
        if again := told_again(situation, dose, medicine):
            logs.append(again)
            continue
        known = (*known, medicine) if added else known
        logs.append(_log(situation, dose, medicine, added, situation.new_id(f"dose:{number}")))
    return logs


def _answered(situation: Situation, due: Sequence[PendingDose], dose: Dose) -> Log:
    """Log doses made ahead; "not yet" puts off what was asked about, as "later" does."""
    if dose.not_yet and set(due) <= set(doses_meant(situation)):
        return put_off(due, situation)
    return all_logged(due, dose.status, _told_at(situation, dose))


def _told_at(situation: Situation, dose: Dose) -> datetime:
    return dose.taken_at or situation.message.received_at


def _due(
    situation: Situation, dose: Dose, medicine: Medicine, ahead: Sequence[PendingDose]
) -> list[PendingDose]:
    """Find the doses made ahead that a dose is: all that were asked about, or the nearest one.

    What was not taken is never a dose that is still to come.
    """
    asked_about = [each for each in doses_meant(situation) if each in ahead]
    if dose.name is None and asked_about:
        return asked_about
    at = _told_at(situation, dose)
    is_taken = dose.status is DoseStatus.TAKEN
    near = [
        each
        for each in ahead
        if each.medicine_id == medicine.medicine_id
        and abs(each.scheduled_time - at) <= SAME_DOSE
        and (is_taken or each.scheduled_time <= at or each in asked_about)
    ]
    return sorted(near, key=lambda each: abs(each.scheduled_time - at))[:1]


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
    called = _called(situation, dose)
    medicine = Medicine(situation.new_id(f"medicine:{name}"), name, called)
    return medicine, (MedicineAdded(medicine.medicine_id, name, called),)


def _called(situation: Situation, dose: Dose) -> str:
    """Give the name as the person wrote it; empty where it is the generic, or none was said."""
    if dose.name is None or not dose.spans:
        return ""
    first, last = dose.spans[0]
    written = situation.message.body[first:last]
    return "" if written.lower() == dose.name else written


def _log(
    situation: Situation, dose: Dose, medicine: Medicine, added: tuple[Event, ...], log_id: UUID
) -> Log:
    told_at = _told_at(situation, dose)
    taken_at = told_at if dose.status is DoseStatus.TAKEN else None
    logged = DoseLogged(log_id, medicine.medicine_id, dose.status, told_at, taken_at)
    return Log(
        (*added, logged),
        (dose_noted(medicine.shown, dose.status),),
        dose_advice(medicine.name, dose.status),
    )
