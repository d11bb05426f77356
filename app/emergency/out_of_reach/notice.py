"""What a caregiver is told of a patient whom no reminder reaches. Pure.

Nobody who could be asked is told of: as soon as the patient writes, or a message arrives, it is
over. It is no emergency: it waits for the day, and whoever wants no alerts is spared it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.emergency import alert_texts
from app.emergency.alert import Surroundings
from app.messaging.outbox.outgoing import Outgoing, Priority, Purpose
from app.people.circle import Companion
from app.people.person import Role
from app.text import Text, text

FOR_A_DAY = timedelta(hours=24)
"""So long nothing is heard of a patient before a missed dose is told of; of insulin not so long."""
LOOKED_AT = timedelta(hours=48)
"""So long ago a dose can have been due that is told of (house)."""
AT_MOST_EACH = timedelta(hours=23)
"""A caregiver is told of one patient at most once in so long: a day, less the clock's rounds."""
A_WEEK, AT_MOST_A_WEEK = timedelta(days=7), 3
"""Who was told so often in so long knows, and need not be told again (house)."""
SENT_WITHIN = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """A patient whom no reminder reaches.

    Attributes:
        since: Aware; when the patient was last heard of, or asked for no more messages.
        tells: Users, caregivers who were not told lately.
    """

    patient_id: UUID
    since: datetime
    tells: frozenset[UUID]


def said_of(out: OutOfReach, around: Surroundings) -> tuple[Outgoing, ...]:
    """Tell the caregivers who are to be told, each in their language."""
    return tuple(_to(one, out, around) for one in _told(out.tells, around))


def _told(users: Collection[UUID], around: Surroundings) -> list[Companion]:
    return [
        one
        for one in around.circle.companions
        if one.role is Role.CAREGIVER and one.critical_alerts and one.user_id in users
    ]


def _to(one: Companion, out: OutOfReach, around: Surroundings) -> Outgoing:
    zone = ZoneInfo(around.patient.zone)
    today = around.now.astimezone(zone).date()
    return Outgoing(
        key=f"out_of_reach:{out.patient_id}:{one.user_id}:{today}",
        user_id=one.user_id,
        patient_id=out.patient_id,
        purpose=Purpose.OUT_OF_REACH,
        priority=Priority.TIMELY,
        language=one.language,
        texts=(_said(around.patient.name or alert_texts.ANYONE, out.since.astimezone(zone)),),
        due_at=around.now,
        not_after=around.now + SENT_WITHIN,
    )


def _said(name: str | Text, since: datetime) -> Text:
    return text(
        "Since {day} ProCare's messages do not reach {name} on WhatsApp. Please see that the "
        "medicine is taken, and ask for a message to ProCare from that phone.",
        day=f"{since:%d/%m}",
        name=name,
    )
