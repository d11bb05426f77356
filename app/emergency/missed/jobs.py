"""What the clock has done for missed doses: asked after, told of, and ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, literal, select

from app import db, log, metrics
from app.emergency import store as events
from app.emergency.alert import Surroundings
from app.emergency.event import EmergencyResolved
from app.emergency.missed import store
from app.emergency.missed.dose import opened_by, said_of, said_over
from app.errors import DatabaseAway
from app.i18n import render
from app.messaging.outbox import store as outbox
from app.messaging.outbox.outgoing import Outgoing
from app.queue import wake_delivery

AT_ONCE = 50
"""Few, since dangers wait for the clock's next round meanwhile."""


def see_to_missed(now: datetime) -> None:
    """End the events of missed doses that are over, and open those that are due."""
    with db.transaction() as connection:
        ended = store.over(connection, now, AT_ONCE)
    said = sum(_apart(_ended, one.patient_id, one, now) for one in ended)
    with db.transaction() as connection:
        patients = store.patients(connection, now, AT_ONCE)
    said += sum(_apart(_opened, patient_id, None, now) for patient_id in patients)
    if said:
        wake_delivery()


_Step = Callable[[Connection, Surroundings, store.Over | None], tuple[Outgoing, ...]]


def _apart(step: _Step, patient_id: UUID, of: store.Over | None, now: datetime) -> int:
    """Do a step for one patient in a transaction of its own, and count what is to be said."""
    try:
        with db.transaction() as connection:
            around = events.surroundings(connection, patient_id, now)
            outgoing = step(connection, around, of) if around else ()
            for each in outgoing:
                outbox.queue(connection, each, now)
            return len(outgoing)
    except DatabaseAway:
        raise
    except Exception as fault:  # noqa: BLE001 - one patient's fault is not the next one's
        metrics.FALLBACKS.labels("missed_doses_failed").inc()
        log.error("missed_doses_failed", fault)
        return 0


def _opened(
    connection: Connection, around: Surroundings, _of: store.Over | None
) -> tuple[Outgoing, ...]:
    """Look again with the patient locked: a dose may have been told of in between."""
    patient, now = around.patient, around.now
    assert patient.patient_id is not None  # noqa: S101 - just locked as a patient
    doses = store.missed_doses(connection, patient.patient_id, now)
    if not doses:
        return ()
    event = opened_by(doses, around)
    column = events.facts(literal(patient.patient_id), literal(now))
    facts = events.facts_from(connection.execute(select(column)).scalar_one())
    if facts.missed:  # of other medicines: insulin goes first, and one is open at most
        ended = EmergencyResolved(facts.missed.event_id)
        events.apply(connection, patient.patient_id, ended, instructions="", now=now)
    spoken = "\n\n".join(render(each, patient.language) for each in event.instructions)
    events.apply(connection, patient.patient_id, event, instructions=spoken, now=now)
    return said_of(event, facts, around)


def _ended(
    connection: Connection, around: Surroundings, of: store.Over | None
) -> tuple[Outgoing, ...]:
    """End an event; those who were alerted hear of a dose that was taken, not of its age."""
    patient = around.patient
    assert patient.patient_id is not None  # noqa: S101 - just locked as a patient
    assert of is not None  # noqa: S101 - given with this step
    column = events.alerted(literal(patient.patient_id))
    alerted = events.alerted_from(connection.execute(select(column)).scalar_one())
    ended = EmergencyResolved(of.event_id)
    events.apply(connection, patient.patient_id, ended, instructions="", now=around.now)
    outbox.withdraw(connection, f"missed:{of.event_id}")
    if not of.is_taken:
        return ()
    return said_over(of.event_id, of.level, alerted.get(of.event_id, frozenset()), around)
