"""What the clock does for health scores: every six hours, a little a tick.

Whose score is due stands at each patient, so that nothing is forgotten and nothing done twice
however often the clock is started anew.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from app import db
from app.glucose.history.history import day_of
from app.insights.score import store
from app.people.doctors import store as doctors

COUNTED, DROPPED = "doctors_patients", "old_scores"
"""The names under which it is noted that doctors' patients were counted, and nothing was left."""
BATCHES = 4
PATIENTS_AT_ONCE = 100
SCORES_AT_ONCE = 2000


def refresh_scores(now: datetime) -> None:
    """Score those whose score is due: a few pages a tick, since an emergency may be waiting."""
    for _ in range(BATCHES):
        with db.transaction() as connection:
            due = store.score_some(connection, now, PATIENTS_AT_ONCE)
        if due < PATIENTS_AT_ONCE:
            return


def count_doctors_patients(now: datetime) -> None:
    """Put right what is noted of how many patients a doctor has."""
    with db.transaction() as connection:
        if not db.is_fresh(connection, COUNTED, now, store.EVERY):
            doctors.count_all_patients(connection)
            db.beat(connection, COUNTED, now)


def drop_old_scores(now: datetime) -> None:
    """Delete the scores of days that are past their time."""
    with db.transaction() as connection:
        if db.is_fresh(connection, DROPPED, now, store.EVERY):
            return
        before = day_of(now) - timedelta(days=store.KEPT_DAYS)
        if store.drop_old(connection, before, SCORES_AT_ONCE) < SCORES_AT_ONCE:
            db.beat(connection, DROPPED, now)
