"""Alerts of open emergencies that were given up, as the outbox holds them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Subquery,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy import Text as Text_
from sqlalchemy.orm import aliased

from app.emergency import constants as c
from app.emergency.alert import Danger
from app.emergency.event import EmergencyStatus, EmergencyType, Level
from app.emergency.tables import EmergencyEventRow as Row
from app.emergency.unheard.alerts import UNASKED, Unasked, Unheard, key_of
from app.messaging.outbox.outgoing import Purpose, Status
from app.messaging.tables import Outbound
from app.people.tables import (
    CaregiverPatientConnection,
    DoctorPatientConnection,
    Patient,
    WhatsappAddress,
)

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


def unasked(
    connection: Connection, now: datetime, at_most: int, event_id: UUID | None = None
) -> list[Unasked]:
    """List open emergencies whose question to the patient was given up, and nobody was told.

    Args:
        connection: In a transaction.
        now: Aware.
        at_most: So many.
        event_id: Only this one; None for all.
    """
    found = (
        select(Row.id, Row.patient_id, Row.level, Row.glucose_value)
        .join(Patient, Patient.id == Row.patient_id)
        .where(Row.status != EmergencyStatus.RESOLVED)
        .where(Row.type != EmergencyType.MISSED_MEDICATION)
        .where(Row.opened_at > now - c.EPISODE_ENDS_AFTER)
        .where(_is_given_up(), ~_is_told_unasked(), _has_somebody())
        .order_by(Row.id)
        .limit(at_most)
    )
    rows = connection.execute(found.where(Row.id == event_id) if event_id else found)
    return [
        Unasked(row.patient_id, Danger(row.id, Level(row.level), row.glucose_value)) for row in rows
    ]


def _is_given_up() -> ColumnElement[bool]:
    """Whether a follow-up did not arrive, and nothing was heard or brought since it was queued."""
    later = aliased(Outbound)
    arrived = exists().where(
        later.user_id == Outbound.user_id, later.delivered_at > Outbound.queued_at
    )
    wrote = exists().where(
        WhatsappAddress.user_id == Outbound.user_id,
        WhatsappAddress.last_inbound_at > Outbound.queued_at,
    )
    return exists().where(
        Outbound.event_id == Row.id,
        Outbound.user_id == Patient.user_id,
        Outbound.purpose == Purpose.EMERGENCY_FOLLOW_UP.value,
        GIVEN_UP,
        ~arrived,
        ~wrote,
    )


def _is_told_unasked() -> ColumnElement[bool]:
    return exists().where(
        Outbound.event_id == Row.id, Outbound.idempotency_key.endswith(f":{UNASKED}")
    )


def _has_somebody() -> ColumnElement[bool]:
    """Whether there is anybody who could be told."""
    return or_(
        exists().where(
            CaregiverPatientConnection.patient_id == Row.patient_id,
            CaregiverPatientConnection.is_active,
        ),
        exists().where(
            DoctorPatientConnection.patient_id == Row.patient_id,
            DoctorPatientConnection.is_active,
        ),
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
