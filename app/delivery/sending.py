"""One row of the outbox on its way: claimed, handed to the channel, written down.

The channel is called between two short transactions, never inside one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import sleep
from uuid import UUID

from sqlalchemy import Connection

from app import clock, db, log, metrics
from app.channels.base import Accepted, Channel, Said, Words
from app.channels.codes import OUTSIDE_WINDOW, UNREACHABLE
from app.config import config
from app.delivery import reports
from app.delivery.fate import CAPPED, NO_ADDRESS, NO_TEMPLATE, PACE, Fate, fate, ways
from app.delivery.rendering import body_of, texts_of, title_of
from app.delivery.templates import call, templates
from app.delivery.verdict import Over, is_of_no_use, verdict
from app.errors import DatabaseAway, DeliveryError
from app.messaging.outbox import store as outbox
from app.messaging.outbox.claimed import Claimed
from app.messaging.outbox.outgoing import Priority, Status
from app.messaging.outbox.slots import store as slots
from app.messaging.outbox.slots.store import Notice
from app.messaging.outbox.standing.report import Report
from app.people.reach import store as reach
from app.people.reach.addressee import Addressee

DATABASE_S = 6.0
"""How long PostgreSQL may take over one of the two transactions."""
CALL = timedelta(seconds=13)
"""A call to the channel ends within its time-outs; one that began later could outlive the lease."""
INSISTS, INSIST_S = 4, 0.5
POISON = "FAULT"


@dataclass(frozen=True, slots=True)
class Ready:
    """A row that is to be handed to the channel, in the first of several ways that works."""

    row: Claimed
    address: str
    ways: tuple[Said, ...]


def send_next(channel: Channel, least: Priority) -> bool:
    """Send the row whose turn it is.

    Args:
        channel: Takes it.
        least: The least urgent priority that is of interest.

    Returns:
        False when nothing is due.

    Raises:
        DatabaseAway: PostgreSQL is away; a row that was sent is settled later.
    """
    claimed = claim(least)
    if isinstance(claimed, Ready):
        deliver(channel, claimed)
    return claimed is not None


def claim(least: Priority) -> Ready | str | None:
    """Make the next row ready to be sent.

    Returns:
        The row; or what became of it instead; None when nothing is due.
    """
    row, now = None, clock.now()
    try:
        with db.deadline(DATABASE_S), db.transaction() as connection:
            row = outbox.claim_due(connection, now, least)
            outcome = _prepared(connection, row, now) if row else None
    except Exception as fault:
        if row is None:
            raise
        # One row's fault, whatever it is, must not stand before the others.
        return _set_aside(row, fault, now)
    if row and isinstance(outcome, str):
        metrics.DELIVERIES.labels(row.purpose, outcome).inc()
    return outcome


def _prepared(connection: Connection, row: Claimed, now: datetime) -> Ready | str:
    to = reach.addressee(connection, row.user_id, row.patient_id)
    end = fate(row, to, now)
    if end or to.address is None:
        return _ended(connection, row, end or NO_ADDRESS)
    if not row.is_urgent and not outbox.is_free_to_write(connection, row, now - PACE):
        outbox.put_back(connection, row, now + PACE, code=None, counted=False)
        return "PACED"
    body = body_of(row)
    said = _ways(row, to, body, now)
    if not said:
        return _ended(connection, row, NO_TEMPLATE)
    if not _noticed(connection, row, to, body, now):
        return _ended(connection, row, CAPPED)
    outbox.sending(connection, row)
    return Ready(row, to.address, said)


def _ways(row: Claimed, to: Addressee, body: str, now: datetime) -> tuple[Said, ...]:
    template = call(templates(config()), row.purpose, row.language, texts_of(row))
    return ways(row, Words(body), template, is_in_window=to.is_in_window(now))


def _noticed(connection: Connection, row: Claimed, to: Addressee, body: str, now: datetime) -> bool:
    """Keep what is said as a notification; False where the patient's day has no slot left."""
    if row.patient_id is None:
        return True  # about nobody: there is no patient whose day it could count toward
    day = to.local_day(now) if row.counts else None
    notice = Notice(row.patient_id, title_of(body), body, now, day)
    return slots.reserve(connection, row, notice)


def _ended(connection: Connection, row: Claimed, end: Fate) -> str:
    outbox.end(connection, row, end.status, end.code)
    if end.status is Status.FAILED:
        log.error("message_not_sent", outbound_id=row.id, code=end.code)
    return end.code


def _set_aside(row: Claimed, fault: Exception, now: datetime) -> str:
    log.error("row_set_aside", fault, outbound_id=row.id)
    metrics.DELIVERIES.labels(row.purpose, POISON).inc()
    with db.deadline(DATABASE_S), db.transaction() as connection:
        _put_off(connection, row, POISON, now)
    return POISON


def _put_off(connection: Connection, row: Claimed, code: str, now: datetime) -> None:
    """Let a row that was not taken wait for its next attempt, or end it after the last."""
    next_step = verdict(code, row.attempts, now, is_urgent=row.is_urgent)
    if isinstance(next_step, Over):
        log.error("message_not_sent", outbound_id=row.id, code=code)
        outbox.end(connection, row, Status.FAILED, code)
    else:
        outbox.put_back(connection, row, next_step.at, code=code, counted=next_step.counted)


def deliver(channel: Channel, ready: Ready) -> None:
    """Hand a row to the channel and write down what came of it.

    Where nobody knows, it stays in this hand until the lease ends, and is settled then.
    """
    row = ready.row
    try:
        with metrics.SEND_SECONDS.time():
            accepted = _said(channel, ready)
    except DeliveryError as fault:
        _not_taken(row, fault)
    else:
        write_down(row.id, accepted.sid)
        metrics.DELIVERIES.labels(row.purpose, "ACCEPTED").inc()


def _said(channel: Channel, ready: Ready) -> Accepted:
    row, last = ready.row, ready.ways[-1]
    for way in ready.ways:
        now = clock.now()
        if now + CALL > row.lease_until:
            raise DeliveryError("OUT_OF_HAND")
        try:
            return channel.send(
                ready.address,
                way,
                callback_url=callback_url(row.id),
                valid_for_s=_seconds_until(row.not_after, now),
            )
        except DeliveryError as fault:
            if way is last or not _may_be_said_otherwise(row, fault):
                raise
    raise DeliveryError("NO_WAY", permanent=True)


def _may_be_said_otherwise(row: Claimed, fault: DeliveryError) -> bool:
    if fault.code == OUTSIDE_WINDOW:
        return True
    return row.is_of_emergency and is_of_no_use(fault) and fault.code not in UNREACHABLE


def callback_url(outbound_id: UUID) -> str:
    """Give the address where the channel reports what becomes of a row."""
    return f"{config().public_url}/whatsapp/status?o={outbound_id}"


def _seconds_until(moment: datetime | None, now: datetime) -> int | None:
    return None if moment is None else int((moment - now).total_seconds())


def write_down(outbound_id: UUID, sid: str) -> None:
    """Write down that the channel took a row; insist, since asking it later costs more.

    Raises:
        DatabaseAway: PostgreSQL stays away; the row is settled when its lease has ended.
    """
    for _ in range(INSISTS):
        try:
            return _write_down(outbound_id, sid)
        except DatabaseAway as fault:
            log.error("not_written_down", fault, outbound_id=outbound_id)
            sleep(INSIST_S)
    return _write_down(outbound_id, sid)


def _write_down(outbound_id: UUID, sid: str) -> None:
    """Write it down with what the channel reported of the message before we knew its id."""
    with db.deadline(DATABASE_S), db.transaction() as connection:
        outbox.accepted(connection, outbound_id, sid, clock.now())
        afters = reports.take_up(connection, sid)
    reports.follow(afters)


def _not_taken(row: Claimed, fault: DeliveryError) -> None:
    now = clock.now()
    outcome = "UNCERTAIN" if fault.uncertain else fault.code
    metrics.DELIVERIES.labels(row.purpose, outcome).inc()
    log.error("message_not_taken", outbound_id=row.id, code=fault.code)
    if fault.uncertain:
        return
    with db.deadline(DATABASE_S), db.transaction() as connection:
        slots.release(connection, row.id)
        _put_off(connection, row, fault.code, now)
    if fault.code in UNREACHABLE:
        reports.not_reached(row.user_id, Report("", Status.FAILED, now, row.id, fault.code))
