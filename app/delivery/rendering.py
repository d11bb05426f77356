"""A row's texts as they are said."""

from __future__ import annotations

import regex

from app import log, metrics
from app.channels.words import cut, joined
from app.delivery.filling import more
from app.i18n import render
from app.messaging.outbox.claimed import Claimed
from app.text import Text

LONGEST = 1500
"""Letters of a message; Twilio refuses more than 1600."""
TITLE, BETWEEN = 60, "\n\n"
_SENTENCE = regex.compile(r"(?<=[.!?।])\s")


def texts_of(row: Claimed) -> tuple[Text, ...]:
    """Read the texts of a row.

    Raises:
        KeyError, TypeError, AttributeError: The row does not hold texts.
    """
    return tuple(Text.from_json(each) for each in row.texts)


def body_of(row: Claimed) -> str:
    """Say a row's texts in its language, a blank line between them, in one message.

    What is too long loses its last texts whole, and says how many those are.

    Raises:
        ValueError: There is nothing to say.
    """
    texts = [render(each, row.language).strip() for each in texts_of(row)]
    size = len(BETWEEN.join(texts).strip())
    if not size:
        raise ValueError(row.id)
    if size > LONGEST:
        metrics.FALLBACKS.labels("message_cut").inc()
        log.error("message_cut", outbound_id=row.id, size=size)
    return joined(texts, BETWEEN, LONGEST, lambda n: more(n, row.language)).strip()


def title_of(body: str) -> str:
    """Give the first sentence of what is said."""
    first = body.partition("\n")[0]
    return cut(_SENTENCE.split(first, maxsplit=1)[0], TITLE)
