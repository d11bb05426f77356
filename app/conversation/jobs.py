"""What the clock has done for conversations: messages tried again, unagreed words forgotten."""

from datetime import datetime, timedelta

from app import db, metrics
from app.conversation.handle import SAME_ANSWER_FOR, try_again
from app.messaging import store as messaging

WAIT_BEFORE_RETRY = timedelta(seconds=30)
AT_ONCE = 100


def retry_unhandled(now: datetime) -> None:
    """Try messages again that could not be handled, oldest first, each in its own transaction."""
    with db.transaction() as connection:
        waiting = messaging.unhandled(connection, now - WAIT_BEFORE_RETRY, AT_ONCE)
    for message in waiting:
        if try_again(message):
            metrics.FALLBACKS.labels("handled_again").inc()


def forget_unagreed_answers(now: datetime) -> None:
    """Blank what was said to people before they agreed, once a repeat is no longer answered."""
    with db.transaction() as connection:
        messaging.forget_unagreed_answers(connection, now - SAME_ANSWER_FOR)
