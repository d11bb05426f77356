"""What the clock has done for patients whom no reminder reaches."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection

from app import db, log, metrics
from app.emergency import store as events
from app.emergency.out_of_reach import store
from app.emergency.out_of_reach.notice import said_of
from app.errors import DatabaseAway
from app.messaging.outbox import store as outbox
from app.queue import wake_delivery

EVERY = timedelta(minutes=15)
LOOKED = "out_of_reach"
"""The name under which it is noted that everybody was looked at."""


def tell_of_out_of_reach(now: datetime) -> None:
    """Tell caregivers of patients who miss doses and whom nothing reaches, each on its own."""
    with db.transaction() as connection:
        if db.is_fresh(connection, LOOKED, now, EVERY):
            return
        found = store.out_of_reach(connection, now)
        db.beat(connection, LOOKED, now)
    if sum(_apart(one.patient_id, now) for one in found):
        wake_delivery()


def _apart(patient_id: UUID, now: datetime) -> int:
    """See to one patient, and count what is to be said; one's fault is not another's."""
    try:
        with db.transaction() as connection:
            return _told(connection, patient_id, now)
    except DatabaseAway:
        raise
    except Exception as fault:  # noqa: BLE001 - one patient's fault is not the next one's
        metrics.FALLBACKS.labels("out_of_reach_failed").inc()
        log.error("out_of_reach_failed", fault)
        return 0


def _told(connection: Connection, patient_id: UUID, now: datetime) -> int:
    """Look again with the patient locked: a dose may have been told of in between."""
    around = events.surroundings(connection, patient_id, now)
    found = store.out_of_reach(connection, now, patient_id) if around else []
    outgoing = [each for one in found if around for each in said_of(one, around)]
    for each in outgoing:
        outbox.queue(connection, each, now)
    if outgoing:
        metrics.FALLBACKS.labels("out_of_reach").inc()
    return len(outgoing)
