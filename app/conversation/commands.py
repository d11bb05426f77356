"""Commands: the interrupts of `_global.toml`, and what is answered wherever it is said. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.conversation.back import step_back
from app.conversation.course import Course
from app.conversation.honest import WISHES
from app.conversation.steps import enter, resumed, run
from app.parsing.meanings import Asked, Command
from app.people.person import LanguageChosen, MessagesStarted, MessagesStopped, Person, Role
from app.text import Text, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.conversation.flow import Flows, Interrupt
    from app.conversation.turn import Event, Situation, SlotValue

FOR_PATIENTS = frozenset(
    {"menu", "medicines", "report", "caregiver", "export", "delete", "ask_doctor"}
)
"""Interrupts that mean something only to a person whose readings are kept."""
AFTER_AGREEING = frozenset({"settings"})
"""Interrupts that mean nothing to a person who has still to agree."""

EVENTS: Mapping[str, tuple[Event, ...]] = {
    "stop": (MessagesStopped(),),
    "start": (MessagesStarted(),),
}
GREETED = text("Hello! Send me your sugar reading, for example: fasting 126.")
NOT_ASKED = text("I am not asking anything just now. For help, write HELP.")
SMALL_TALK: Mapping[Command, Text] = {
    Command.GREETING: GREETED,
    Command.THANKS: text("You are welcome."),
    Command.YES: NOT_ASKED,
    Command.NO: NOT_ASKED,
}
IN_YOUR_LANGUAGE = text("From now on I write to you in this language.")
NOT_THAT_LANGUAGE = text("I cannot write that language yet.")


def interrupt_of(asked: Sequence[Asked], person: Person, flows: Flows) -> Interrupt | None:
    """Find the first interrupt, in their order, that a message calls for."""
    commands = {one.command for one in asked}
    for interrupt in flows.interrupts:
        if _is_for(interrupt, person) and not commands.isdisjoint(interrupt.commands):
            return interrupt
    return None


def _is_for(interrupt: Interrupt, person: Person) -> bool:
    if person.patient_id is not None:
        return True
    has_to_agree = person.role is Role.PATIENT
    return interrupt.id not in FOR_PATIENTS and not (
        has_to_agree and interrupt.id in AFTER_AGREEING
    )


def interrupted(
    course: Course,
    interrupt: Interrupt,
    asked: Sequence[Asked],
    flows: Flows,
    situation: Situation,
    slots: dict[str, SlotValue],
) -> Course:
    """Carry an interrupt out; the question that waited is repeated where it still stands.

    A flow that it enters is given `slots`.
    """
    course = course.saying(*([Text(interrupt.say)] if interrupt.say else []))
    match interrupt.id:
        case "cancel":
            return run(resumed(course.at(None), flows), flows, situation)
        case "back":
            return run(step_back(course, flows), flows, situation)
        case "language":
            return _language(course, asked, flows, situation)
        case _:
            return _plain(course, interrupt, flows, situation, slots)


def _plain(
    course: Course,
    interrupt: Interrupt,
    flows: Flows,
    situation: Situation,
    slots: dict[str, SlotValue],
) -> Course:
    course = replace(course, events=(*course.events, *EVENTS.get(interrupt.id, ())))
    if interrupt.enter is not None:
        course = enter(course, flows, interrupt.enter, slots)
        return run(course, flows, situation)
    return run(replace(course, again=True), flows, situation)


def _language(course: Course, asked: Sequence[Asked], flows: Flows, situation: Situation) -> Course:
    to = next((one.to for one in asked if one.to is not None), None)
    if to is not None and to in flows.languages:
        chosen = replace(course, events=(*course.events, LanguageChosen(to)), again=True)
        return run(chosen.saying(IN_YOUR_LANGUAGE), flows, situation)
    course = course.saying(*([NOT_THAT_LANGUAGE] if to else []))
    return run(enter(course, flows, "language", {}), flows, situation)


def small_talk(asked: Sequence[Asked]) -> Text | None:
    """Answer the first command that interrupts nothing; None where there is none."""
    for one in asked:
        if one.command is not Command.UNDO:
            return SMALL_TALK.get(one.command, WISHES)
    return None
