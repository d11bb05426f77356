"""What the clock has done for conversations: messages tried again, unagreed words forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from app import db, log, metrics
from app.conversation.handle import SAME_ANSWER_FOR, handled
from app.errors import DatabaseAway
from app.messaging import store as messaging
from app.messaging.message import InboundMessage
from app.people import store as people

WAIT_BEFORE_RETRY = timedelta(seconds=30)
AT_ONCE = 100


def retry_unhandled(now: datetime) -> None:
    """Try messages again that could not be handled, oldest first, each in its own transaction."""
    with db.transaction() as connection:
        waiting = messaging.unhandled(connection, now - WAIT_BEFORE_RETRY, AT_ONCE)
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
            people.lock_person(connection, message.address)
            if messaging.is_unhandled(connection, message.sid):
                handled(connection, message, now)
    except DatabaseAway:
        raise
    except Exception as fault:  # noqa: BLE001 - counted, and set aside after the third time
        log.error("retry_failed", fault, sid=message.sid)
        with db.transaction() as connection:
            messaging.failed_again(connection, message.sid)
        return False
    return True


def forget_unagreed_answers(now: datetime) -> None:
    """Blank what was said to people before they agreed, once a repeat is no longer answered."""
    with db.transaction() as connection:
        messaging.forget_unagreed_answers(connection, now - SAME_ANSWER_FOR)
