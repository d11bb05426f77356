"""What is kept of emergencies."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, func, insert, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by

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
from app.emergency.tables import EmergencyEventRow as Row
from app.messaging.outbox.outgoing import Purpose
from app.messaging.tables import Outbound

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
        .where(Row.patient_id == patient_id, Row.opened_at > now - EARLIER, Row.level.in_(HIGHS))
        .scalar_subquery()
    )
    return func.json_build_array(opened, highs)


def facts_from(known: tuple[list[list[Any]] | None, int]) -> EmergencyFacts:
    """Read what the column of `facts` held."""
    opened, highs = known
    return EmergencyFacts(tuple(_open_event(row) for row in opened or ()), highs)


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
            Outbound.purpose == Purpose.EMERGENCY_ALERT,
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
        "instructions": instructions,
        "round": event.round,
        "normal_values": event.normal_values,
        "follow_ups_done": 0,
        "escalated_at": func.coalesce(Row.escalated_at, escalated),
        "follow_up_reading_at": _first_follow_up(event.follow_up_minutes, now),
    }


def _first_follow_up(minutes: tuple[int, ...], now: datetime) -> datetime | None:
    return now + timedelta(minutes=minutes[0]) if minutes else None
