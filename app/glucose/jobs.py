"""What the clock has done for readings where TimescaleDB's policies do not: averages and age.

Each is done at most once an hour for the whole deployment, a little a tick until nothing is left:
an emergency may be waiting behind it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from app import db
from app.glucose.history.history import day_of, kept_since, midnight
from app.glucose.history.upkeep import store
from app.people.leaving import store as leaving

EVERY = timedelta(hours=1)
CLOSED_AFTER = timedelta(hours=1)
"""How long a day is over before it is averaged; the same as the policy's `end_offset`."""
AVERAGED, DROPPED = "daily_averages", "old_readings"
FORGOTTEN = "averages_forgotten"
"""The names under which it is noted that nothing was left."""
UNDER_WAY = timedelta(minutes=10)
"""Longer than from a message that deletes everything to its commit."""
BATCHES = 5
DAYS_AT_ONCE = 200
READINGS_AT_ONCE = 2000


def refresh_daily_averages(now: datetime) -> None:
    """Make the averages of closed days that were touched."""
    if not _is_due(AVERAGED, now):
        return
    for _ in range(BATCHES):
        with db.transaction() as connection:
            if _average_some(connection, now) < DAYS_AT_ONCE:
                db.beat(connection, AVERAGED, now)
                return


def _average_some(connection: Connection, now: datetime) -> int:
    """Average a batch of days, and say how many; those of which readings are dropped stay."""
    taken = store.take_touched(connection, now - CLOSED_AFTER, DAYS_AT_ONCE)
    store.average(connection, [each for each in taken if each[1] >= kept_since(now)])
    return len(taken)


def drop_old_readings(now: datetime) -> None:
    """Delete the readings that are past their time."""
    if not _is_due(DROPPED, now):
        return
    for _ in range(BATCHES):
        with db.transaction() as connection:
            dropped = store.drop_readings(connection, kept_since(now), READINGS_AT_ONCE)
            if dropped < READINGS_AT_ONCE:
                db.beat(connection, DROPPED, now)
                return


def forget_averages(now: datetime) -> None:
    """Have TimescaleDB make averages anew after patients were deleted; elsewhere they went along.

    Its policy looks back a month and no further.
    """
    with db.transaction() as connection:
        last = db.last_beat(connection, FORGOTTEN)
        if db.is_fresh(connection, FORGOTTEN, now, EVERY) or store.is_plain(connection):
            return
        is_needed = leaving.has_left_since(connection, last and last - UNDER_WAY)
    if is_needed:
        average_imported(now)
    with db.transaction() as connection:
        db.beat(connection, FORGOTTEN, now)


def average_imported(now: datetime) -> None:
    """Make the averages of closed days that came by an import, after its commit.

    TimescaleDB's policy looks back a month and no further; here it looks through all the days of
    which readings are kept, at those that changed. Without TimescaleDB the days are noted, and
    nothing is done.
    """
    begin, end = kept_since(now) + store.DAY, midnight(day_of(now - CLOSED_AFTER))
    with db.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not store.is_plain(connection):
            store.refresh(connection, begin, end)
        connection.detach()  # its limits were changed


def _is_due(name: str, now: datetime) -> bool:
    with db.transaction() as connection:
        return not db.is_fresh(connection, name, now, EVERY) and store.is_plain(connection)
