"""Messages that nothing could be taken from. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.conversation.answers import in_one_line
from app.conversation.for_another import nobodys
from app.conversation.logs import FOR_OTHERS
from app.conversation.step import SlotType, asks_for
from app.conversation.steps import enter, run
from app.emergency.constants import EPISODE_ENDS_AFTER as DANGER_LASTS
from app.emergency.event import EmergencyType
from app.emergency.follow_up_texts import IS_HELP_THERE
from app.emergency.triage import BY_SIGNS
from app.parsing.meanings import Command
from app.people.person import Role
from app.text import Text, text

if TYPE_CHECKING:
    from app.conversation.course import Course
    from app.conversation.flow import Flows
    from app.conversation.hearing import Heard
    from app.conversation.turn import Place, Situation

HELP_AFTER = 3
"""The third answer in a row that a question cannot use brings help instead (house)."""

MEDIA = text(
    "I have your photo or voice note, but I cannot read it yet. Please type the number, for "
    "example: fasting 126, or what you ate, for example: 2 roti and dal."
)
ONLY_WORDS = text("I cannot read photos or listen to voice notes yet: I read only your words.")
IN_WORDS = text(
    "I did not understand that. Write your sugar number, or how you feel, for example: vomiting. "
    "If it gets worse, call 112."
)
GO_NOW = text(
    "If you have one of these signs, call 112 or 108 (ambulance) now, or have someone take you to "
    "a hospital. Do not drive yourself."
)
NO_SIGNS = text("All right. If one of these signs comes, write here at once or call 112.")
ASK_A_DOCTOR = text("I cannot answer questions yet. Please ask your doctor.")
HOW_TO_ANSWER = text("Answer with the number of the line you choose, for example: 1.")


def missed(course: Course, heard: Heard, flows: Flows, situation: Situation) -> Course:
    """Answer a message that nothing could be taken from."""
    if is_media_alone(situation):
        media = heard.question.wait.media if heard.question else ""
        said = Text(media) if media else MEDIA
        return run(replace(course.saying(said), again=True), flows, situation)
    if in_danger := _in_danger(heard, situation):
        return course.saying(*in_danger)
    question, place = heard.question, course.place
    if question and place and not asks_for(question, SlotType.NOTHING):
        misses = replace(place, invalid_answers=place.invalid_answers + 1)
        return _invalid(course.at(misses), misses, question.wait.invalid, flows, situation)
    if situation.person.patient_id is None:
        return course.saying(*_of_nobody(situation))
    return _unclear(course, heard, flows, situation)


def _of_nobody(situation: Situation) -> tuple[Text, ...]:
    if situation.person.cares_for:
        return nobodys(situation).noted
    return () if situation.person.role is Role.PATIENT else (FOR_OTHERS,)


def is_media_alone(situation: Situation) -> bool:
    """Say whether a message is a picture or a voice note without words."""
    message = situation.message
    return message.media_count > 0 and not message.body.strip()


def _unclear(course: Course, heard: Heard, flows: Flows, situation: Situation) -> Course:
    """Say it briefly the first time, and give help the second time."""
    nowhere = course.at(None)
    if heard.parsed.question and situation.doctors:
        asked = in_one_line(situation.message.body)
        return run(enter(nowhere, flows, "ask_doctor", {"question": asked}), flows, situation)
    if heard.parsed.question:
        return nowhere.saying(ASK_A_DOCTOR)
    flow = "unclear" if heard.question is None else "help"
    return run(enter(nowhere, flows, flow, {}), flows, situation)


def _in_danger(heard: Heard, situation: Situation) -> list[Text]:
    """Answer what was not understood while danger is open; what waits goes on waiting silently.

    A "yes" or a "no" may be to the question for danger signs, and is answered as that.
    """
    fresh = [e for e in situation.emergency.open if situation.now - e.opened_at < DANGER_LASTS]
    if not fresh:
        return []
    is_high = any(event.type is EmergencyType.HYPERGLYCEMIA for event in fresh)
    if is_high and Command.NO in heard.commands:
        return [NO_SIGNS]
    if is_high and Command.YES in heard.commands:
        return [GO_NOW]
    return [IS_HELP_THERE if any(event.level in BY_SIGNS for event in fresh) else IN_WORDS]


def _invalid(
    course: Course, place: Place, invalid: str, flows: Flows, situation: Situation
) -> Course:
    if place.invalid_answers >= HELP_AFTER:
        return _helped(course, flows, situation)
    return run(replace(course.saying(Text(invalid)), again=True), flows, situation)


def _helped(course: Course, flows: Flows, situation: Situation) -> Course:
    """Give help and leave the question; who has not agreed yet keeps it, there is no way round."""
    if situation.person.patient_id is None:
        return run(replace(course.saying(HOW_TO_ANSWER), again=True), flows, situation)
    helped = enter(course.at(None), flows, "help", {})
    return run(helped, flows, situation)
