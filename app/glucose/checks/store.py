"""What is kept of the tests that a person asked to be reminded of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Date,
    DateTime,
    Interval,
    Text,
    Update,
    Uuid,
    case,
    cast,
    delete,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert

from app.glucose.checks.check import CheckEvent, ChecksEnded, ChecksWanted
from app.glucose.checks.tables import GlucoseCheck
from app.people.tables import Patient, User


def facts(patient_id: ColumnElement[UUID]) -> ColumnElement[Any]:
    """Give the column that carries a patient's times, HH:MM; read it with `facts_from`."""
    in_order = aggregate_order_by(GlucoseCheck.at, GlucoseCheck.at)
    of = GlucoseCheck.patient_id == patient_id
    return select(func.array_agg(in_order)).where(of).scalar_subquery()


def facts_from(kept: list[str] | None) -> tuple[str, ...]:
    """Read what the column of `facts` held, earliest first."""
    return tuple(kept or ())


def apply(
    connection: Connection, patient_id: UUID, event: CheckEvent, zone: str, now: datetime
) -> None:
    """Write down which tests are wanted from now on."""
    times = event.times if isinstance(event, ChecksWanted) else ()
    connection.execute(
        delete(GlucoseCheck).where(GlucoseCheck.patient_id == patient_id, ~_is_one_of(times))
    )
    if isinstance(event, ChecksEnded):
        return
    at = func.unnest(literal(list(times), ARRAY(Text))).column_valued("at")
    wanted = select(literal(patient_id, Uuid), at, _next(at, literal(zone), now))
    connection.execute(
        insert(GlucoseCheck)
        .from_select(["patient_id", "at", "next_at"], wanted, include_defaults=False)
        .on_conflict_do_nothing(index_elements=[GlucoseCheck.patient_id, GlucoseCheck.at])
    )


def _is_one_of(times: Iterable[str]) -> ColumnElement[bool]:
    return GlucoseCheck.at == func.any(literal(list(times), ARRAY(Text)))


def move_to_zone(connection: Connection, patient_id: UUID, zone: str, now: datetime) -> None:
    """Let a patient's tests come by the clock of another place."""
    moved = update(GlucoseCheck).where(GlucoseCheck.patient_id == patient_id)
    connection.execute(moved.values(next_at=_next(GlucoseCheck.at, literal(zone), now)))


def reminded(connection: Connection, check_ids: Iterable[UUID], now: datetime) -> None:
    """Move tests that are reminded of to their next day."""
    of = GlucoseCheck.id == func.any(literal(list(check_ids), ARRAY(Uuid)))
    connection.execute(_moved_on(now).where(of))


def pass_over(connection: Connection, before: datetime) -> None:
    """Move tests on that were due before a moment and are of no use any more: behind it."""
    connection.execute(_moved_on(before).where(GlucoseCheck.next_at <= before))


def _moved_on(now: datetime) -> Update:
    return (
        update(GlucoseCheck)
        .where(Patient.id == GlucoseCheck.patient_id, User.id == Patient.user_id)
        .values(next_at=_next(GlucoseCheck.at, User.timezone, now))
    )


def _next(at: Any, zone: ColumnElement[str] | Any, now: datetime) -> ColumnElement[datetime]:
    """Give the next moment, behind `now`, at which a zone's clocks show a time."""
    moment = literal(now, DateTime(timezone=True))
    today = cast(func.timezone(zone, moment), Date)
    clock = cast(at, Interval)
    then = func.timezone(zone, today + clock)
    return case((then > moment, then), else_=func.timezone(zone, today + 1 + clock))
