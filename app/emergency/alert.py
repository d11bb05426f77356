"""Who around a patient is told of an emergency, and the message to each of them. Pure.

Who is told at once is the column "who is told" of the triage table. A caregiver may turn alerts
off, except those of rows P0 and P0b; a doctor who wants none, or a digest, is told of danger signs.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.emergency import alert_texts as texts
from app.emergency import constants as c
from app.emergency.event import Level
from app.glucose.reply import as_shown
from app.messaging.outbox.outgoing import Outgoing, Priority, Purpose
from app.people.circle import AlertPreference, Circle, Companion
from app.people.person import Person, Role
from app.text import Text

ALERT_STALE_AFTER = timedelta(hours=2)
"""An alert that could not be sent for so long is told no more (house)."""

IN_SPITE_OF_CAREGIVER = frozenset({Level.P0, Level.P0B})
IN_SPITE_OF_DOCTOR = frozenset({Level.P0, Level.P0B, Level.P3})
"""Rows that are told to those too who turned alerts off."""


@dataclass(frozen=True, slots=True)
class Danger:
    """What an alert is about.

    Attributes:
        glucose_mg_dl: The last value told; None where none was.
    """

    event_id: UUID
    level: Level
    glucose_mg_dl: float | None = None


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why an alert is given now.

    Attributes:
        name: Unique within the event: what was told once on an occasion is not told again.
        doctors: Whether doctors are told as well as caregivers.
        family: Whether caregivers are told; they may know already.
    """

    name: str
    wording: texts.Wording
    doctors: bool
    family: bool = True


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Whom it is about, who stands around, and when."""

    patient: Person
    circle: Circle
    now: datetime


def told(danger: Danger, occasion: Occasion, around: Surroundings) -> tuple[Outgoing, ...]:
    """Tell everyone in the circle whom the occasion concerns, each in their language."""
    people = [one for one in around.circle.companions if _is_told(one, danger.level, occasion)]
    return told_to(people, danger, occasion.name, occasion.wording, around)


def told_to(
    people: Iterable[Companion],
    danger: Danger,
    occasion: str,
    wording: texts.Wording,
    around: Surroundings,
) -> tuple[Outgoing, ...]:
    """Tell certain people, whatever they want to hear of; once on an occasion."""
    return tuple(
        Outgoing(
            key=f"alert:{danger.event_id}:{one.user_id}:{occasion}",
            user_id=one.user_id,
            patient_id=around.patient.patient_id,
            purpose=Purpose.EMERGENCY_ALERT,
            priority=Priority.EMERGENCY,
            language=one.language,
            texts=_said(danger, wording, one, around.patient),
            due_at=around.now,
            not_after=around.now + ALERT_STALE_AFTER,
            event_id=danger.event_id,
        )
        for one in people
    )


def told_over(
    danger: Danger, over: tuple[Text, ...], alerted: Collection[UUID], around: Surroundings
) -> tuple[Outgoing, ...]:
    """Tell those who were alerted, and are still in the circle, that it is over.

    Args:
        danger: With the value that ended it, if one did.
        over: The sentences; the first names the patient.
        alerted: Users.
        around: The patient, the circle and the time.
    """
    return tuple(
        Outgoing(
            key=f"alert:{danger.event_id}:{one.user_id}:over",
            user_id=one.user_id,
            patient_id=around.patient.patient_id,
            purpose=Purpose.EMERGENCY_ALERT,
            priority=Priority.TIMELY,
            language=one.language,
            texts=(
                texts.named(over[0], _name(one, around.patient)),
                *_last_value(danger, around.patient),
                *over[1:],
            ),
            due_at=around.now,
            not_after=around.now + c.EPISODE_ENDS_AFTER,
            event_id=danger.event_id,
        )
        for one in around.circle.companions
        if one.user_id in alerted
    )


def _is_told(one: Companion, level: Level, occasion: Occasion) -> bool:
    if one.role is Role.DOCTOR:
        wants = one.alerts is AlertPreference.IMMEDIATE or level in IN_SPITE_OF_DOCTOR
        return occasion.doctors and wants
    return occasion.family and (one.critical_alerts or level in IN_SPITE_OF_CAREGIVER)


def _said(
    danger: Danger, wording: texts.Wording, one: Companion, patient: Person
) -> tuple[Text, ...]:
    to_do = texts.FOR_A_DOCTOR if one.role is Role.DOCTOR else wording.to_do
    happened = texts.named(wording.happened, _name(one, patient))
    return (happened, *_last_value(danger, patient), wording.said, to_do)


def _name(one: Companion, patient: Person) -> str | Text:
    return patient.name or (texts.ANY_PATIENT if one.role is Role.DOCTOR else texts.ANYONE)


def _last_value(danger: Danger, patient: Person) -> tuple[Text, ...]:
    if danger.glucose_mg_dl is None:
        return ()
    return (texts.last_value(as_shown(danger.glucose_mg_dl, patient.unit)),)
