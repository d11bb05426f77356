"""What follows from a turn for those who record and say it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from app.emergency.event import (
    EmergencyContinued,
    EmergencyEvent,
    EmergencyOpened,
    EmergencyResolved,
)
from app.messaging.outbox.outgoing import Outgoing, Priority, Purpose
from app.people.person import ConsentGiven, LanguageChosen, Person, PersonForgotten

if TYPE_CHECKING:
    from uuid import UUID

    from app.conversation.course import Course
    from app.conversation.turn import Situation, Turn
    from app.parsing.meanings import Parsed
    from app.text import Text

CONFIRMED_WITHIN = timedelta(seconds=30)
"""How long the channel has to confirm that an emergency's answer arrived (house)."""
STALE_AFTER = timedelta(hours=24)
"""An answer later than this is of no use any more (house)."""
LONGEST_MESSAGE = 1500
"""Characters; WhatsApp through Twilio takes 1,600."""


SAME_AT_MOST, SAME_WITHIN = 5, timedelta(minutes=5)
"""The same words are said to one person so often in so long: beyond it two machines are talking to
each other (house). Dangers know no such end."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said back to the sender, in their language, in this order.

    Attributes:
        confirm_id: The outbox row that says it again unless the channel confirms that it arrived.
        wakes: Whether the turn left something in the outbox that is due.
    """

    messages: tuple[str, ...] = ()
    is_emergency: bool = False
    confirm_id: UUID | None = None
    wakes: bool = False


def patient_after(person: Person, turn: Turn | Course) -> UUID | None:
    """Give the patient that the person is after the turn; None without consent."""
    if any(isinstance(event, PersonForgotten) for event in turn.events):
        return None
    agreed = (event.patient_id for event in turn.events if isinstance(event, ConsentGiven))
    return person.patient_id or next(agreed, None)


def language_after(person: Person, turn: Turn) -> str:
    """Give the language to answer in: the one chosen in this very turn, else the person's."""
    chosen = [event.language for event in turn.events if isinstance(event, LanguageChosen)]
    return chosen[-1] if chosen else person.language


def kind(turn: Turn, parsed: Parsed) -> str:
    """Name what the message was, for counting."""
    if turn.is_emergency:
        return "emergency"
    return type(parsed.meanings[0]).__name__.lower() if parsed.meanings else "other"


def instructions(event: EmergencyEvent) -> tuple[Text, ...]:
    """Give what was said to do when the event happened."""
    return () if isinstance(event, EmergencyResolved) else event.instructions


def is_of_emergency(event: object) -> bool:
    """Say whether an event belongs to an emergency."""
    return isinstance(event, EmergencyOpened | EmergencyContinued | EmergencyResolved)


def answer_key(sid: str) -> str:
    """Give the outbox key of an emergency's answer, which the channel is to confirm."""
    return f"answer:{sid}"


def own_answer(situation: Situation, turn: Turn, language: str) -> tuple[Outgoing, ...]:
    """Give the sender's own answer as something to be sent, where the webhook's is not enough.

    An emergency's is sent again unless the channel confirms within half a minute that it arrived;
    who was answered before the message was understood gets what it came to.
    """
    if not turn.replies or not (turn.is_emergency or situation.is_late):
        return ()
    sid, late = situation.message.sid, situation.is_late
    return (
        Outgoing(
            key=f"late:{sid}" if late else answer_key(sid),
            user_id=situation.person.user_id,
            patient_id=patient_after(situation.person, turn),
            purpose=Purpose.LATE_ANSWER if late else Purpose.EMERGENCY_ANSWER,
            priority=Priority.EMERGENCY if turn.is_emergency else Priority.TIMELY,
            language=language,
            texts=turn.replies,
            due_at=situation.now if late else situation.now + CONFIRMED_WITHIN,
            not_after=situation.now + STALE_AFTER,
        ),
    )


def set_aside_answer(
    situation: Situation, said: Text, *, is_emergency: bool, is_tried_on: bool
) -> Outgoing:
    """Give what the sender of a message is told that nobody could handle so far, or ever."""
    name = "tried_on" if is_tried_on else "set_aside"
    return Outgoing(
        key=f"{name}:{situation.message.sid}",
        user_id=situation.person.user_id,
        patient_id=situation.person.patient_id,
        purpose=Purpose.EMERGENCY_ANSWER if is_emergency else Purpose.LATE_ANSWER,
        priority=Priority.EMERGENCY if is_emergency else Priority.TIMELY,
        language=situation.person.language,
        texts=(said,),
        due_at=situation.now,
        not_after=situation.now + STALE_AFTER,
    )


def is_said_too_often(said: tuple[str, ...], situation: Situation, turn: Turn) -> bool:
    """Say whether an answer was given so often lately that it is not given again."""
    again = situation.answered_lately.count(said)
    return bool(said) and not turn.is_emergency and again >= SAME_AT_MOST


def merged(said: tuple[str, ...]) -> tuple[str, ...]:
    """Join sentences into as few messages as the channel takes: replies must not overtake."""
    messages: list[str] = []
    for each in said:
        if messages and len(messages[-1]) + 2 + len(each) <= LONGEST_MESSAGE:
            messages[-1] += "\n\n" + each
        else:
            messages.append(each)
    return tuple(messages)
