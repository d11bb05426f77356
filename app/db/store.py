"""The heartbeats: who was last at work, and when."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from app.db.tables import Heartbeat


def beat(connection: Connection, name: str, now: datetime) -> None:
    """Note that a process is at work."""
    row = insert(Heartbeat).values(name=name, at=now)
    connection.execute(
        row.on_conflict_do_update(index_elements=[Heartbeat.name], set_={"at": row.excluded.at})
    )


def last_beat(connection: Connection, name: str) -> datetime | None:
    """Say when a process was last at work; None for never."""
    return connection.execute(select(Heartbeat.at).where(Heartbeat.name == name)).scalar()


def is_fresh(connection: Connection, name: str, now: datetime, lasts: timedelta) -> bool:
    """Tell whether something was noted so lately that it need not be done again; never a future."""
    done = last_beat(connection, name)
    return done is not None and done <= now < done + lasts
