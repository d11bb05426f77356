"""Messages that waited so long that the conversation has moved on. Pure."""

from app.conversation.commands import EVENTS
from app.conversation.course import Course
from app.conversation.flow import Flows
from app.conversation.log import Log
from app.conversation.told import time_in_words
from app.conversation.turn import Situation
from app.emergency.assess import Assessment
from app.parsing.meanings import Asked, Parsed
from app.text import Text, text


def late_lines(situation: Situation, log: Log, danger: Assessment) -> tuple[Text, ...]:
    """Say that a message came late, and whether what it told was kept at its own time."""
    time = time_in_words(situation, situation.message.received_at)
    if log.events:
        return (
            text(
                "Your message of {time} reached me late. I have kept it with its time.", time=time
            ),
        )
    if danger.texts or not log.is_empty:
        return ()
    return (
        text(
            "Your message of {time} reached me late. If it still matters, please send it again.",
            time=time,
        ),
    )


def given_up(situation: Situation) -> Text:
    """Say of a message that was tried too often that nothing of it was kept."""
    return text(
        "Sorry, I could not keep your message of {time}. Please write it again in other words. In"
        " danger, call 112.",
        time=time_in_words(situation, situation.message.received_at),
    )


def still_tried(situation: Situation) -> Text:
    """Say of an emergency's message that it is not recorded yet, and is tried for hours more."""
    return text(
        "I could not record your message of {time} yet, and keep trying. If you or the person you"
        " wrote about is not well, call 112 or 108 (ambulance) now.",
        time=time_in_words(situation, situation.message.received_at),
    )


def obeyed_late(course: Course, parsed: Parsed, flows: Flows) -> Course:
    """Obey what is obeyed always, late as well: the wish to get no messages, or to get them."""
    commands = {m.command for m in parsed.meanings if isinstance(m, Asked)}
    for row in flows.interrupts:
        if row.always and not commands.isdisjoint(row.commands):
            said = course.saying(Text(row.say))
            return Course(said.place, said.suspended, said.said, EVENTS.get(row.id, ()))
    return course
