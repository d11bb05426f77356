"""What follows where people around a patient could not be told of an open emergency. Pure.

The patient hears whom we could not reach. Where nobody who was to be told could be reached, those
are told who otherwise would not have been.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from app.emergency import alert_texts, follow_up_texts
from app.emergency.alert import (
    ALERT_STALE_AFTER,
    IN_SPITE_OF_DOCTOR,
    Danger,
    Occasion,
    Surroundings,
    told,
    told_to,
)
from app.emergency.event import Level
from app.messaging.outbox.outgoing import Outgoing, Priority, Purpose
from app.people.circle import AlertPreference, Companion
from app.people.person import Role

BETWEEN = ", "
UNASKED = "unasked"
"""The occasion on which it is told that the patient could not be asked."""


@dataclass(frozen=True, slots=True)
class Unheard:
    """An open emergency of which not everyone could be told.

    Attributes:
        unreached: Users to whom no alert of it got through, nor is on its way.
        alerted: Users who were to be told, reached or not.
    """

    event_id: UUID
    patient_id: UUID
    level: Level
    glucose_mg_dl: float | None
    unreached: frozenset[UUID]
    alerted: frozenset[UUID]

    @property
    def key(self) -> str:
        """Name what was said of it: each further person whom we miss is told of anew."""
        return key_of(self.event_id, len(self.unreached))


@dataclass(frozen=True, slots=True)
class Unasked:
    """An open emergency whose follow-up did not reach the patient."""

    patient_id: UUID
    danger: Danger


def key_of(event_id: UUID | str, unreached: int) -> str:
    """Give the key of what the patient is told when so many could not be reached."""
    return f"unheard:{event_id}:{unreached}"


def said_of(unheard: Unheard, around: Surroundings) -> tuple[Outgoing, ...]:
    """Tell the patient, and others instead where nobody could be reached."""
    return (_to_patient(unheard, around), *_instead(unheard, around))


def said_unasked(unasked: Unasked, around: Surroundings) -> tuple[Outgoing, ...]:
    """Tell the caregivers whose patient our question does not reach; the doctors for want of any.

    Silence alone is not told of in every row, and whoever cannot be asked is silent.
    """
    row = alert_texts.OF_LEVEL.get(unasked.danger.level)
    if row is None:
        return ()
    wording = replace(alert_texts.NOT_ASKED, to_do=row.to_do)
    family = told(unasked.danger, Occasion(UNASKED, wording, doctors=False), around)
    return family or told(unasked.danger, Occasion(UNASKED, wording, doctors=True), around)


def _to_patient(unheard: Unheard, around: Surroundings) -> Outgoing:
    patient = around.patient
    missed = (one for one in around.circle.companions if one.user_id in unheard.unreached)
    names = BETWEEN.join(dict.fromkeys(one.name for one in missed if one.name))
    return Outgoing(
        key=unheard.key,
        user_id=patient.user_id,
        patient_id=patient.patient_id,
        purpose=Purpose.EMERGENCY_FOLLOW_UP,
        priority=Priority.EMERGENCY,
        language=patient.language,
        texts=(follow_up_texts.not_reached(names),),
        due_at=around.now,
        not_after=around.now + ALERT_STALE_AFTER,
        event_id=unheard.event_id,
    )


def _instead(unheard: Unheard, around: Surroundings) -> tuple[Outgoing, ...]:
    """Tell those who are left in the circle, where nobody who was to be told could be.

    Also caregivers who turned alerts off and doctors who want a digest, since nobody else knows
    (house).
    """
    wording = alert_texts.OF_LEVEL.get(unheard.level)
    if wording is None or unheard.alerted != unheard.unreached:
        return ()
    left = [
        one
        for one in around.circle.companions
        if one.user_id not in unheard.alerted and _may_be_told(one, unheard.level)
    ]
    danger = Danger(unheard.event_id, unheard.level, unheard.glucose_mg_dl)
    return told_to(left, danger, "instead", wording, around)


def _may_be_told(one: Companion, level: Level) -> bool:
    wants_none = one.role is Role.DOCTOR and one.alerts is AlertPreference.NONE
    return not wants_none or level in IN_SPITE_OF_DOCTOR
