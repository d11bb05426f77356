"""How the conversation goes on after a message was sorted, judged and logged. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.conversation.asking import question_told
from app.conversation.caregiver_asks import said_to_caregiver
from app.conversation.commands import GREETED, NOT_ASKED, interrupt_of, interrupted, small_talk
from app.conversation.connecting import code_in, connecting
from app.conversation.doubts import doubt_to_ask
from app.conversation.logs import is_told
from app.conversation.misses import missed
from app.conversation.steps import enter, give_way, resumed, run
from app.emergency.event import Level
from app.emergency.triage import BY_SIGNS, LOWS
from app.glucose.reply import as_shown
from app.parsing.meanings import Asked
from app.people.person import Role
from app.text import text

if TYPE_CHECKING:
    from app.conversation.course import Course
    from app.conversation.flow import Flows, Interrupt
    from app.conversation.hearing import Heard
    from app.conversation.log import FollowUp, Log, Stateless
    from app.conversation.reports import Look
    from app.conversation.turn import Situation, SlotValue
    from app.emergency.assess import Assessment
    from app.parsing.meanings import Parsed
    from app.people.person import Person
    from app.text import Text

TOO_LATE = text("That answers an earlier question. If you meant a sugar reading, write: sugar 142.")


ACT_NOW = BY_SIGNS | LOWS | {Level.P4}
"""Rows of the triage table after which nothing else is said, not even how to begin."""


AWAY = frozenset({"stop", "cancel"})
"""Interrupts after which nobody is led to the beginning: that is what they asked not to."""

ASKS = "ask_doctor"
"""The interrupt that puts a question to the doctor."""
LOOKS_BACK = frozenset({"report"})
"""Interrupts that tell of the past."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A message after all was taken from it that can be.

    Attributes:
        told: All it means, with the readings that an answer turned out to be.
        unasked: The flow that the message begins though nobody asked; None for none.
        look: How a message asks to look back; None where it does not.
    """

    heard: Heard
    told: Parsed
    danger: Assessment
    log: Log
    unasked: FollowUp | None = None
    look: Look | None = None

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The commands in it."""
        return tuple(m for m in self.heard.parsed.meanings if isinstance(m, Asked))


def follow(course: Course, judged: Judged, flows: Flows, situation: Situation) -> Course:
    """Go on: an interrupt first, then what was told, then the question that waits."""
    if judged.unasked is not None:
        flow, slots = judged.unasked.flow, dict(judged.unasked.slots)
        return run(enter(give_way(course, flows), flows, flow, slots), flows, situation)
    interrupt = _obeyed(judged, flows, situation)
    if interrupt is not None:
        given: dict[str, SlotValue] = {"period": judged.look} if judged.look else {}
        if interrupt.id == ASKS and not judged.heard.came_too_late:
            given = question_told(situation.message.body, judged.told, flows)
        course = interrupted(course, interrupt, judged.asked, flows, situation, given)
        return course if interrupt.id in AWAY else home(course, flows, situation)
    if judged.danger.is_emergency:
        course = _in_danger(course, judged, flows, situation)
        return course if judged.danger.level in ACT_NOW else home(course, flows, situation)
    has_told = any(is_told(meaning) for meaning in judged.told.meanings)
    if judged.heard.answer is not None and (course.asked or not has_told):
        return course
    return _gone_on(course, judged, flows, situation)


def _obeyed(judged: Judged, flows: Flows, situation: Situation) -> Interrupt | None:
    """Find what interrupts; in danger nobody is told of the past."""
    interrupt = interrupt_of(judged.asked, situation.asker, flows)
    tells_past = interrupt is not None and interrupt.id in LOOKS_BACK
    return None if tells_past and judged.danger.texts else interrupt


def _gone_on(course: Course, judged: Judged, flows: Flows, situation: Situation) -> Course:
    code = code_in(judged.told)
    if code is not None:
        return home(connecting(course, code, flows, situation), flows, situation)
    doubt = doubt_to_ask(judged.told, situation)
    if doubt is not None:
        return run(
            enter(give_way(course, flows), flows, "doubtful_reading", doubt), flows, situation
        )
    if judged.danger.texts or not judged.log.is_empty:
        return _after_log(course, judged.log, flows, situation)
    return home(_unlogged(course, judged, flows, situation), flows, situation)


def _in_danger(course: Course, judged: Judged, flows: Flows, situation: Situation) -> Course:
    """Ask nothing in danger but what the value was; what waits goes on waiting silently."""
    if course.readings:
        return replace(resumed(course.at(None), flows), said=(), asked=False)
    doubt = doubt_to_ask(judged.told, situation)
    if doubt is None:
        return course
    alone = replace(course, place=None, suspended=())
    asked = run(enter(alone, flows, "doubtful_reading", doubt), flows, situation)
    if asked.place is None:
        return course.saying(*asked.said[len(course.said) :])
    return run(enter(give_way(course, flows), flows, "doubtful_reading", doubt), flows, situation)


def _after_log(course: Course, log: Log, flows: Flows, situation: Situation) -> Course:
    course = give_way(course, flows)
    if course.place is None and log.stateless is not None:
        slots = _state_slots(log.stateless, situation)
        return run(enter(course, flows, "reading_state", slots), flows, situation)
    if course.place is None and log.follow_up is not None and not situation.emergency.open:
        asked = enter(course, flows, log.follow_up.flow, dict(log.follow_up.slots))
        return run(asked, flows, situation)
    return home(run(replace(course, again=True), flows, situation), flows, situation)


def _state_slots(reading: Stateless, situation: Situation) -> dict[str, SlotValue]:
    """Give what the question for a reading's state must know."""
    return {
        "reading_id": str(reading.reading_id),
        "recorded_at": reading.recorded_at.isoformat(),
        "mg_dl": str(reading.value_mg_dl),
        "value": as_shown(reading.value_mg_dl, situation.person.unit),
    }


def _unlogged(course: Course, judged: Judged, flows: Flows, situation: Situation) -> Course:
    if judged.heard.came_too_late:
        return run(replace(course.saying(TOO_LATE), again=True), flows, situation)
    if another_said := said_to_caregiver(judged.asked, flows, situation):
        return run(replace(course.saying(another_said), again=True), flows, situation)
    talk = small_talk(judged.asked)
    is_waited_for = course.place is not None or bool(situation.emergency.open)
    if talk is None or (talk is NOT_ASKED and is_waited_for) or _is_stranger(situation.person):
        return missed(course, judged.heard, flows, situation)
    said = (talk,) if situation.person.patient_id and talk not in _only_home(course) else ()
    return run(replace(course.saying(*said), again=True), flows, situation)


def _is_stranger(person: Person) -> bool:
    """Say whether a person is neither a patient nor about to become one."""
    return person.patient_id is None and person.role is not Role.PATIENT


def _only_home(course: Course) -> tuple[Text, ...]:
    """Name what is said only where no question waits."""
    return (GREETED, NOT_ASKED) if course.place is not None else ()


def home(course: Course, flows: Flows, situation: Situation) -> Course:
    """Lead a person who has not agreed yet to the beginning, wherever nothing else waits."""
    person = situation.asker
    if course.place is not None or person.patient_id is not None or _is_stranger(person):
        return course
    return run(enter(course, flows, "onboarding", {}), flows, situation)
