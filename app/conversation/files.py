"""The files that a person asked for: queued, each with the message that brings it. Pure."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from app.conversation.turn import Event, Situation
from app.insights.week.week import PictureAsked
from app.messaging.outbox.outgoing import Media, Outgoing, Priority, Purpose
from app.people.person import CopyAsked
from app.text import Text, text

STALE_AFTER = timedelta(hours=4)
"""A file that could not be sent for so long is asked for anew (house)."""
COPY = text(
    "Here is what I keep of you, as a file for a spreadsheet. Whoever has the file can read it."
)
PICTURE = text("The last 7 days")


def files_asked(situation: Situation, events: Iterable[Event], language: str) -> Iterator[Outgoing]:
    """Give the messages that bring files; as answers, they are kept back by nothing."""
    for event in events:
        match event:
            case CopyAsked():
                yield _bringing(situation, Media.EXPORT, COPY, language)
            case PictureAsked():
                yield _bringing(situation, Media.CHART, PICTURE, language)
            case _:
                pass


def _bringing(situation: Situation, media: Media, said: Text, language: str) -> Outgoing:
    return Outgoing(
        key=f"{media}:{situation.message.sid}",
        user_id=situation.person.user_id,
        patient_id=situation.person.patient_id,
        purpose=Purpose.LATE_ANSWER,
        priority=Priority.TIMELY,
        language=language,
        texts=(said,),
        due_at=situation.now,
        not_after=situation.now + STALE_AFTER,
        media=media,
    )
