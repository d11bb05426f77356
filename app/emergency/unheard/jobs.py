"""What the clock has done about alerts that did not get through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from app import db, log, metrics
from app.emergency import store as events
from app.emergency.unheard import store
from app.emergency.unheard.alerts import said_of, said_unasked
from app.errors import DatabaseAway
from app.messaging.outbox import store as outbox
from app.queue import wake_delivery

AT_ONCE = 500


def tell_of_unheard(now: datetime) -> None:
    """Tell patients whom we could not reach, and others instead, each in its own transaction."""
    with db.transaction() as connection:
        unheard = store.unheard(connection, now, AT_ONCE)
        unasked = store.unasked(connection, now, AT_ONCE)
    said = sum(_apart(_told, event_id, patient_id, now) for event_id, patient_id in unheard)
    for one in unasked:
        said += _apart(_told_unasked, one.danger.event_id, one.patient_id, now)
    if said:
        wake_delivery()


_Step = Callable[[Connection, UUID, UUID, datetime], int]


def _apart(step: _Step, event_id: UUID, patient_id: UUID, now: datetime) -> int:
    """See to one event, and count what is to be said; one's fault is not another's."""
    try:
        with db.transaction() as connection:
            return step(connection, event_id, patient_id, now)
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


def _told_unasked(connection: Connection, event_id: UUID, patient_id: UUID, now: datetime) -> int:
    """Look again with the patient locked: they may have written in between."""
    around = events.surroundings(connection, patient_id, now)
    found = store.unasked(connection, now, 1, event_id) if around else []
    outgoing = [each for one in found if around for each in said_unasked(one, around)]
    for each in outgoing:
        outbox.queue(connection, each, now)
    if outgoing:
        metrics.FALLBACKS.labels("patient_unasked").inc()
    return len(outgoing)
