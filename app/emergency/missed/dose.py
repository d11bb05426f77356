"""Missed doses that are asked after: what is opened of them, and who is told. Pure.

After "Missed medication" of the clinical rules: three doses of a medicine in a row, or any dose of
insulin, missed by over four hours.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from app.emergency import alert_texts
from app.emergency.alert import Danger, Occasion, Surroundings, told, told_over
from app.emergency.event import (
    EmergencyFacts,
    EmergencyOpened,
    EmergencyStatus,
    EmergencyType,
    Level,
)
from app.emergency.missed import texts
from app.messaging.outbox.outgoing import Outgoing, Priority, Purpose
from app.text import Text

INSULIN, OTHERS = Level.P7, Level.P8
"""The levels of such events: they are graver than no row of the table (house)."""

MISSED_BY = timedelta(hours=4)
"""So long after it was due a dose is missed (clinical rules: any insulin dose by over 4 h)."""
IN_A_ROW = 3
"""So many missed doses of one medicine open an event (clinical rules)."""
LOOKED_AT = timedelta(hours=24)
"""So long after it is missed a dose can still open an event: a night, and a stop of the clock."""
LASTS = {INSULIN: timedelta(hours=24), OTHERS: timedelta(hours=72)}
"""So long an event goes on that no dose ends; doses missed after it open another (house)."""
ASKED_WITHIN = timedelta(hours=4)
"""A question that could not be sent for so long is not sent any more (house)."""
BETWEEN = ", "


@dataclass(frozen=True, slots=True)
class MissedDose:
    """A dose that nobody told of as taken, the last of its medicine.

    Attributes:
        medicine: As it is called by the person.
        scheduled_time: Aware.
    """

    log_id: UUID
    medicine: str
    is_insulin: bool
    scheduled_time: datetime


def opened_by(doses: Sequence[MissedDose], around: Surroundings) -> EmergencyOpened:
    """Open one event of all that is missed; insulin comes first, and alone.

    Args:
        doses: Not empty.
        around: The patient, the circle and the time.
    """
    insulin = [dose for dose in doses if dose.is_insulin]
    of = insulin or list(doses)
    last = max(of, key=lambda dose: (dose.scheduled_time, str(dose.log_id)))
    return EmergencyOpened(
        event_id=uuid5(last.log_id, "missed"),
        type=EmergencyType.MISSED_MEDICATION,
        level=INSULIN if insulin else OTHERS,
        status=EmergencyStatus.ACTIVE,
        instructions=_asked(of, last, around),
        follow_up_minutes=(),
    )


def said_of(
    opened: EmergencyOpened, facts: EmergencyFacts, around: Surroundings
) -> tuple[Outgoing, ...]:
    """Ask the patient and tell the caregivers; with a high on the same day the doctor too."""
    return (_question(opened, around), *_told(opened, facts, around))


def said_over(
    event_id: UUID, level: Level, alerted: frozenset[UUID], around: Surroundings
) -> tuple[Outgoing, ...]:
    """Tell those who were alerted that a dose is told of again."""
    danger = Danger(event_id, level)
    return told_over(danger, (alert_texts.TAKEN_AGAIN,), alerted, around)


def _asked(doses: Sequence[MissedDose], last: MissedDose, around: Surroundings) -> tuple[Text, ...]:
    if last.is_insulin:
        due = last.scheduled_time.astimezone(ZoneInfo(around.patient.zone))
        return (texts.insulin_missed(last.medicine, f"{due:%H:%M}"),)
    return texts.three_missed(BETWEEN.join(sorted({dose.medicine for dose in doses})))


def _question(opened: EmergencyOpened, around: Surroundings) -> Outgoing:
    patient = around.patient
    return Outgoing(
        key=f"missed:{opened.event_id}",
        user_id=patient.user_id,
        patient_id=patient.patient_id,
        purpose=Purpose.EMERGENCY_FOLLOW_UP,
        priority=_priority(opened.level),
        language=patient.language,
        texts=opened.instructions,
        due_at=around.now,
        not_after=around.now + ASKED_WITHIN,
        event_id=opened.event_id,
    )


def _told(
    opened: EmergencyOpened, facts: EmergencyFacts, around: Surroundings
) -> tuple[Outgoing, ...]:
    wording = alert_texts.MISSED[opened.level]
    occasion = Occasion("missed", wording, doctors=facts.highs_in_24h > 0)
    alerts = told(Danger(opened.event_id, opened.level), occasion, around)
    return tuple(replace(one, priority=_priority(opened.level)) for one in alerts)


def _priority(level: Level) -> Priority:
    """Say what goes first: insulin knows no quiet hours, other doses are no emergency."""
    return Priority.EMERGENCY if level is INSULIN else Priority.TIMELY
