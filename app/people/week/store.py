"""When patients' weeks are told of our own accord: on the Sunday evening of where they live.

The two hours from 18:00 are shared out by the patients' ids, so that no minute has them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Interval,
    case,
    func,
    literal,
    or_,
    select,
    update,
)

from app.people.tables import Patient, User

SUNDAY_EVENING = timedelta(days=6, hours=18)
"""From the beginning of the week, which is a Monday (house)."""
MINUTES = 120
NO_SOONER = timedelta(days=1)
"""Nobody is told of a week twice on one evening, whatever the clock of where they live did."""
AT_ONCE = 2000


def arrange(connection: Connection, before: datetime, now: datetime) -> None:
    """Say when the weeks are told of patients for whom it was not said yet, or was long ago.

    Args:
        connection: In a transaction.
        before: What was due by then was let pass.
        now: Aware.
    """
    lacking = (
        select(Patient.id)
        .where(or_(Patient.week_due_at.is_(None), Patient.week_due_at <= before))
        .limit(AT_ONCE)
        .with_for_update(key_share=True, skip_locked=True)
    )
    _put_off(connection, Patient.id.in_(lacking), now)


def told(connection: Connection, patient_ids: Sequence[UUID], now: datetime) -> None:
    """Note that weeks were told: the next ones are due a week later."""
    _put_off(connection, Patient.id.in_(patient_ids), now + NO_SOONER)


def _put_off(connection: Connection, whose: ColumnElement[bool], after: datetime) -> None:
    connection.execute(
        update(Patient)
        .values(week_due_at=_next(after))
        .where(whose, User.id == Patient.user_id)
        .execution_options(synchronize_session=False)
    )


def _next(after: datetime) -> ColumnElement[datetime]:
    """Give the first moment after another at which a patient's week is told."""
    at = literal(after, DateTime(timezone=True))
    monday = func.date_trunc("week", func.timezone(User.timezone, at))
    share = func.make_interval(
        0, 0, 0, 0, 0, func.get_byte(func.uuid_send(Patient.id), 15) % MINUTES
    )
    local = monday + literal(SUNDAY_EVENING, Interval) + share
    this_week = func.timezone(User.timezone, local)
    next_week = func.timezone(User.timezone, local + literal(timedelta(days=7), Interval))
    return case((this_week > at, this_week), else_=next_week)
