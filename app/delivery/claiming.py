"""The next row of the outbox, made ready to be sent, or ended, or put off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app import clock, db, log, metrics
from app.channels.base import Said, Words
from app.config import config
from app.delivery.fate import (
    CAPPED,
    NO_ADDRESS,
    NO_TEMPLATE,
    PACE,
    REPEATED,
    SAME_AT_MOST,
    SAME_WITHIN,
    UNSEEN,
    Fate,
    fate,
    ways,
)
from app.delivery.filling import call
from app.delivery.links import media_url
from app.delivery.rendering import body_of, texts_of, title_of
from app.delivery.templates import templates
from app.delivery.verdict import Over, verdict
from app.messaging.outbox.claimed import Claimed
from app.messaging.outbox.hands import store as hands
from app.messaging.outbox.outgoing import Priority, Status
from app.messaging.outbox.slots import store as slots
from app.messaging.outbox.slots.store import Notice
from app.people.reach import store as reach
from app.people.reach.addressee import Addressee
from app.people.readers.following import store as following

DATABASE_S = 6.0
"""How long PostgreSQL may take over one transaction of delivery."""
POISON = "FAULT"


@dataclass(frozen=True, slots=True)
class Ready:
    """A row that is to be handed to the channel, in the first of several ways that works."""

    row: Claimed
    address: str
    ways: tuple[Said, ...]


def claim(least: Priority) -> Ready | str | None:
    """Make the next row ready to be sent.

    Returns:
        The row; or what became of it instead; None when nothing is due.
    """
    row, now = None, clock.now()
    try:
        with db.deadline(DATABASE_S), db.transaction() as connection:
            row = hands.claim_due(connection, now, least)
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
    row = _still_seen(connection, row)
    end = UNSEEN if row.about and not row.texts else fate(row, to, now)
    if end or to.address is None:
        return _ended(connection, row, end or NO_ADDRESS)
    held_up = None if row.is_urgent else _held_up(connection, row, now)
    if held_up:
        return held_up
    body = body_of(row)
    said = _ways(row, to, body, now)
    if not said:
        return _ended(connection, row, NO_TEMPLATE)
    if not _noticed(connection, row, to, body, now):
        return _ended(connection, row, CAPPED)
    hands.sending(connection, row)
    return Ready(row, to.address, said)


def _still_seen(connection: Connection, row: Claimed) -> Claimed:
    """Leave out patients whom the person may not see any more; all, where nobody else is left."""
    about = {each for each in row.about or () if each is not None}
    if not about:
        return row
    unseen = about - following.seen_by(connection, row.user_id, about)
    return row.without(unseen | {None} if unseen == about else unseen)


def _held_up(connection: Connection, row: Claimed, now: datetime) -> str | None:
    """Put off what comes too soon after something else, and end what was said too often."""
    if not hands.is_free_to_write(connection, row, now - PACE):
        hands.put_back(connection, row, now + PACE, code=None, counted=False)
        return "PACED"
    if hands.is_said_too_often(connection, row, now - SAME_WITHIN, SAME_AT_MOST):
        return _ended(connection, row, REPEATED)
    return None


def _ways(row: Claimed, to: Addressee, body: str, now: datetime) -> tuple[Said, ...]:
    template = call(templates(config()), row.purpose, row.language, texts_of(row), row.id)
    words = Words(body, _file(row, now))
    return ways(row, words, template, is_in_window=to.is_in_window(now))


def _file(row: Claimed, now: datetime) -> str | None:
    """Give the address of the file that a row brings, signed with the token in use."""
    if row.media is None:
        return None
    settings = config()
    return media_url(settings.public_url, settings.twilio_auth_tokens[0], row.id, now)


def _noticed(connection: Connection, row: Claimed, to: Addressee, body: str, now: datetime) -> bool:
    """Keep what is said as a notification; False where the patient's day has no slot left."""
    if row.patient_id is None:
        return True  # about nobody: there is no patient whose day it could count toward
    day = to.local_day(now) if row.counts else None
    notice = Notice(row.patient_id, title_of(body), body, now, day)
    return slots.reserve(connection, row, notice)


def _ended(connection: Connection, row: Claimed, end: Fate) -> str:
    metrics.UNSENT.labels(row.purpose, end.code).inc()
    hands.end(connection, row, end.status, end.code)
    if end.status is Status.FAILED:
        log.error("message_not_sent", outbound_id=row.id, code=end.code)
    return end.code


def _set_aside(row: Claimed, fault: Exception, now: datetime) -> str:
    log.error("row_set_aside", fault, outbound_id=row.id)
    metrics.DELIVERIES.labels(row.purpose, POISON).inc()
    with db.deadline(DATABASE_S), db.transaction() as connection:
        put_off(connection, row, POISON, now)
    return POISON


def put_off(connection: Connection, row: Claimed, code: str, now: datetime) -> None:
    """Let a row that was not taken wait for its next attempt, or end it after the last."""
    next_step = verdict(code, row.attempts, now, is_urgent=row.is_urgent)
    if isinstance(next_step, Over):
        log.error("message_not_sent", outbound_id=row.id, code=code)
        metrics.UNSENT.labels(row.purpose, code).inc()
        hands.end(connection, row, Status.FAILED, code)
    else:
        hands.put_back(connection, row, next_step.at, code=code, counted=next_step.counted)
