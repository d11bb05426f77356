"""What the clock has done about alerts that did not get through."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from app import db, log, metrics
from app.emergency import store as events
from app.emergency.unheard import store
from app.emergency.unheard.alerts import said_of
from app.errors import DatabaseAway
from app.messaging.outbox import store as outbox
from app.queue import wake_delivery

AT_ONCE = 500


def tell_of_unheard(now: datetime) -> None:
    """Tell patients whom we could not reach, and others instead, each in its own transaction."""
    with db.transaction() as connection:
        found = store.unheard(connection, now, AT_ONCE)
    if sum(_apart(event_id, patient_id, now) for event_id, patient_id in found):
        wake_delivery()


def _apart(event_id: UUID, patient_id: UUID, now: datetime) -> int:
    """See to one event, and count what is to be said; one's fault is not another's."""
    try:
        with db.transaction() as connection:
            return _told(connection, event_id, patient_id, now)
    except DatabaseAway:
        raise
    except Exception as fault:  # noqa: BLE001 - the next event's patient may be in danger
        metrics.FALLBACKS.labels("unheard_failed").inc()
        log.error("unheard_failed", fault)
        return 0


def _told(connection: Connection, event_id: UUID, patient_id: UUID, now: datetime) -> int:
    around = events.surroundings(connection, patient_id, now)
    unheard = store.of_event(connection, event_id, now) if around else None
    if around is None or unheard is None:
        return 0
    outgoing = said_of(unheard, around)
    for each in outgoing:
        outbox.queue(connection, each, now)
    for user_id in unheard.unreached:
        metrics.FALLBACKS.labels("alert_unheard").inc()
        log.error("alert_unheard", user_id=user_id)
    return len(outgoing)
