"""What the clock has done for conversations: lost messages fetched, failed ones tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from app import db, log, metrics
from app.channels.base import Received
from app.channels.choice import channel
from app.config import config
from app.conversation.handle import SAME_ANSWER_FOR, answer, handled, next_situation
from app.conversation.late import given_up, still_tried
from app.conversation.outcome import set_aside_answer
from app.conversation.turn import Situation
from app.errors import DatabaseAway, DeliveryError
from app.messaging import store as messaging
from app.messaging.message import InboundMessage, Source
from app.messaging.outbox import store as outbox
from app.people import store as people
from app.people.access import store as access
from app.people.codes import store as codes
from app.people.leaving import store as leaving

AT_ONCE = 100
KEPT_AFTER_LEAVING = timedelta(days=365)
"""So long the law asks for what shows that consent was given and taken back (DPDP Rules 2025)."""
CODES_KEPT = timedelta(days=1)
"""How long it is known that a code was made (house)."""
PULLED, PULL_BEGUN = "pull_sweep", "pull_sweep_begun"
"""The names under which a completed sweep, and the last one begun, are noted."""
PULL_EVERY = timedelta(seconds=30)
PULL_OVERLAP = timedelta(minutes=15)
WEBHOOK_HAS = timedelta(seconds=25)
"""So long the webhook may still be at it: a message is not taken for lost before. Twilio gives up
within 15 s, retries included, and a turn that began at the end of them takes 4 s at most."""


def retry_unhandled(now: datetime) -> None:
    """Try messages again that could not be handled, oldest first, each in its own transaction."""
    with db.transaction() as connection:
        waiting = messaging.unhandled(connection, now, AT_ONCE)
    for message in waiting:
        if try_again(message, now):
            metrics.FALLBACKS.labels("handled_again").inc()


def try_again(message: InboundMessage, now: datetime) -> bool:
    """Handle a message that was kept but could not be handled; it may be handled by now.

    Returns:
        Whether it is handled.

    Raises:
        DatabaseAway: PostgreSQL is away.
    """
    try:
        with db.transaction() as connection:
            situation, before = next_situation(connection, message, now)
            if before is None or not before.is_handled:
                handled(connection, situation)
    except DatabaseAway:
        raise
    except Exception as fault:  # noqa: BLE001 - counted, and set aside after the third time
        log.error("retry_failed", fault, sid=message.sid)
        with db.transaction() as connection:
            tries = messaging.failed_again(connection, message.sid)
            if tries.is_worth_a_word:
                _tell_sender(connection, message, tries, now)
        return False
    return True


def _tell_sender(
    connection: Connection, message: InboundMessage, tries: messaging.Tries, now: datetime
) -> None:
    """Tell the sender of a message that it is set aside for good, or that it is still tried."""
    metrics.FALLBACKS.labels("set_aside").inc()
    person = people.lock_person(connection, message.address)
    situation = Situation(now, message, person)
    said = given_up(situation) if tries.is_last else still_tried(situation)
    told = set_aside_answer(
        situation, said, is_emergency=tries.is_emergency, is_tried_on=not tries.is_last
    )
    outbox.queue(connection, told, now)


def forget_unagreed_answers(now: datetime) -> None:
    """Blank what was said to people before they agreed, once a repeat is no longer answered."""
    with db.transaction() as connection:
        messaging.forget_unagreed_answers(connection, now - SAME_ANSWER_FOR)


def pull_missed(now: datetime) -> None:
    """Take in what Twilio has from people and its webhook never brought, late and marked so.

    It goes back to the last sweep that was completed, less 15 minutes.
    """
    with db.transaction() as connection:
        begun, completed = db.last_beat(connection, PULL_BEGUN), db.last_beat(connection, PULLED)
        if begun is not None and now - begun < PULL_EVERY:
            return
        db.beat(connection, PULL_BEGUN, now)
    try:
        received = channel(config()).received_since((completed or now) - PULL_OVERLAP)
    except DeliveryError as fault:
        metrics.FALLBACKS.labels("pull_failed").inc()
        log.error("pull_failed", fault, code=fault.code)
        return
    take_in([one for one in received if one.received_at <= now - WEBHOOK_HAS])
    with db.transaction() as connection:
        db.beat(connection, PULLED, now)


def take_in(received: list[Received]) -> None:
    """Have messages answered that are not known yet, in the order they were sent.

    Raises:
        DatabaseAway: PostgreSQL is away; the next sweep finds what is left.
    """
    with db.transaction() as connection:
        known = messaging.kept_sids(connection, (one.sid for one in received))
    for one in received:
        if one.sid not in known:
            metrics.FALLBACKS.labels("pulled").inc()
            log.info("message_pulled", sid=one.sid)
            answer(_pulled(one))


def _pulled(one: Received) -> InboundMessage:
    return InboundMessage(
        sid=one.sid,
        address=one.address,
        body=one.body,
        received_at=one.received_at,
        phone_number=one.phone_number,
        media_count=one.media_count,
        form={"MessageSid": one.sid, "From": one.address, "Body": one.body},
        source=Source.PULL,
    )


def drop_left(now: datetime) -> None:
    """Delete what stayed of people who had everything deleted a year ago."""
    with db.transaction() as connection:
        leaving.drop_left(connection, now - KEPT_AFTER_LEAVING)
        access.drop_before(connection, now - KEPT_AFTER_LEAVING)
        codes.drop_before(connection, now - CODES_KEPT)
