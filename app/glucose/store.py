"""What is kept of readings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    func,
    insert,
    literal,
    null,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.db import Fixed
from app.glucose.reading import (
    GlucoseEvent,
    GlucoseFacts,
    Reading,
    ReadingCorrected,
    ReadingLogged,
    ReadingOfMeal,
    ReadingPutRight,
    ReadingStateTold,
    ReadingTakenBack,
    Telling,
)
from app.glucose.tables import GLUCOSE_STATE, GlucoseReading, ReadingEdit
from app.parsing.meanings import GlucoseState

TOLD_WITHIN = timedelta(hours=24)
RECORDED_WITHIN = timedelta(days=31)
"""How far back a reading told lately may have been taken; bounds the search (house)."""
LATEST = 5


def facts(patient_id: ColumnElement[UUID], now: ColumnElement[datetime]) -> ColumnElement[Any]:
    """Give the column that carries a patient's `GlucoseFacts`; read it with `facts_from`."""
    told = (
        select(
            GlucoseReading.id,
            GlucoseReading.value,
            GlucoseReading.state,
            GlucoseReading.recorded_at,
            GlucoseReading.created_at,
            GlucoseReading.related_meal_id,
        )
        .where(
            GlucoseReading.patient_id == patient_id,
            GlucoseReading.recorded_at > now - RECORDED_WITHIN,
            GlucoseReading.created_at > now - TOLD_WITHIN,
        )
        .order_by(GlucoseReading.created_at.desc(), GlucoseReading.recorded_at.desc())
        .limit(LATEST)
        .subquery()
    )
    row = func.json_build_array(
        told.c.id,
        told.c.value,
        told.c.state,
        told.c.recorded_at,
        told.c.created_at,
        told.c.related_meal_id,
    )
    newest_first = aggregate_order_by(row, told.c.created_at.desc(), told.c.recorded_at.desc())
    return select(func.json_agg(newest_first)).scalar_subquery()


def facts_from(told: list[list[Any]] | None) -> GlucoseFacts:
    """Read what the column of `facts` held."""
    return GlucoseFacts(
        tuple(
            Reading(
                UUID(reading_id),
                value,
                GlucoseState(state),
                datetime.fromisoformat(recorded_at),
                datetime.fromisoformat(kept_at),
                UUID(meal_id) if meal_id else None,
            )
            for reading_id, value, state, recorded_at, kept_at, meal_id in told or ()
        )
    )


_LOG = Fixed(
    insert(GlucoseReading).inline(),
    *("patient_id", "recorded_at", "id", "value", "unit", "state", "source"),
    *("is_emergency", "is_synced", "created_at", "logged_by"),
)
_OF_READING = (
    GlucoseReading.patient_id == bindparam("of_patient"),
    GlucoseReading.recorded_at == bindparam("at"),
    GlucoseReading.id == bindparam("reading"),
)
_CHANGE = update(GlucoseReading).where(*_OF_READING)
_SET_STATE = _CHANGE.values(state=bindparam("new_state"))
_SET_VALUE = _CHANGE.values(value=bindparam("new_value"), is_emergency=bindparam("emergency"))
_SET_MEAL = _CHANGE.values(related_meal_id=bindparam("of_meal"))
_TAKE_BACK = delete(GlucoseReading).where(*_OF_READING)
_EDITED = (
    *("patient_id", "reading_id", "recorded_at", "old_value", "old_state", "new_value"),
    *("new_state", "edited_at", "edited_by", "message_sid"),
)


def apply(
    connection: Connection, patient_id: UUID, event: GlucoseEvent, told: Telling, now: datetime
) -> None:
    """Write down what happened to a reading, and what it was before where it was put right."""
    if isinstance(event, ReadingPutRight):
        _keep_edit(connection, patient_id, event, told, now)
    key = {"of_patient": patient_id, "at": event.recorded_at, "reading": event.reading_id}
    match event:
        case ReadingLogged():
            _LOG.run(connection, _row(patient_id, event, now) | {"logged_by": told.user_id})
        case ReadingStateTold(state=state):
            connection.execute(_SET_STATE, {**key, "new_state": state})
        case ReadingCorrected(value_mg_dl=value, is_emergency=is_emergency):
            connection.execute(_SET_VALUE, {**key, "new_value": value, "emergency": is_emergency})
        case ReadingOfMeal(meal_id=meal_id):
            connection.execute(_SET_MEAL, {**key, "of_meal": meal_id})
        case ReadingTakenBack():
            connection.execute(_TAKE_BACK, key)


def _keep_edit(
    connection: Connection, patient_id: UUID, event: ReadingPutRight, told: Telling, now: datetime
) -> None:
    """Copy a reading as it still is, beside what it becomes."""
    value = event.value_mg_dl if isinstance(event, ReadingCorrected) else None
    state = event.state if isinstance(event, ReadingStateTold) else None
    is_gone = isinstance(event, ReadingTakenBack)
    was = select(
        GlucoseReading.patient_id,
        GlucoseReading.id,
        GlucoseReading.recorded_at,
        GlucoseReading.value,
        GlucoseReading.state,
        null() if is_gone else func.coalesce(value, GlucoseReading.value),
        null() if is_gone else func.coalesce(literal(state, GLUCOSE_STATE), GlucoseReading.state),
        literal(now),
        literal(told.user_id),
        literal(told.message_sid),
    ).where(
        GlucoseReading.patient_id == patient_id,
        GlucoseReading.recorded_at == event.recorded_at,
        GlucoseReading.id == event.reading_id,
    )
    connection.execute(insert(ReadingEdit).from_select(_EDITED, was).inline())


def _row(patient_id: UUID, event: ReadingLogged, now: datetime) -> dict[str, object]:
    return {
        "patient_id": patient_id,
        "recorded_at": event.recorded_at,
        "id": event.reading_id,
        "value": event.value_mg_dl,
        "unit": event.unit.value,
        "state": event.state or GlucoseState.RANDOM,
        "source": "MANUAL",
        "is_emergency": event.is_emergency,
        "is_synced": True,
        "created_at": now,
    }
