"""Going back to the question before. Pure."""

from dataclasses import replace
from itertools import takewhile

from app.conversation.course import Course
from app.conversation.flow import Flows
from app.conversation.step import Ask, Choose, Question
from app.conversation.turn import Place
from app.text import text

FIRST_QUESTION = text("There is no question before this one.")


def step_back(course: Course, flows: Flows) -> Course:
    """Stand at the question answered last in this flow, its answer forgotten."""
    place = course.place
    if place is None:
        return course.saying(FIRST_QUESTION)
    before = _before(place, flows)
    if before is None:
        return replace(course.saying(FIRST_QUESTION), again=True)
    slots = {k: v for k, v in place.slots.items() if k != before.wait.slot}
    there = replace(place, step=before.id, slots=slots, invalid_answers=0)
    return replace(course, place=there, again=False)


def _before(place: Place, flows: Flows) -> Question | None:
    """Find the last question of the file before this one that was answered and is not final."""
    found: Question | None = None
    steps = flows.flows[place.flow].steps.values()
    for step in takewhile(lambda step: step.id != place.step, steps):
        if isinstance(step, Ask | Choose) and step.wait.slot in place.slots:
            found = None if step.wait.is_final else step
    return found
