"""What is kept of emergencies."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.db import one_of
from app.emergency.alert import Surroundings
from app.emergency.escalation import MILD_LOWS, UNRESOLVED_AFTER
from app.emergency.event import (
    EmergencyContinued,
    EmergencyEvent,
    EmergencyFacts,
    EmergencyOpened,
    EmergencyResolved,
    EmergencyStatus,
    EmergencyType,
    Level,
    OpenEvent,
)
from app.emergency.follow_up import FollowUp, Watched
from app.emergency.tables import EmergencyEventRow as Row
from app.messaging.outbox.outgoing import Purpose
from app.messaging.tables import Outbound
from app.people import store as people

EARLIER = timedelta(hours=24)
HIGHS = (Level.P5, Level.P6)


def facts(patient_id: ColumnElement[UUID], now: ColumnElement[datetime]) -> ColumnElement[Any]:
    """Give the column that carries a patient's `EmergencyFacts`; read it with `facts_from`."""
    row = func.json_build_array(
        Row.id,
        Row.type,
        Row.level,
        Row.status,
        Row.opened_at,
        Row.glucose_value,
        Row.round,
        Row.normal_values,
    )
    opened = (
        select(func.json_agg(aggregate_order_by(row, Row.opened_at.desc())))
        .where(Row.patient_id == patient_id, Row.status != EmergencyStatus.RESOLVED)
        .scalar_subquery()
    )
    highs = (
        select(func.count())
        .where(Row.patient_id == patient_id, Row.opened_at > now - EARLIER)
        .where(one_of(Row.level, HIGHS))
        .scalar_subquery()
    )
    return func.json_build_array(opened, highs)


def facts_from(known: tuple[list[list[Any]] | None, int]) -> EmergencyFacts:
    """Read what the column of `facts` held."""
    rows, highs = known
    opened = [_open_event(row) for row in rows or ()]
    missed = [event for event in opened if event.type is EmergencyType.MISSED_MEDICATION]
    dangers = tuple(event for event in opened if event not in missed)
    return EmergencyFacts(dangers, highs, missed[0] if missed else None)


def _open_event(row: list[Any]) -> OpenEvent:
    event_id, kind, level, status, opened_at, glucose_mg_dl, treated, normal_values = row
    return OpenEvent(
        event_id=UUID(event_id),
        type=EmergencyType(kind),
        level=Level(level),
        status=EmergencyStatus(status),
        opened_at=datetime.fromisoformat(opened_at),
        glucose_mg_dl=glucose_mg_dl,
        round=treated,
        normal_values=normal_values,
    )


def alerted(patient_id: ColumnElement[UUID]) -> ColumnElement[Any]:
    """Give the column that tells who was alerted of a patient's open events.

    Read it with `alerted_from`.
    """
    return (
        select(func.json_agg(func.json_build_array(Outbound.event_id, Outbound.user_id)))
        .join(Row, Row.id == Outbound.event_id)
        .where(
            Row.patient_id == patient_id,
            Row.status != EmergencyStatus.RESOLVED,
            Outbound.purpose == Purpose.EMERGENCY_ALERT.value,
        )
        .scalar_subquery()
    )


def alerted_from(pairs: list[list[str]] | None) -> dict[UUID, frozenset[UUID]]:
    """Read what the column of `alerted` held: by event, the users."""
    known: dict[UUID, frozenset[UUID]] = {}
    for event_id, user_id in pairs or ():
        known[UUID(event_id)] = known.get(UUID(event_id), frozenset()) | {UUID(user_id)}
    return known


def apply(
    connection: Connection,
    patient_id: UUID,
    event: EmergencyEvent,
    *,
    instructions: str,
    now: datetime,
) -> None:
    """Write down what happened to an emergency, with the instructions as they were said."""
    match event:
        case EmergencyOpened():
            connection.execute(insert(Row).values(_opened(patient_id, event, instructions, now)))
        case EmergencyContinued():
            connection.execute(
                update(Row)
                .where(Row.id == event.event_id)
                .values(_continued(event, instructions, now))
            )
        case EmergencyResolved(event_id):
            connection.execute(
                update(Row)
                .where(Row.id == event_id, Row.status != EmergencyStatus.RESOLVED)
                .values(status=EmergencyStatus.RESOLVED, resolved_at=now, follow_up_reading_at=None)
            )


def _opened(
    patient_id: UUID, event: EmergencyOpened, instructions: str, now: datetime
) -> dict[str, object]:
    return {
        "id": event.event_id,
        "patient_id": patient_id,
        "type": event.type,
        "level": event.level.value,
        "status": event.status,
        "glucose_value": event.glucose_mg_dl,
        "beyond_range": event.beyond_range,
        "instructions": instructions,
        "opened_at": now,
        "escalated_at": now if event.status is EmergencyStatus.ESCALATED else None,
        "follow_up_reading_at": _first_follow_up(event.follow_up_minutes, now),
    }


def _continued(event: EmergencyContinued, instructions: str, now: datetime) -> dict[str, object]:
    escalated = now if event.status is EmergencyStatus.ESCALATED else None
    return {
        "level": event.level.value,
        "status": event.status,
        "glucose_value": func.coalesce(event.glucose_mg_dl, Row.glucose_value),
        "beyond_range": event.beyond_range or Row.beyond_range,
        "instructions": instructions,
        "round": event.round,
        "normal_values": event.normal_values,
        "follow_ups_done": 0,
        "escalated_at": func.coalesce(Row.escalated_at, escalated),
        "follow_up_reading_at": _first_follow_up(event.follow_up_minutes, now),
    }


def _first_follow_up(minutes: tuple[int, ...], now: datetime) -> datetime | None:
    return now + timedelta(minutes=minutes[0]) if minutes else None


_IS_ALERTED = exists().where(
    Outbound.event_id == Row.id, Outbound.purpose == Purpose.EMERGENCY_ALERT.value
)
_WATCHED = select(Row, _IS_ALERTED.label("is_alerted")).where(
    Row.id == bindparam("event_id"), Row.status != EmergencyStatus.RESOLVED
)


def due(connection: Connection, now: datetime, at_most: int) -> list[tuple[UUID, UUID]]:
    """List the events that the clock is to look at, and their patients, the most overdue first.

    Those are the events whose time to ask has come, and mild lows that last while nobody around
    the patient knows of them.
    """
    lasts = and_(
        Row.level.in_(MILD_LOWS),
        Row.status == EmergencyStatus.ACTIVE,
        Row.normal_values == 0,
        Row.opened_at <= now - UNRESOLVED_AFTER,
        ~_IS_ALERTED,
    )
    found = connection.execute(
        select(Row.id, Row.patient_id)
        .where(
            Row.status != EmergencyStatus.RESOLVED,
            Row.type != EmergencyType.MISSED_MEDICATION,
            Row.follow_up_reading_at.is_not(None),
            or_(Row.follow_up_reading_at <= now, lasts),
        )
        .order_by(Row.follow_up_reading_at)
        .limit(at_most)
    )
    return [(event_id, patient_id) for event_id, patient_id in found]


def surroundings(connection: Connection, patient_id: UUID, now: datetime) -> Surroundings | None:
    """Lock a patient and say who stands around; None while a turn of theirs is under way."""
    patient = people.lock_patient(connection, patient_id)
    if patient is None:
        return None
    known = connection.execute(select(people.circle(literal(patient_id)))).scalar_one()
    return Surroundings(patient, people.circle_from(known), now)


def watched(connection: Connection, event_id: UUID) -> Watched | None:
    """Read an event for the clock, its patient being locked; None once it is resolved."""
    row = connection.execute(_WATCHED, {"event_id": event_id}).one_or_none()
    if row is None:
        return None
    event = OpenEvent(
        event_id=row.id,
        type=row.type,
        level=Level(row.level),
        status=row.status,
        opened_at=row.opened_at,
        glucose_mg_dl=row.glucose_value,
        round=row.round,
        normal_values=row.normal_values,
    )
    return Watched(event, row.follow_up_reading_at, row.follow_ups_done, row.is_alerted)


def followed_up(connection: Connection, event_id: UUID, follow_up: FollowUp, now: datetime) -> None:
    """Write down how an event stands after the clock has seen to it."""
    escalated_at = now if follow_up.status is EmergencyStatus.ESCALATED else None
    connection.execute(
        update(Row)
        .where(Row.id == event_id)
        .values(
            status=follow_up.status,
            escalated_at=func.coalesce(Row.escalated_at, escalated_at),
            follow_up_reading_at=follow_up.asks_at,
            follow_ups_done=follow_up.steps_done,
        )
    )
