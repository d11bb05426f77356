"""What a person answers to a reminder, as events and words. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.conversation.log import Log, joined
from app.conversation.turn import Situation
from app.medications.dose import DoseLogged, DosePostponed, PendingDose
from app.medications.reply import dose_advice, dose_noted
from app.parsing.meanings import DoseStatus
from app.text import Text, text

ANSWERED_WITHIN = timedelta(hours=3)
"""A reminder is answered no later than this after it was sent (house)."""
LATER = timedelta(minutes=30)
"""How much later a dose is reminded of once more (house)."""

NOT_ASKED = text("I am not asking about a dose just now.")
ASKED_ONCE = text("All right. I will not ask about this dose again.")

STATUSES = {"taken": DoseStatus.TAKEN, "skipped": DoseStatus.SKIPPED}


def doses_asked_about(situation: Situation) -> tuple[PendingDose, ...]:
    """List the doses of the reminder that a message may answer; empty where none waits."""
    at = situation.message.received_at
    return tuple(dose for dose in situation.medications.waiting if _is_fresh(dose, at))


def doses_meant(situation: Situation) -> tuple[PendingDose, ...]:
    """List the doses that a verb alone is of: those asked about, else those put off.

    A dose put off is spoken of still, though its second reminder is to come.
    """
    at = situation.message.received_at
    put_off = (d for d in situation.medications.pending if _is_put_off(d, at))
    return doses_asked_about(situation) or tuple(put_off)


def _is_put_off(dose: PendingDose, at: datetime) -> bool:
    if dose.reminded_at is not None or dose.remind_at == dose.scheduled_time:
        return False
    return dose.scheduled_time <= at <= dose.remind_at - LATER + ANSWERED_WITHIN


def _is_fresh(dose: PendingDose, at: datetime) -> bool:
    sent_at = dose.reminded_at
    return sent_at is not None and timedelta(0) <= at - sent_at <= ANSWERED_WITHIN


def reminder_answered(answer: str, situation: Situation) -> Log:
    """Do what an answer asks for: `taken` or `skipped` is logged, `later` is asked again once."""
    doses = doses_meant(situation)
    if not doses:
        return Log(noted=(NOT_ASKED,))
    if answer in STATUSES:
        return all_logged(doses, STATUSES[answer], situation.message.received_at)
    return put_off(doses, situation)


def put_off(doses: Sequence[PendingDose], situation: Situation) -> Log:
    """Remind of doses once more; the time of what is put off already stays."""
    again = [dose for dose in doses if dose.remind_at == dose.scheduled_time]
    if again:
        return _postponed(again, situation)
    to_come = [d.remind_at for d in doses if not d.reminded_at and d.remind_at > situation.now]
    return Log(noted=(_again_at(min(to_come), situation) if to_come else ASKED_ONCE,))


def all_logged(doses: Sequence[PendingDose], status: DoseStatus, at: datetime) -> Log:
    """Log doses alike."""
    return joined(_logged(dose, status, at) for dose in doses)


def _logged(dose: PendingDose, status: DoseStatus, at: datetime) -> Log:
    """Log a dose made ahead: its row stays the same, so that no dose is counted twice."""
    taken_at = at if status is DoseStatus.TAKEN else None
    event = DoseLogged(dose.log_id, dose.medicine_id, status, dose.scheduled_time, taken_at)
    return Log((event,), (dose_noted(dose.shown, status),), dose_advice(dose.name, status))


def _postponed(doses: Sequence[PendingDose], situation: Situation) -> Log:
    again_at = max(situation.now, situation.message.received_at) + LATER
    events = tuple(DosePostponed(dose.log_id, again_at) for dose in doses)
    return Log(events, (_again_at(again_at, situation),))


def _again_at(at: datetime, situation: Situation) -> Text:
    local = at.astimezone(ZoneInfo(situation.person.zone))
    return text("All right, I will remind you again at {time}.", time=f"{local:%H:%M}")
