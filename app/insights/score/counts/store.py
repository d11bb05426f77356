"""The inputs of health scores, counted for many patients at once by one statement.

It takes the patients' ids as one array and finds their readings, events and doses by their
indexes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CTE,
    Connection,
    DateTime,
    Row,
    Select,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
)

from app.db import one_of
from app.emergency.event import EmergencyStatus, Level
from app.emergency.tables import EmergencyEventRow as Event
from app.glucose.history.history import day_of, midnight
from app.glucose.tables import GlucoseReading
from app.insights.score.inputs import WIDE_WINDOW, WINDOW, Inputs
from app.insights.score.readings.store import (
    MONTH_AGO,
    NOW,
    PATIENTS,
    SUGAR,
    WEEK_AGO,
    WINDOW_AGO,
    moments,
    within_a_month,
)
from app.medications.dose import Frequency, LogStatus
from app.medications.tables import Medication, MedicationLog
from app.people.tables import Patient

CRITICAL = (Level.P0, Level.P0B, Level.P3, Level.P4)
"""The rows of the triage table that send for help at once, whatever the value (clinical rules)."""
DECIDED = (LogStatus.TAKEN, LogStatus.TAKEN_LATE, LogStatus.MISSED, LogStatus.SKIPPED)
_TAKEN = (LogStatus.TAKEN, LogStatus.TAKEN_LATE)


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of one patient.

    Attributes:
        average_mg_dl: Of the readings of the last 30 days; None without one.
        adherence: Percent of the decided doses of the last 30 days taken; None without one.
        uncounted: How many readings the patient has beyond those noted at them; mostly 0.
        scored_before: When they were scored last; None for never.
    """

    patient_id: UUID
    inputs: Inputs
    average_mg_dl: float | None
    adherence: float | None
    uncounted: int
    scored_before: datetime | None


def count_for(connection: Connection, patient_ids: Sequence[UUID], now: datetime) -> list[Counted]:
    """Count what the scores of patients are made of; one who is gone is left out."""
    known = {"patients": patient_ids, "today": midnight(day_of(now)), **moments(now)}
    return [_counted(row, now) for row in connection.execute(_COUNTED, known)]


def _counted(row: Row[*tuple[Any, ...]], now: datetime) -> Counted:
    counts = {name: getattr(row, name) or 0 for name in _COUNTS}
    inputs = Inputs(
        at=now,
        last_reading_at=row.last_reading_at,
        has_plan=bool(row.has_plan),
        **counts,
    )
    return Counted(
        patient_id=row.id,
        inputs=inputs,
        average_mg_dl=row.average_mg_dl,
        adherence=100 * row.taken_30 / row.due_30 if row.due_30 else None,
        uncounted=row.uncounted,
        scored_before=row.last_health_score_at,
    )


_EVERYBODY = (
    select(
        Patient.id,
        Patient.last_health_score_at,
        Patient.total_glucose_readings,
        func.coalesce(SUGAR.c.window_days, WIDE_WINDOW.days).label("window_days"),
        case((SUGAR.c.window_days == WINDOW.days, WINDOW_AGO), else_=MONTH_AGO).label("since"),
    )
    .outerjoin(SUGAR, SUGAR.c.patient_id == Patient.id)
    .where(Patient.id == PATIENTS)
    .cte("everybody")
)
_SINCE = _EVERYBODY.c.since


def _events() -> CTE:
    counts = Event.opened_at > _SINCE
    lately = Event.opened_at > WEEK_AGO
    level_3 = Event.level == Level.P0
    is_open = Event.status != EmergencyStatus.RESOLVED
    return (
        select(
            Event.patient_id,
            func.count().filter(counts, level_3).label("level_3"),
            func.count().filter(lately, level_3).label("level_3_lately"),
            func.count()
            .filter(lately, is_open, one_of(Event.level, CRITICAL))
            .label("critical_lately"),
        )
        .join(_EVERYBODY, _EVERYBODY.c.id == Event.patient_id)
        .where(Event.patient_id == PATIENTS, within_a_month(Event.opened_at))
        .group_by(Event.patient_id)
        .cte("dangers")
    )


def _doses() -> CTE:
    log, counts = MedicationLog, MedicationLog.scheduled_time > _SINCE
    decided, taken = one_of(log.status, DECIDED), one_of(log.status, _TAKEN)
    goes_on = and_(
        Medication.is_active,
        func.cardinality(Medication.scheduled_times) > 0,
        Medication.start_date <= NOW,
        or_(Medication.end_date.is_(None), Medication.end_date > NOW),
    )
    return (
        select(
            Medication.patient_id,
            func.bool_or(or_(goes_on, and_(counts, decided))).label("has_plan"),
            func.count().filter(counts, decided).label("doses_due"),
            func.count().filter(counts, log.status == LogStatus.TAKEN).label("taken"),
            func.count().filter(counts, log.status == LogStatus.TAKEN_LATE).label("taken_late"),
            func.count().filter(decided).label("due_30"),
            func.count().filter(taken).label("taken_30"),
        )
        .join(_EVERYBODY, _EVERYBODY.c.id == Medication.patient_id)
        .outerjoin(
            log, and_(log.medication_id == Medication.id, within_a_month(log.scheduled_time))
        )
        .where(Medication.patient_id == PATIENTS, Medication.frequency != Frequency.AS_NEEDED)
        .group_by(Medication.patient_id)
        .cte("doses")
    )


_COUNTS = (
    *("window_days", "readings", "below_54", "from_54_to_70", "above_180_to_250", "above_250"),
    *("from_300", "level_2", "level_3", "doses_due", "taken", "taken_late"),
    *("below_54_lately", "from_300_lately", "level_3_lately", "critical_lately"),
)


_NOT_SCORED_TODAY = or_(
    _EVERYBODY.c.last_health_score_at.is_(None),
    _EVERYBODY.c.last_health_score_at < bindparam("today", type_=DateTime(timezone=True)),
)
_TO_COUNT = select(func.array_agg(_EVERYBODY.c.id)).where(_NOT_SCORED_TODAY).scalar_subquery()
_TOTALS = (
    select(GlucoseReading.patient_id, func.count().label("total"))
    .where(GlucoseReading.patient_id == any_(cast(_TO_COUNT, ARRAY(Uuid()))))
    .group_by(GlucoseReading.patient_id)
    .cte("totals")
)
"""All the readings of those not scored yet today: one look into each chunk for all of them."""


def _statement() -> Select[*tuple[Any, ...]]:
    """Put everything together."""
    everybody, totals, events, doses = _EVERYBODY, _TOTALS, _events(), _doses()
    uncounted = func.coalesce(totals.c.total, 0) - everybody.c.total_glucose_readings
    sugar = [each for each in SUGAR.c if each.name not in {"patient_id", "window_days"}]
    return (
        select(
            everybody.c.id,
            everybody.c.last_health_score_at,
            everybody.c.window_days,
            case((_NOT_SCORED_TODAY, uncounted), else_=0).label("uncounted"),
            *sugar,
            *(each for each in events.c if each.name != "patient_id"),
            *(each for each in doses.c if each.name != "patient_id"),
        )
        .select_from(everybody)
        .outerjoin(SUGAR, SUGAR.c.patient_id == everybody.c.id)
        .outerjoin(totals, totals.c.patient_id == everybody.c.id)
        .outerjoin(events, events.c.patient_id == everybody.c.id)
        .outerjoin(doses, doses.c.patient_id == everybody.c.id)
    )


_COUNTED = _statement()
