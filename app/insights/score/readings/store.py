"""A patient's readings as a score counts them: each low once, displays and extremes as well.

A retest, which is no reading of its own, is the value within an hour of a low right before it, and
each but the first value within the hour after an event of a low opened that is still open.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    DateTime,
    SQLColumnExpression,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    true,
)

from app.emergency import constants as c
from app.emergency.event import EmergencyType
from app.emergency.tables import EmergencyEventRow as Event
from app.glucose.tables import GlucoseReading
from app.insights.score.inputs import LATELY, RETEST_WITHIN, WIDE_BELOW, WIDE_WINDOW, WINDOW
from app.insights.summary import VERY_HIGH_ABOVE_MG_DL
from app.parsing.meanings import Display

ABOVE_TARGET_MG_DL = 180.0
"""After a meal the target ends here, included (ADA Standards of Care, section 6)."""
SHOWN_MG_DL = {Display.LO: 0.0, Display.HI: 1000.0}
"""What a display is counted as: under and over every number that a reading can keep."""

PATIENTS: ColumnElement[Any] = any_(bindparam("patients", type_=ARRAY(Uuid())))


def _moment(name: str) -> ColumnElement[datetime]:
    return bindparam(name, type_=DateTime(timezone=True))


NOW, WEEK_AGO, WINDOW_AGO, MONTH_AGO = map(_moment, ("now", "week_ago", "window_ago", "month_ago"))


def moments(now: datetime) -> dict[str, datetime]:
    """Give the moments that the statement counts from."""
    return {
        "now": now,
        "week_ago": now - LATELY,
        "window_ago": now - WINDOW,
        "month_ago": now - WIDE_WINDOW,
    }


def within_a_month(moment: SQLColumnExpression[datetime]) -> ColumnElement[bool]:
    """Hold for a moment of (now − 30 days, now]."""
    return and_(moment > MONTH_AGO, moment <= NOW)


def _told() -> CTE:
    """Give every value of 30 days, those that no reading can keep as well; `is_kept` says which."""
    kept = select(
        GlucoseReading.patient_id,
        GlucoseReading.recorded_at.label("at"),
        GlucoseReading.id,
        GlucoseReading.value,
        true().label("is_kept"),
    ).where(GlucoseReading.patient_id == PATIENTS, within_a_month(GlucoseReading.recorded_at))
    shown = case(
        *((Event.beyond_range == display, literal(value)) for display, value in SHOWN_MG_DL.items())
    )
    beyond = select(Event.patient_id, Event.opened_at, Event.id, shown, ~true()).where(
        Event.patient_id == PATIENTS,
        Event.beyond_range.is_not(None),
        within_a_month(Event.opened_at),
    )
    return kept.union_all(beyond).cte("told")


_TOLD = _told()
_LOWS = (
    select(
        Event.patient_id,
        Event.opened_at,
        func.least(Event.opened_at + RETEST_WITHIN, Event.resolved_at).label("until"),
    )
    .where(
        Event.patient_id == PATIENTS,
        Event.type == EmergencyType.HYPOGLYCEMIA,
        within_a_month(Event.opened_at),
    )
    .cte("lows")
)


_IN_ORDER: dict[str, Any] = {
    "partition_by": _TOLD.c.patient_id,
    "order_by": (_TOLD.c.at, _TOLD.c.id),
}
_AFTER = select(
    *_TOLD.c,
    func.lag(_TOLD.c.value).over(**_IN_ORDER).label("value_before"),
    func.lag(_TOLD.c.at).over(**_IN_ORDER).label("at_before"),
).cte("after")
_IN_OPEN_LOW = exists().where(
    _LOWS.c.patient_id == _AFTER.c.patient_id,
    _LOWS.c.opened_at < _AFTER.c.at_before,
    _LOWS.c.until >= _AFTER.c.at,
)
_RETEST = and_(
    _AFTER.c.at_before.is_not(None),
    _AFTER.c.at <= _AFTER.c.at_before + RETEST_WITHIN,
    or_(_AFTER.c.value_before < c.LOW_BELOW, _IN_OPEN_LOW),
)
_JUDGED = select(*_AFTER.c, _RETEST.label("is_retest")).cte("judged").prefix_with("MATERIALIZED")
"""Materialized, lest every count ask anew."""
_NUMBERED = select(
    *_JUDGED.c,
    func.sum(case((_JUDGED.c.is_retest, 0), else_=1))
    .over(partition_by=_JUDGED.c.patient_id, order_by=(_JUDGED.c.at, _JUDGED.c.id))
    .label("number"),
    func.count()
    .filter(~_JUDGED.c.is_retest, _JUDGED.c.at > WINDOW_AGO)
    .over(partition_by=_JUDGED.c.patient_id)
    .label("in_window"),
).cte("numbered")
"""A value and its retests have one number."""


def _readings() -> CTE:
    one = _NUMBERED.c
    window_days = case((one.in_window < WIDE_BELOW, WIDE_WINDOW.days), else_=WINDOW.days)
    counts = or_(one.in_window < WIDE_BELOW, one.at > WINDOW_AGO)
    lately = one.at > WEEK_AGO

    def reads(*holds: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count().filter(~one.is_retest, *holds)

    very_low, very_high = one.value < c.VERY_LOW_BELOW, one.value > VERY_HIGH_ABOVE_MG_DL
    low = and_(one.value >= c.VERY_LOW_BELOW, one.value < c.LOW_BELOW)
    high = and_(one.value > ABOVE_TARGET_MG_DL, one.value <= VERY_HIGH_ABOVE_MG_DL)
    return (
        select(
            one.patient_id,
            func.min(window_days).label("window_days"),
            reads(counts).label("readings"),
            func.max(one.at).label("last_reading_at"),
            reads(counts, very_low).label("below_54"),
            reads(counts, low).label("from_54_to_70"),
            reads(counts, high).label("above_180_to_250"),
            reads(counts, very_high).label("above_250"),
            reads(counts, one.value >= c.HIGH_FROM).label("from_300"),
            func.count(one.number.distinct()).filter(counts, very_low).label("level_2"),
            func.count().filter(lately, very_low).label("below_54_lately"),
            reads(lately, one.value >= c.HIGH_FROM).label("from_300_lately"),
            func.avg(one.value).filter(one.is_kept).label("average_mg_dl"),
        )
        .group_by(one.patient_id)
        .cte("sugar")
    )


SUGAR = _readings()
"""A row a patient with a value in the last 30 days."""
