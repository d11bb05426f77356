"""Health scores as they are kept: whose is due, how it is written down, what is told of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Connection,
    Date,
    DateTime,
    Double,
    Integer,
    SQLColumnExpression,
    Uuid,
    any_,
    bindparam,
    column,
    delete,
    func,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, distinct_on, insert
from sqlalchemy.types import TypeEngine

from app.glucose.history.history import day_of
from app.insights.score.counts.store import Counted, count_for
from app.insights.score.inputs import Inputs
from app.insights.score.score import Score, score
from app.insights.score.score_texts import told
from app.insights.tables import HealthScore
from app.people.tables import Patient
from app.text import Text

EVERY = timedelta(hours=6)
KEPT_DAYS = 92
"""So long the score of each day is kept: a quarter, from one visit to the next (house)."""
_NOW = bindparam("now", type_=DateTime(timezone=True))
_AT_ONCE = bindparam("at_once", type_=Integer())


@dataclass(frozen=True, slots=True)
class Told:
    """A patient's score, what it was made of, and both in words for whomever may see it."""

    score: Score
    inputs: Inputs
    line: Text


def _one_kind(*holds: ColumnElement[bool]) -> Any:
    at = Patient.last_health_score_at
    oldest = select(Patient.id, at.label("at")).where(*holds).order_by(at).limit(_AT_ONCE)
    return select(oldest.subquery())


_SCORED = Patient.last_health_score_at
_DUE_OF_A_KIND = union_all(
    _one_kind(_SCORED.is_(None)), _one_kind(_SCORED <= _NOW - EVERY), _one_kind(_SCORED > _NOW)
).subquery()
_DUE = select(_DUE_OF_A_KIND.c.id).order_by(_DUE_OF_A_KIND.c.at.nulls_first()).limit(_AT_ONCE)


def score_some(connection: Connection, now: datetime, at_once: int) -> int:
    """Score a page of those whose score is six hours old, the oldest first; say how many were due.

    Those never scored come before all; a score of the future, from a clock put back, is due too.
    """
    due = connection.execute(_DUE, {"now": now, "at_once": at_once}).scalars().all()
    if due:
        keep(connection, count_for(connection, due, now), now)
    return len(due)


def keep(connection: Connection, counts: Iterable[Counted], now: datetime) -> None:
    """Score patients and write it down; one whose turn is under way is left for the next time.

    Who was scored by somebody else since they were counted stays as they are. What a score is made
    of is kept of those who have readings; of who has none any more, what was kept last will do.
    """
    counted = {each.patient_id: each for each in counts}
    free = connection.execute(_LOCK, {"patients": list(counted)}).all()
    rows = [
        _row(counted[row.id])
        for row in free
        if row.last_health_score_at == counted[row.id].scored_before
    ]
    if rows:
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        connection.execute(_NOTE_AT_PATIENTS, {**columns, "now": now})
        connection.execute(_KEEP, {**columns, "now": now, "today": day_of(now)})


_LOCK = (
    select(Patient.id, Patient.last_health_score_at)
    .where(Patient.id == any_(bindparam("patients", type_=ARRAY(Uuid()))))
    .order_by(Patient.id)
    .with_for_update(key_share=True, skip_locked=True)
)


def _row(counted: Counted) -> dict[str, object]:
    scored = score(counted.inputs)
    return {
        "patient": counted.patient_id,
        "value": scored.value,
        "is_provisional": scored.is_provisional,
        "average": counted.average_mg_dl,
        "adherence": counted.adherence,
        "uncounted": counted.uncounted,
        "inputs": counted.inputs.to_json(),
        "has_readings": counted.inputs.readings > 0,
    }


_COLUMNS: dict[str, TypeEngine[Any]] = {
    "patient": Uuid(),
    "value": Double(),
    "is_provisional": Boolean(),
    "average": Double(),
    "adherence": Double(),
    "uncounted": Integer(),
    "inputs": JSONB(),
    "has_readings": Boolean(),
}
_PAGE = (
    func.unnest(*(bindparam(name, type_=ARRAY(kind)) for name, kind in _COLUMNS.items()))
    .table_valued(*(column(name, kind) for name, kind in _COLUMNS.items()))
    .render_derived(name="page")
)
_NOTE_AT_PATIENTS = (
    update(Patient)
    .where(Patient.id == _PAGE.c.patient)
    .values(
        health_score=_PAGE.c.value,
        last_health_score_at=_NOW,
        avg_glucose_last_30_days=_PAGE.c.average,
        medication_adherence_last_30_days=_PAGE.c.adherence,
        total_glucose_readings=Patient.total_glucose_readings + _PAGE.c.uncounted,
    )
)
_NEW = insert(HealthScore).from_select(
    ["patient_id", "on_day", "scored_at", "value", "is_provisional", "inputs"],
    select(
        _PAGE.c.patient,
        bindparam("today", type_=Date()),
        _NOW,
        _PAGE.c.value,
        _PAGE.c.is_provisional,
        _PAGE.c.inputs,
    ).where(_PAGE.c.has_readings),
)
_KEEP = _NEW.on_conflict_do_update(
    index_elements=[HealthScore.patient_id, HealthScore.on_day],
    set_={
        name: getattr(_NEW.excluded, name)
        for name in ("scored_at", "value", "is_provisional", "inputs")
    },
)


def drop_old(connection: Connection, before: date, at_once: int) -> int:
    """Delete the oldest scores of days before one, and say how many."""
    oldest = (
        select(HealthScore.patient_id, HealthScore.on_day)
        .where(HealthScore.on_day < before)
        .order_by(HealthScore.on_day)
        .limit(at_once)
        .subquery()
    )
    gone = delete(HealthScore).where(
        HealthScore.patient_id == oldest.c.patient_id, HealthScore.on_day == oldest.c.on_day
    )
    return connection.execute(gone).rowcount


def scores_of(connection: Connection, patient_ids: Sequence[UUID]) -> dict[UUID, Told]:
    """Read the latest scores of patients; who was never scored is left out.

    Whether the reader may see them is for the caller to know.
    """
    latest = (
        select(HealthScore.patient_id, HealthScore.inputs)
        .ext(distinct_on(HealthScore.patient_id))
        .where(HealthScore.patient_id == any_(bindparam("patients", type_=ARRAY(Uuid()))))
        .order_by(HealthScore.patient_id, HealthScore.on_day.desc())
    )
    found = connection.execute(latest, {"patients": patient_ids})
    return {patient_id: _told(Inputs.from_json(inputs)) for patient_id, inputs in found}


def _told(inputs: Inputs) -> Told:
    scored = score(inputs)
    return Told(scored, inputs, told(scored, inputs))


def latest(patient_id: SQLColumnExpression[UUID]) -> ColumnElement[Any]:
    """Give the column that carries what a patient's latest score is made of.

    Read it with `latest_from`.
    """
    return (
        select(HealthScore.inputs)
        .where(HealthScore.patient_id == patient_id)
        .order_by(HealthScore.on_day.desc())
        .limit(1)
        .scalar_subquery()
    )


def latest_from(inputs: dict[str, Any] | None) -> Inputs | None:
    """Read what the column of `latest` held; None where the patient was never scored."""
    return None if inputs is None else Inputs.from_json(inputs)
