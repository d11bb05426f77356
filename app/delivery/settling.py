"""Rows of which nobody knows whether they were sent: the channel is asked, and only then again.

Whoever sent them died, or got no answer. A status report may have settled them already.
"""

from __future__ import annotations

from datetime import timedelta

from app import clock, db, log, metrics
from app.channels.base import Channel, Sent
from app.config import config
from app.delivery import reports
from app.delivery.claiming import DATABASE_S
from app.delivery.rendering import body_of
from app.delivery.sending import write_down
from app.delivery.templates import templates
from app.delivery.verdict import ATTEMPTS, URGENT_ATTEMPTS
from app.errors import DeliveryError
from app.i18n import ENGLISH
from app.messaging.outbox.claimed import Claimed
from app.messaging.outbox.hands import store as hands
from app.messaging.outbox.outgoing import Priority, Status
from app.messaging.outbox.slots import store as slots
from app.people.reach import store as reach

CLOCKS_DIFFER = timedelta(minutes=1)
UNCONFIRMED = "UNCONFIRMED"


def settle_next(channel: Channel, least: Priority) -> bool:
    """Find out what became of a row whose sender was not heard of again.

    Returns:
        False when there is none.
    """
    now = clock.now()
    with db.deadline(DATABASE_S), db.transaction() as connection:
        row = hands.claim_expired(connection, now, least)
        to = reach.addressee(connection, row.user_id, row.patient_id) if row else None
    if row is None or to is None:
        return False
    try:
        sent = _found(channel, row, to.address or "")
    except DeliveryError as fault:
        _cannot_tell(row, fault)
    else:
        _settle(row, sent)
    return True


def look_up_next(channel: Channel) -> bool:
    """Ask what became of an emergency of which nothing was reported: a report may be lost.

    Returns:
        False when there is none.
    """
    now = clock.now()
    with db.deadline(DATABASE_S), db.transaction() as connection:
        silent = hands.claim_unreported(connection, now)
        if silent is None:
            return False
        row, sid = silent
        to = reach.addressee(connection, row.user_id, row.patient_id)
    try:
        listed = channel.find(to.address or "", row.due_at - CLOCKS_DIFFER)
    except DeliveryError as fault:
        log.error("cannot_look_up", outbound_id=row.id, code=fault.code)
        return True
    for one in listed:
        if one.sid == sid:
            reports.take_word(one.status, sid, row.id, one.error_code)
    return True


def _found(channel: Channel, row: Claimed, address: str) -> Sent | None:
    """Look among what the channel took for this person, and no row has yet, for this row."""
    listed = channel.find(address, row.due_at - CLOCKS_DIFFER)
    with db.deadline(DATABASE_S), db.transaction() as connection:
        known = hands.known_sids(connection, (one.sid for one in listed))
    unknown = [one for one in listed if one.sid not in known]
    body = _as_compared(body_of(row))
    same = [one for one in unknown if _as_compared(one.body) == body]
    # What a template reads like is known to the channel alone: any other may be it.
    possible = same or (unknown if _has_template(row) else [])
    return possible[0] if possible else None


def _as_compared(words: str) -> str:
    return " ".join(words.split())


def _has_template(row: Claimed) -> bool:
    known = templates(config())
    return any((row.purpose, language) in known for language in (row.language, ENGLISH))


def _settle(row: Claimed, sent: Sent | None) -> None:
    if sent is not None:
        metrics.DELIVERIES.labels(row.purpose, "FOUND").inc()
        said_in_words = _as_compared(sent.body) == _as_compared(body_of(row))
        write_down(row, sent.sid, file_waits=not said_in_words)
        reports.take_word(sent.status, sent.sid, row.id, sent.error_code)
        return
    metrics.DELIVERIES.labels(row.purpose, "NOT_FOUND").inc()
    _send_again(row)


def _cannot_tell(row: Claimed, fault: DeliveryError) -> None:
    """Send an emergency again rather than lose it; leave anything else until the channel tells."""
    metrics.DELIVERIES.labels(row.purpose, "CANNOT_TELL").inc()
    log.error("cannot_tell_whether_sent", outbound_id=row.id, code=fault.code)
    if row.is_urgent or row.is_of_emergency:
        _send_again(row)


def _send_again(row: Claimed) -> None:
    now = clock.now()
    most = URGENT_ATTEMPTS if row.is_urgent else ATTEMPTS
    with db.deadline(DATABASE_S), db.transaction() as connection:
        slots.release(connection, row.id)
        if row.attempts < most:
            hands.put_back(connection, row, now, code=UNCONFIRMED, counted=True)
        else:
            metrics.UNSENT.labels(row.purpose, UNCONFIRMED).inc()
            hands.end(connection, row, Status.FAILED, UNCONFIRMED)
            log.error("message_not_sent", outbound_id=row.id, code=UNCONFIRMED)
