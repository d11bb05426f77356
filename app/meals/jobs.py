"""What the clock has done for meals: readings that are dropped for their age are named no more.

Done at most once an hour for the whole deployment, a little a tick until nothing is left.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from app import db
from app.meals import store

EVERY = timedelta(hours=1)
FORGOTTEN = "readings_of_meals"
"""The name under which it is noted that nothing was left."""
READINGS_KEPT = timedelta(days=5 * 365)
"""A reading as old may be dropped any day: five years, at most two days less."""
BATCHES = 5
AT_ONCE = 1000


def forget_dropped_readings(now: datetime) -> None:
    """Take readings out of meals that are past their time, whoever drops them."""
    with db.transaction() as connection:
        if db.is_fresh(connection, FORGOTTEN, now, EVERY):
            return
    for _ in range(BATCHES):
        with db.transaction() as connection:
            forgotten = store.forget_readings(connection, now - READINGS_KEPT, AT_ONCE)
            if forgotten < AT_ONCE:
                db.beat(connection, FORGOTTEN, now)
                return
