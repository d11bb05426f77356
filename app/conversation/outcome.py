"""What follows from a turn for those who record and say it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.emergency.event import EmergencyEvent, EmergencyResolved
from app.people.person import ConsentGiven, LanguageChosen, Person

if TYPE_CHECKING:
    from uuid import UUID

    from app.conversation.turn import Turn
    from app.parsing.meanings import Parsed
    from app.text import Text

LONGEST_MESSAGE = 1500
"""Characters; WhatsApp through Twilio takes 1,600."""


def patient_after(person: Person, turn: Turn) -> UUID | None:
    """Give the patient that the person is after the turn; None without consent."""
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


def merged(said: tuple[str, ...]) -> tuple[str, ...]:
    """Join sentences into as few messages as the channel takes: replies must not overtake."""
    messages: list[str] = []
    for each in said:
        if messages and len(messages[-1]) + 2 + len(each) <= LONGEST_MESSAGE:
            messages[-1] += "\n\n" + each
        else:
            messages.append(each)
    return tuple(messages)
