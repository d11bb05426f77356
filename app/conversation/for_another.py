"""What a turn may do, and says, where the sender writes for a patient they care for. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.conversation.for_whom.whom import ABOUT
from app.conversation.log import Log
from app.emergency.event import EmergencyContinued, EmergencyOpened, EmergencyResolved
from app.glucose.reading import GlucoseEvent
from app.meals.meal import MealEvent
from app.medications.dose import MedicationEvent
from app.people.access.rules import Need, may
from app.people.caring.caregiver import CareLeft
from app.people.codes.invitation import CodeTried, InvitationAccepted
from app.people.person import (
    DigestTimeChosen,
    LanguageChosen,
    MessagesStarted,
    MessagesStopped,
    NameGiven,
    QuietHoursChosen,
    ZoneChosen,
)
from app.text import text

if TYPE_CHECKING:
    from app.conversation.course import Course
    from app.conversation.turn import Event, ForAnother, Place, Situation
    from app.emergency.assess import Assessment

TELLS_DANGER = EmergencyOpened | EmergencyContinued | EmergencyResolved
OF_SENDER = (
    LanguageChosen
    | ZoneChosen
    | QuietHoursChosen
    | DigestTimeChosen
    | MessagesStopped
    | MessagesStarted
    | CareLeft
    | NameGiven
    | CodeTried
    | InvitationAccepted
)
"""What a caregiver sets for themselves in a turn that is about a patient; nothing else of a person
is written in it."""
TOLD = GlucoseEvent | MealEvent | MedicationEvent
ABOUT_PATIENT = frozenset({"reading_state", "doubtful_reading", "log_meal", "help_came"})
"""Flows that ask about what was told of a patient."""

ONE_AT_A_TIME = text(
    "Please write of one person in a message. I kept nothing of this one. In danger, call 112."
)


def permitted(events: tuple[Event, ...], situation: Situation) -> tuple[Event, ...]:
    """Leave of a turn's events what the sender may have happen.

    Danger told of is always written; data only where the patient allows it, and of the sender
    only what is the sender's own.
    """
    another = situation.for_another
    if another is None:
        return events
    written = OF_SENDER | TELLS_DANGER | (TOLD if may_log(another) else TELLS_DANGER)
    return tuple(event for event in events if isinstance(event, written))


def may_log(another: ForAnother) -> bool:
    """Say whether the patient allows that the sender has something kept."""
    return may(another.standing, Need.LOG)


def not_allowed(another: ForAnother) -> Log:
    """Say that the patient has not allowed it, and what would."""
    line = text(
        "{name} has not allowed you to send readings, meals or medicines, so I kept nothing. "
        "{name} can allow it: write CAREGIVER from that phone.",
        name=another.patient.name,
    )
    return Log(noted=(line,))


def said_of(log: Log, danger: Assessment, situation: Situation) -> Log:
    """Say with what was kept for whom it was; in danger also where only the danger is."""
    another = situation.for_another
    if another is None:
        return log
    name = another.patient.name
    if danger.texts and not (may_log(another) and log.noted):
        return Log(noted=(text("This is about {name}.", name=name),))
    if not any(isinstance(event, TOLD) for event in log.events):
        return log
    return replace(log, noted=(text("For {name}:", name=name), *log.noted))


def answered_for(course: Course, situation: Situation) -> Course:
    """Say for whom it was kept where an answer to a question was all that was told."""
    another = situation.for_another
    if another is None or not any(isinstance(event, TOLD) for event in course.events):
        return course
    return replace(course, said=(text("For {name}:", name=another.patient.name), *course.said))


def nobodys(situation: Situation) -> Log:
    """Say that it is not plain of whom something was told, so that it was not kept."""
    if situation.is_of_several:
        return Log(noted=(ONE_AT_A_TIME,))
    first = situation.person.cares_for[0]
    line = text(
        "I could not tell whom that is about, so I kept nothing. Write the name first, for "
        "example: {name} 182. In danger, call 112.",
        name=first.name,
    )
    return Log(noted=(line,))


def marked(place: Place, course: Course, situation: Situation) -> Place:
    """Remember of whom a question asks, so that its answer is written for nobody else."""
    another = situation.for_another
    if another is None or not course.asked or place.flow not in ABOUT_PATIENT:
        return place
    return replace(place, slots={**place.slots, ABOUT: str(another.patient.patient_id)})
