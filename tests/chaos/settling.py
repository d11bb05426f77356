"""The wait after the storm, until nothing is left to do; the clock goes faster meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import Engine, text

from app import clock
from app.simulator.twilio import exchange
from app.simulator.twilio.message import Direction, Status
from app.web import spool

CALLS_END_S = 21
"""Calls that Twilio left hanging are over by then; before that no lease may end early."""
STEP, LOOK_S = timedelta(seconds=10), 1.0
PATIENCE_S = 300
LEFT = {
    "not taken in": "SELECT :sent - count(*) FROM inbound_messages",
    "unhandled": "SELECT count(*) FROM inbound_messages WHERE handled_at IS NULL",
    "to be sent": "SELECT count(*) FROM outbound_messages WHERE status IN ('PENDING', 'SENDING')",
    "due and not reminded": (
        "SELECT count(*) FROM medication_logs l WHERE remind_at < :soon AND status = 'PENDING'"
        " AND reminder_message_id IS NULL AND NOT EXISTS (SELECT FROM emergency_events e"
        " WHERE e.patient_id = l.patient_id AND e.status <> 'RESOLVED')"
        " AND (SELECT count(*) FROM notifications n WHERE n.patient_id = l.patient_id"
        " AND n.local_day = (l.remind_at AT TIME ZONE 'Asia/Kolkata')::date) < 5"
    ),
}
AT_REST = {Status.READ, Status.FAILED, Status.UNDELIVERED}
SOON = timedelta(seconds=30)
"""A dose so lately due is reminded of at one of the next ticks."""


def left(engine: Engine, folder: Path, sent: int) -> dict[str, int]:
    """Count what is still to be done; nothing that is done is named."""
    with engine.connect() as connection:
        known = {"sent": sent, "soon": clock.now() - SOON}
        counts = {
            name: connection.execute(text(query).bindparams(**_needed(query, known))).scalar_one()
            for name, query in LEFT.items()
        }
    counts["spooled"] = spool.count(folder / "spool")
    counts["on their way"] = sum(
        each.message.direction is not Direction.INBOUND and each.message.status not in AT_REST
        for each in exchange.since(folder / "simulator")
    )
    return {name: count for name, count in counts.items() if count}


def settle(
    engine: Engine, folder: Path, sent: int, not_before: datetime
) -> tuple[dict[str, int], float]:
    """Wait until nothing is left, or patience ends; say what is left and how long it took."""
    began = monotonic()
    sleep(CALLS_END_S)
    rest = {"not looked at": 1}
    while (rest or clock.now() < not_before) and monotonic() - began < PATIENCE_S:
        clock.move_to(clock.offset() + STEP)
        sleep(LOOK_S)
        rest = left(engine, folder, sent)
    return rest, monotonic() - began


def _needed(query: str, known: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in known.items() if f":{name}" in query}
