"""Alerts of open emergencies that were given up, as the outbox holds them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, Subquery, and_, exists, func, literal, or_, select
from sqlalchemy import Text as Text_

from app.emergency import constants as c
from app.emergency.event import EmergencyStatus, EmergencyType, Level
from app.emergency.tables import EmergencyEventRow as Row
from app.emergency.unheard.alerts import Unheard, key_of
from app.messaging.outbox.outgoing import Purpose, Status
from app.messaging.tables import Outbound

GIVEN_UP = or_(
    Outbound.status == Status.FAILED,
    and_(Outbound.status == Status.CANCELLED, Outbound.error_code == "STALE"),
)
"""Refused for good, without an address or a template, tried too often, or too late to be sent."""


def unheard(connection: Connection, now: datetime, at_most: int) -> list[tuple[UUID, UUID]]:
    """List the events, and their patients, whose unreached people nobody was told of yet."""
    people = _people(now)
    each = (
        select(
            people.c.event_id,
            people.c.patient_id,
            func.count().filter(people.c.is_unreached).label("unreached"),
        )
        .group_by(people.c.event_id, people.c.patient_id)
        .subquery()
    )
    begins = literal(key_of("", 0).removesuffix(":0"), Text_)
    said = exists().where(
        Outbound.idempotency_key == func.concat(begins, each.c.event_id, ":", each.c.unreached)
    )
    found = connection.execute(
        select(each.c.event_id, each.c.patient_id)
        .where(each.c.unreached > 0, ~said)
        .order_by(each.c.event_id)
        .limit(at_most)
    )
    return [(event_id, patient_id) for event_id, patient_id in found]


def of_event(connection: Connection, event_id: UUID, now: datetime) -> Unheard | None:
    """Read who was and who was not reached of an event, its patient being locked."""
    people = _people(now)
    rows = connection.execute(
        select(people.c.user_id, people.c.is_unreached).where(people.c.event_id == event_id)
    ).all()
    event = connection.execute(select(Row.__table__).where(Row.id == event_id)).one_or_none()
    unreached = frozenset(row.user_id for row in rows if row.is_unreached)
    if event is None or not unreached:
        return None
    return Unheard(
        event_id=event_id,
        patient_id=event.patient_id,
        level=Level(event.level),
        glucose_mg_dl=event.glucose_value,
        unreached=unreached,
        alerted=frozenset(row.user_id for row in rows),
    )


def _people(now: datetime) -> Subquery:
    """Gather everyone who was to be alerted of an open emergency, and whether all was given up."""
    return (
        select(
            Outbound.event_id,
            Row.patient_id,
            Outbound.user_id,
            func.bool_and(GIVEN_UP).label("is_unreached"),
        )
        .join(Row, Row.id == Outbound.event_id)
        .where(Row.status != EmergencyStatus.RESOLVED)
        .where(Row.type != EmergencyType.MISSED_MEDICATION)
        .where(Row.opened_at > now - c.EPISODE_ENDS_AFTER)
        .where(Outbound.purpose == Purpose.EMERGENCY_ALERT.value)
        .group_by(Outbound.event_id, Row.patient_id, Outbound.user_id)
        .subquery()
    )
