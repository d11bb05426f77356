"""A row's texts as they are said."""

from __future__ import annotations

import regex

from app import log, metrics
from app.channels.words import cut
from app.i18n import render
from app.messaging.outbox.claimed import Claimed
from app.text import Text

LONGEST = 1500
"""Letters of a message; Twilio refuses more than 1600."""
TITLE = 60
_SENTENCE = regex.compile(r"(?<=[.!?।])\s")


def texts_of(row: Claimed) -> tuple[Text, ...]:
    """Read the texts of a row.

    Raises:
        KeyError, TypeError, AttributeError: The row does not hold texts.
    """
    return tuple(Text.from_json(each) for each in row.texts)


def body_of(row: Claimed) -> str:
    """Say a row's texts in its language, a blank line between them, in one message.

    Raises:
        ValueError: There is nothing to say.
    """
    said = "\n\n".join(render(each, row.language) for each in texts_of(row)).strip()
    if not said:
        raise ValueError(row.id)
    if len(said) > LONGEST:
        metrics.FALLBACKS.labels("message_cut").inc()
        log.error("message_cut", outbound_id=row.id, size=len(said))
    return cut(said, LONGEST)


def title_of(body: str) -> str:
    """Give the first sentence of what is said."""
    first = body.partition("\n")[0]
    return cut(_SENTENCE.split(first, maxsplit=1)[0], TITLE)
