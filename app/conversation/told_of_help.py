"""What a message says of help while someone is in danger. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.conversation.log import FollowUp
from app.conversation.steps import resumed
from app.emergency.event import EmergencyResolved
from app.emergency.help_there import awaiting_help
from app.parsing.help_came import help_came
from app.parsing.meanings import Alarm, Asked, Command, HelpWord, Plea

if TYPE_CHECKING:
    from app.conversation.course import Course
    from app.conversation.flow import Flows
    from app.conversation.hearing import Heard
    from app.conversation.turn import Situation
    from app.emergency.assess import Assessment
    from app.parsing.lexicon import Lexicon
    from app.parsing.meanings import Parsed

FLOW = "help_came"
SMALL = frozenset({Command.YES, Command.NO, Command.THANKS, Command.GREETING, Command.HELP})
"""Commands beside which words of help are heard though they leave a doubt; others are obeyed."""


def told_of_help(situation: Situation, heard: Heard, lexicon: Lexicon) -> HelpWord | None:
    """Read what a message says of help, where an open event waits for it.

    Words that leave no doubt count beside the answer to any question. A named relative may not be
    the one in danger: it is asked. A message that came late ends what had opened before it was
    written, and asks nothing.
    """
    waiting = awaiting_help(situation.emergency.open)
    if not waiting:
        return None
    found = help_came(lexicon, situation.message.body)
    word = found.word if found else None
    if situation.is_late:
        is_after = all(event.opened_at <= situation.message.received_at for event in waiting)
        return word if word is HelpWord.THERE and is_after and not heard.parsed.subject else None
    if word is HelpWord.THERE:
        return HelpWord.UNSURE if heard.parsed.subject else word
    if heard.answer is not None:
        return None
    return _answered(heard.parsed) or (word if _is_small(heard.parsed) else None)


def without_plea(situation: Situation, parsed: Parsed, lexicon: Lexicon) -> Parsed:
    """Take no word for an ambulance that has come as a cry for one."""
    if not awaiting_help(situation.emergency.open):
        return parsed
    found = help_came(lexicon, situation.message.body)
    there = found.spans if found else ()
    kept = (one for one in parsed.meanings if not (isinstance(one, Plea) and _lies_in(one, there)))
    return replace(parsed, meanings=tuple(kept))


def _lies_in(plea: Plea, there: tuple[tuple[int, int], ...]) -> bool:
    begin, end = plea.spans[0]
    return plea.alarm is Alarm.HELP and any(a <= begin and end <= b for a, b in there)


def _answered(parsed: Parsed) -> HelpWord | None:
    """Take a bare "yes" or "no" as said to "is help with you now?"; "yes" leaves a doubt."""
    said = [one.command for one in parsed.meanings if isinstance(one, Asked)]
    if len(parsed.meanings) != 1 or len(said) != 1:
        return None
    return {Command.YES: HelpWord.UNSURE, Command.NO: HelpWord.NONE}.get(said[0])


def _is_small(parsed: Parsed) -> bool:
    return all(isinstance(one, Asked) and one.command in SMALL for one in parsed.meanings)


def doctor_asked_after() -> FollowUp:
    """Ask whether a doctor or an ambulance crew has seen the patient."""
    return FollowUp(FLOW, {})


def without_question(course: Course, danger: Assessment, flows: Flows) -> Course:
    """Stop asking whether a doctor has seen the patient once that is told."""
    is_told = any(isinstance(one, EmergencyResolved) and one.by_word for one in danger.events)
    is_asked = course.place is not None and course.place.flow == FLOW
    return resumed(course.at(None), flows) if is_told and is_asked else course
