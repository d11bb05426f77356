"""What the clock has done for emergencies: nobody who was told to write back is forgotten."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from app import db, log, metrics
from app.emergency import store
from app.emergency.follow_up import follow_up as decide
from app.errors import DatabaseAway
from app.messaging.outbox import store as outbox
from app.queue import wake_delivery

AT_ONCE = 500


def follow_up(now: datetime) -> None:
    """Ask after every open event whose time has come, each in its own transaction."""
    with db.transaction() as connection:
        due = store.due(connection, now, AT_ONCE)
    if sum(_followed_up(event_id, patient_id, now) for event_id, patient_id in due):
        wake_delivery()


def _followed_up(event_id: UUID, patient_id: UUID, now: datetime) -> int:
    """Do what is due for one event, and count what is to be said; one's fault is not another's."""
    try:
        with db.transaction() as connection:
            return _do_what_is_due(connection, event_id, patient_id, now)
    except DatabaseAway:
        raise
    except Exception as fault:  # noqa: BLE001 - the next event's patient may be in danger
        metrics.FALLBACKS.labels("follow_up_failed").inc()
        log.error("follow_up_failed", fault)
        return 0


def _do_what_is_due(connection: Connection, event_id: UUID, patient_id: UUID, now: datetime) -> int:
    """Look again with the patient locked: the answer may have come in between."""
    around = store.surroundings(connection, patient_id, now)
    watched = store.watched(connection, event_id) if around else None
    if around is None or watched is None:
        return 0
    done = decide(watched, around)
    for outgoing in done.outgoing:
        outbox.queue(connection, outgoing, now)
    store.followed_up(connection, event_id, done, now)
    return len(done.outgoing)
