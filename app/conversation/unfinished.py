"""Taking up again what was left before its end, as an onboarding that ran out of time. Pure.

It waits for a good moment: something was just kept, nothing else waits, and it was not left today.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.conversation.answers import has_run_out
from app.conversation.outcome import patient_after
from app.conversation.steps import is_current, run
from app.conversation.turn import Place, Unfinished
from app.glucose.reading import ReadingStateTold
from app.text import text

if TYPE_CHECKING:
    from datetime import date

    from app.conversation.course import Course
    from app.conversation.flow import Flows
    from app.conversation.following import Judged
    from app.conversation.turn import Situation

STILL_OPEN = text("One question from the beginning is still open.")


def left_unfinished(course: Course, situation: Situation, flows: Flows) -> Unfinished | None:
    """Say what is to be taken up after this turn; nothing of a person who has not agreed."""
    node = situation.node
    before = [p for p in (*node.suspended, node.place) if p and _comes_back(p, flows)]
    stands = any(p is not None and _comes_back(p, flows) for p in (course.place, *course.suspended))
    has_ended = any(flow in course.ended for flow in flows.flows if flows.flows[flow].comes_back)
    if stands or has_ended or patient_after(situation.person, course) is None:
        return None
    if not before:
        return node.unfinished
    ran_out = has_run_out(situation) or not is_current(before[-1], flows)
    return Unfinished(before[-1], None if ran_out else _today(situation))


def taken_up(course: Course, judged: Judged, flows: Flows, situation: Situation) -> Course:
    """Put the open question where nothing else waits and something was just kept."""
    unfinished = left_unfinished(course, situation, flows)
    if unfinished is None or not _is_good_moment(course, judged, situation):
        return course
    place = _still_there(unfinished.place, flows)
    if place is None or unfinished.not_on == _today(situation):
        return course
    return run(replace(course.saying(STILL_OPEN), place=place, again=True), flows, situation)


def _is_good_moment(course: Course, judged: Judged, situation: Situation) -> bool:
    is_kept = judged.log.events or any(isinstance(e, ReadingStateTold) for e in course.events)
    is_free = course.place is None and situation.person.stopped_at is None
    return bool(is_kept) and is_free and not judged.danger.texts and not situation.emergency.open


def _comes_back(place: Place, flows: Flows) -> bool:
    names = {place.flow, *(flow for flow, _ in place.callers)}
    return any(name in names for name, flow in flows.flows.items() if flow.comes_back)


def _still_there(place: Place, flows: Flows) -> Place | None:
    """Stand at the same question of the flow as it is now; None where it is gone.

    The question is put anew, so that its answers mean what they mean now.
    """
    if flows.step(place.flow, place.step) is None:
        return None
    return replace(place, version=flows.flows[place.flow].version, invalid_answers=0)


def _today(situation: Situation) -> date:
    return situation.now.astimezone(ZoneInfo(situation.person.zone)).date()
