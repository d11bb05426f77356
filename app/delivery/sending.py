"""One row of the outbox on its way: claimed, handed to the channel, written down.

The channel is called between two short transactions, never inside one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from time import sleep
from uuid import UUID

from app import clock, db, log, metrics
from app.channels.base import Channel, Said, TemplateCall
from app.channels.codes import OUTSIDE_WINDOW, REFUSED_CONTENT, UNREACHABLE
from app.config import config
from app.delivery import reports
from app.delivery.claiming import DATABASE_S, Ready, claim, put_off
from app.delivery.verdict import is_of_no_use
from app.errors import DatabaseAway, DeliveryError
from app.messaging.outbox import store as outbox
from app.messaging.outbox.claimed import Claimed, file_to_come
from app.messaging.outbox.hands import store as hands
from app.messaging.outbox.outgoing import Priority, Status
from app.messaging.outbox.slots import store as slots
from app.messaging.outbox.standing.report import Report

CALL = timedelta(seconds=13)
"""A call to the channel ends within its time-outs; one that began later could outlive the lease."""
INSISTS, INSIST_S = 4, 0.5


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


def deliver(channel: Channel, ready: Ready) -> None:
    """Hand a row to the channel and write down what came of it.

    Where nobody knows, it stays in this hand until the lease ends, and is settled then.
    """
    row = ready.row
    try:
        with metrics.SEND_SECONDS.time():
            sid, way = _said(channel, ready)
    except DeliveryError as fault:
        _not_taken(row, fault)
    else:
        write_down(row, sid, file_waits=isinstance(way, TemplateCall))
        metrics.DELIVERIES.labels(row.purpose, "ACCEPTED").inc()


def _said(channel: Channel, ready: Ready) -> tuple[str, Said]:
    """Say a row in the first way that the channel takes; give the message's id and that way."""
    row, last = ready.row, ready.ways[-1]
    for way in ready.ways:
        now = clock.now()
        if now + CALL > row.lease_until:
            raise DeliveryError("OUT_OF_HAND")
        try:
            accepted = channel.send(
                ready.address,
                way,
                callback_url=callback_url(row.id),
                valid_for_s=_seconds_until(row.not_after, now),
            )
        except DeliveryError as fault:
            if way is last or not _may_be_said_otherwise(row, way, fault):
                raise
        else:
            return accepted.sid, way
    raise DeliveryError("NO_WAY", permanent=True)


def _may_be_said_otherwise(row: Claimed, way: Said, fault: DeliveryError) -> bool:
    if fault.code == OUTSIDE_WINDOW:
        return True
    if isinstance(way, TemplateCall) and way.has_buttons and fault.code in REFUSED_CONTENT:
        return True
    return row.is_of_emergency and is_of_no_use(fault) and fault.code not in UNREACHABLE


def callback_url(outbound_id: UUID) -> str:
    """Give the address where the channel reports what becomes of a row."""
    return f"{config().public_url}/whatsapp/status?o={outbound_id}"


def _seconds_until(moment: datetime | None, now: datetime) -> int | None:
    return None if moment is None else int((moment - now).total_seconds())


def write_down(row: Claimed, sid: str, *, file_waits: bool) -> None:
    """Write down that the channel took a row; insist, since asking it later costs more.

    Args:
        row: As it was claimed.
        sid: The channel's id of the message.
        file_waits: It went as a template, which brings no file.

    Raises:
        DatabaseAway: PostgreSQL stays away; the row is settled when its lease has ended.
    """
    for _ in range(INSISTS):
        try:
            return _write_down(row, sid, file_waits=file_waits)
        except DatabaseAway as fault:
            log.error("not_written_down", fault, outbound_id=row.id)
            sleep(INSIST_S)
    return _write_down(row, sid, file_waits=file_waits)


def _write_down(row: Claimed, sid: str, *, file_waits: bool) -> None:
    """Write it down with what the channel reported of the message before we knew its id."""
    now = clock.now()
    later = file_to_come(row, now) if file_waits else None
    with db.deadline(DATABASE_S), db.transaction() as connection:
        hands.accepted(connection, row.id, sid, now)
        if later:
            outbox.queue(connection, later, now)
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
        put_off(connection, row, fault.code, now)
    if fault.code in UNREACHABLE:
        reports.not_reached(row.user_id, Report("", Status.FAILED, now, row.id, fault.code))
