"""The copy of what is kept that a person asked for: queued, with the file that it brings. Pure."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from app.conversation.turn import Event, Situation
from app.messaging.outbox.outgoing import Media, Outgoing, Priority, Purpose
from app.people.person import CopyAsked
from app.text import text

STALE_AFTER = timedelta(hours=4)
"""A copy that could not be sent for so long is asked for anew (house)."""
COPY = text(
    "Here is what I keep of you, as a file for a spreadsheet. Whoever has the file can read it."
)


def copies_asked(
    situation: Situation, events: Iterable[Event], language: str
) -> Iterator[Outgoing]:
    """Give the messages that bring a copy; as an answer, they are kept back by nothing."""
    for event in events:
        if isinstance(event, CopyAsked):
            yield Outgoing(
                key=f"export:{situation.message.sid}",
                user_id=situation.person.user_id,
                patient_id=situation.person.patient_id,
                purpose=Purpose.LATE_ANSWER,
                priority=Priority.TIMELY,
                language=language,
                texts=(COPY,),
                due_at=situation.now,
                not_after=situation.now + STALE_AFTER,
                media=Media.EXPORT,
            )
