"""A dose told again after it was answered: the same one, or another word on it. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.conversation.log import Log
from app.conversation.turn import Situation
from app.medications.dose import AnsweredDose, DoseLogged, LogStatus, Medicine
from app.medications.reply import dose_advice, dose_noted
from app.parsing.meanings import Dose, DoseStatus
from app.text import text

SAME_DOSE = timedelta(hours=3)
"""A dose of a medicine with times, told so long from one that is answered, is that one (house)."""
SAME_MOMENT = timedelta(minutes=30)
"""The same of a medicine without times, or where the time is told (house)."""
STILL_MEANT = timedelta(hours=12)
"""So long after it was due a missed dose is meant, unless a later one was taken (house)."""


def told_again(situation: Situation, dose: Dose, medicine: Medicine) -> Log | None:
    """Find the answered dose that is told once more; what became of it may be put right."""
    at = dose.taken_at or situation.message.received_at
    own = [d for d in situation.medications.answered if d.medicine_id == medicine.medicine_id]
    open_ones = (known for known in own if not _is_passed(known, own))
    near = [known for known in open_ones if abs(known.at - at) <= _within(known, dose, medicine)]
    known = min(near, key=lambda one: abs(one.at - at), default=None)
    if known is None:
        return None
    is_counted = known.status is LogStatus.MISSED  # by the clock: nobody told of it
    if known.is_taken == (dose.status is DoseStatus.TAKEN) and not is_counted:
        return _known(situation, known, medicine, dose)
    return _put_right(known, medicine, dose, at)


def _is_passed(known: AnsweredDose, own: Sequence[AnsweredDose]) -> bool:
    """Say whether a missed dose is not meant any more, since one due after it was taken."""
    later = (one for one in own if one.scheduled_time > known.scheduled_time)
    return known.status is LogStatus.MISSED and any(one.is_taken for one in later)


def _within(known: AnsweredDose, dose: Dose, medicine: Medicine) -> timedelta:
    if known.status is LogStatus.MISSED:
        return STILL_MEANT
    has_time = not medicine.times or dose.taken_at is not None
    return SAME_MOMENT if has_time else SAME_DOSE


def _known(situation: Situation, known: AnsweredDose, medicine: Medicine, dose: Dose) -> Log:
    if known.taken_at is None:
        line = dose_noted(medicine.shown, dose.status)
        return Log(noted=(line,), advice=dose_advice(medicine.name, dose.status))
    time = f"{known.at.astimezone(ZoneInfo(situation.person.zone)):%H:%M}"
    line = text(
        "I have that already: {medicine} taken at {time}. If you took it once more, write it with "
        "its time.",
        medicine=medicine.shown,
        time=time,
    )
    return Log(noted=(line,))


def _put_right(known: AnsweredDose, medicine: Medicine, dose: Dose, at: datetime) -> Log:
    taken_at = at if dose.status is DoseStatus.TAKEN else None
    event = DoseLogged(
        known.log_id, medicine.medicine_id, dose.status, known.scheduled_time, taken_at
    )
    noted = dose_noted(medicine.shown, dose.status)
    return Log((event,), (noted,), dose_advice(medicine.name, dose.status))
