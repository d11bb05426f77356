"""One turn of a conversation: triage first, then interrupts, then the flow. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.conversation.around_meals import joined_anew
from app.conversation.care_told import care_told
from app.conversation.checks_told import checks_told
from app.conversation.course import Course
from app.conversation.danger import danger_in, kept_events, signs_confirmed
from app.conversation.desk import desk_turn
from app.conversation.following import Judged, follow, home
from app.conversation.for_another import answered_for, marked, permitted, said_of
from app.conversation.for_whom.whom import FLOW as WHOM
from app.conversation.hearing import Heard, hear
from app.conversation.inviting import code_told
from app.conversation.late import late_lines, obeyed_late
from app.conversation.log import FollowUp, Log, joined
from app.conversation.logs import log_of
from app.conversation.meant import with_wrong_named
from app.conversation.medicines import told_unasked
from app.conversation.misses import ONLY_WORDS, is_media_alone
from app.conversation.outcome import is_of_emergency
from app.conversation.reminded import with_reminder
from app.conversation.reports import look_asked
from app.conversation.step import Ask, Choose
from app.conversation.steps import onward, resumed, run
from app.conversation.told_of_help import (
    doctor_asked_after,
    told_of_help,
    without_plea,
    without_question,
)
from app.conversation.turn import Node, Situation, Turn
from app.conversation.unfinished import left_unfinished, taken_up
from app.glucose.reading import ReadingTakenBack
from app.meals.meal import MealTakenBack
from app.text import stacked

if TYPE_CHECKING:
    from app.conversation.flow import Flows
    from app.parsing.lexicon import Lexicon
    from app.parsing.meanings import Parsed
    from app.text import Text


def take_turn(situation: Situation, parsed: Parsed, lexicon: Lexicon, flows: Flows) -> Turn:
    """Answer one message; the same situation and message always come to the same turn.

    The replies stand in the order they are to be said: what to do in danger, what was kept and
    what to do about it, the conversation. They are to be rendered in the language of the last
    `LanguageChosen` among the events, where there is one.
    """
    at_desk = desk_turn(situation, parsed, flows)
    return at_desk or _own_turn(situation, parsed, lexicon, flows)


def _own_turn(situation: Situation, parsed: Parsed, lexicon: Lexicon, flows: Flows) -> Turn:
    situation, parsed, care = _heard_as_own(situation, parsed, lexicon, flows)
    heard = hear(situation, parsed, lexicon, flows)
    course = _answered(_begun(situation, heard), heard, flows, situation)
    confirmed = signs_confirmed(situation, heard.parsed)
    told = replace(heard.parsed, meanings=(*heard.parsed.meanings, *course.readings, *confirmed))
    told = without_plea(situation, with_wrong_named(situation, told), lexicon)
    danger = danger_in(situation, told, told_of_help(situation, heard, lexicon))
    log = log_of(situation, told)
    unasked = _unasked(situation, heard, told, lexicon)
    if danger.asks_for_doctor and situation.asks_whom is None:
        unasked = doctor_asked_after()
    if tried := code_told(situation):
        log, unasked = tried, tried.follow_up
    if isinstance(care, Log):
        log = joined([log, care])
    elif care is not None:
        unasked = care
    log = said_of(log, danger, situation)
    look = look_asked(situation, told, lexicon)
    judged = Judged(heard, told, danger, log, unasked, look)
    course = without_question(_without_taken_back(course, log, flows), danger, flows)
    course = _followed(course, judged, flows, situation)
    return _turn(course, judged, situation, flows)


def _heard_as_own(
    situation: Situation, parsed: Parsed, lexicon: Lexicon, flows: Flows
) -> tuple[Situation, Parsed, FollowUp | Log | None]:
    """Read what only a patient tells of themselves: of medicines as a whole, and to reminders."""
    if situation.for_another is not None:
        return situation, parsed, None
    care = care_told(situation, parsed, lexicon, flows)
    care = care or checks_told(situation, parsed, lexicon, flows)
    if care is not None:
        return situation, replace(parsed, meanings=(), question=False), care
    return *with_reminder(situation, parsed, lexicon, flows), None


def _unasked(situation: Situation, heard: Heard, told: Parsed, lexicon: Lexicon) -> FollowUp | None:
    """Find the flow that a message begins by itself."""
    if situation.asks_whom is not None:
        return FollowUp(WHOM, situation.asks_whom)
    if heard.answer or situation.for_another is not None:
        return None
    return told_unasked(situation, told, lexicon)


def _begun(situation: Situation, heard: Heard) -> Course:
    """Stand where the person stood, unless that question is closed."""
    if heard.question is None:
        return Course()
    return Course(situation.node.place, situation.node.suspended)


def _answered(course: Course, heard: Heard, flows: Flows, situation: Situation) -> Course:
    place, question, answer = course.place, heard.question, heard.answer
    if place is None or question is None or answer is None:
        return course
    slots = {**place.slots, **answer.beside, question.wait.slot: answer.value}
    rows = question.options if isinstance(question, Choose) else ()
    leads = next((row.next for row in rows if row.id == answer.value and row.next), question.next)
    there = course.at(replace(place, slots=slots))
    return run(onward(there, leads, flows), flows, situation)


def _without_taken_back(course: Course, log: Log, flows: Flows) -> Course:
    """Stop asking about a reading or a meal that was taken back."""
    gone = {str(e.reading_id) for e in log.events if isinstance(e, ReadingTakenBack)}
    gone |= {str(e.meal_id) for e in log.events if isinstance(e, MealTakenBack)}
    place = course.place
    if place is not None and not gone.isdisjoint(map(place.slots.get, ("reading_id", "meal_id"))):
        return resumed(course.at(None), flows)
    return course


def _followed(course: Course, judged: Judged, flows: Flows, situation: Situation) -> Course:
    if is_media_alone(situation) or not situation.message.media_count:
        said = course
    else:
        said = course.saying(ONLY_WORDS)
    if not situation.is_late:
        return taken_up(follow(said, judged, flows, situation), judged, flows, situation)
    late = obeyed_late(said, judged.told, flows)
    lines = late_lines(situation, judged.log, judged.danger)
    return home(late.saying(*lines), flows, situation)


def _turn(course: Course, judged: Judged, situation: Situation, flows: Flows) -> Turn:
    danger, log = judged.danger, judged.log
    events = (*kept_events(situation, judged.told, danger), *log.events, *course.events)
    events = permitted(events, situation)
    advice = () if danger.texts else log.advice
    course = course if log.noted else answered_for(course, situation)
    return Turn(
        node=_node(course, situation, flows),
        replies=(*danger.texts, *_paragraph(log.noted), *_paragraph(advice), *course.said),
        events=(*events, *joined_anew(situation, events)),
        is_emergency=danger.is_emergency or any(map(is_of_emergency, course.events)),
        lacks_past=course.lacks_past,
        lacks_pools=course.lacks_pools,
    )


def _paragraph(lines: tuple[Text, ...]) -> tuple[Text, ...]:
    return (stacked(*lines),) if lines else ()


def _node(course: Course, situation: Situation, flows: Flows) -> Node:
    place, unfinished = course.place, left_unfinished(course, situation, flows)
    if place is None:
        return Node(unfinished=unfinished)
    if not course.asked:
        stands = replace(situation.node, place=place, suspended=course.suspended)
        return replace(stands, unfinished=unfinished)
    step = flows.step(place.flow, place.step)
    until = situation.now + step.wait.silence if isinstance(step, Ask | Choose) else None
    token = situation.new_id("wait").hex
    return Node(marked(place, course, situation), course.suspended, token, until, unfinished)
