"""Families and doctors for the tests of alerts, by the name they are asserted by."""

from __future__ import annotations

from collections.abc import Iterable

from app.emergency.alert import Surroundings
from app.emergency.assess import Assessment, Circumstances
from app.emergency.escalation import Alerted, alerts
from app.emergency.event import EmergencyFacts, OpenEvent
from app.glucose.reading import ReadingLogged
from app.i18n import render
from app.messaging.outbox.outgoing import Outgoing
from app.parsing.units import Unit
from app.people.circle import AlertPreference, Circle, Companion
from app.people.person import Role
from tests.emergency.people import NOON, Story, new_id

DAUGHTER = Companion(new_id("daughter"), Role.CAREGIVER, "Meera", "en")
UNCLE = Companion(new_id("uncle"), Role.CAREGIVER, "Uncle", "hi", critical_alerts=False)
DOCTOR = Companion(new_id("doctor"), Role.DOCTOR, "Dr", "en", alerts=AlertPreference.IMMEDIATE)
DIGEST = Companion(new_id("digest"), Role.DOCTOR, "Dr", "en", alerts=AlertPreference.DAILY_DIGEST)
NOBODY = Companion(new_id("nobody"), Role.DOCTOR, "Dr", "en", alerts=AlertPreference.NONE)
CIRCLE = Circle((DAUGHTER, UNCLE, DOCTOR, DIGEST, NOBODY))

NAMES = {
    DAUGHTER.user_id: "daughter",
    UNCLE.user_id: "uncle, alerts off",
    DOCTOR.user_id: "doctor",
    DIGEST.user_id: "doctor, digest",
    NOBODY.user_id: "doctor, none",
    new_id("user"): "patient",
}
FAMILY = ["daughter"]
FAMILY_AND_DOCTOR = ["daughter", "doctor"]
ALL_DOCTORS = ["daughter", "doctor", "doctor, digest", "doctor, none"]
EVERYONE = ["daughter", "uncle, alerts off", "doctor", "doctor, digest", "doctor, none"]


def around(story: Story) -> Surroundings:
    return Surroundings(story.who, CIRCLE, story.now)


def told(
    story: Story,
    answer: Assessment,
    *,
    highs_in_24h: int = 0,
    alerted: Alerted | None = None,
    value: float | None = None,
    circle: Circle = CIRCLE,
    missed: OpenEvent | None = None,
) -> tuple[Outgoing, ...]:
    """Give the alerts of an answer; `value` is what the turn logged as a reading."""
    circumstances = Circumstances(
        person=story.who,
        received_at=story.now,
        now=story.now,
        glucose=story.glucose,
        medications=story.medications,
        emergency=EmergencyFacts(story.open, highs_in_24h, missed),
    )
    events = answer.events if value is None else (logged(value), *answer.events)
    return alerts(events, circumstances, circle, alerted or {})


def logged(value: float) -> ReadingLogged:
    return ReadingLogged(
        reading_id=new_id("reading"),
        value_mg_dl=value,
        state=None,
        recorded_at=NOON,
        unit=Unit.MG_DL,
        is_emergency=True,
    )


def names(outgoing: Iterable[Outgoing]) -> list[str]:
    return [NAMES[each.user_id] for each in outgoing]


def occasions(outgoing: Iterable[Outgoing]) -> list[str]:
    """List who is told, with the last part of the key: the level or the occasion."""
    return [f"{NAMES[each.user_id]}: {each.key.rpartition(':')[2]}" for each in outgoing]


def words(each: Outgoing) -> str:
    return " ".join(render(text, each.language) for text in each.texts)
