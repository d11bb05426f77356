"""Running a flow's steps until one of them waits, or nothing is left. Pure."""

from dataclasses import replace

from app.conversation.actions import outcome
from app.conversation.course import MAX_STEPS, MAX_SUSPENDED, Course
from app.conversation.flow import Flows
from app.conversation.offered import offered
from app.conversation.prompts import filled, prompt, prompt_again
from app.conversation.step import Ask, Branch, Call, Choose, Do, End, Question, Say, Step
from app.conversation.turn import Place, Situation, SlotValue


def enter(course: Course, flows: Flows, flow: str, slots: dict[str, SlotValue]) -> Course:
    """Stand at a flow's beginning; what waited is set aside, a flow stands at most once."""
    waiting = (*course.suspended, *([course.place] if course.place else []))
    kept = tuple(place for place in waiting if place.flow != flow)[-MAX_SUSPENDED:]
    entered = flows.flows[flow]
    place = Place(flow, entered.version, entered.first, slots)
    return replace(course, place=place, suspended=kept, again=False)


def run(course: Course, flows: Flows, situation: Situation) -> Course:
    """Run the step stood at and those after it, up to the next question or the end.

    At most `MAX_STEPS` are run a turn; after them the conversation is left, as it would be after
    its end.
    """
    course = replace(course, asked=False)
    while course.place is not None and not course.asked:
        place = course.place
        step = flows.step(place.flow, place.step)
        if step is None or course.steps >= MAX_STEPS:
            return left(course)
        course = replace(course, steps=course.steps + 1)
        course = _stepped(course, place, step, flows, situation)
    return course


def asking(course: Course, place: Place, step: Question) -> Course:
    """Put the question stood at, in its short form where it was put before."""
    step = offered(step, place)
    question = prompt_again(step, place) if course.again else prompt(step, place)
    return replace(course.saying(question), asked=True)


def left(course: Course) -> Course:
    """Leave everything that waits."""
    return replace(course, place=None, suspended=())


def _stepped(
    course: Course, place: Place, step: Step, flows: Flows, situation: Situation
) -> Course:
    target = step.next
    match step:
        case End() if not place.callers:
            course = replace(course, ended=(*course.ended, place.flow))
            course = course.saying(*([filled(step.sentence, place)] if step.sentence else []))
        case Say() | End():
            course = course.saying(*([filled(step.sentence, place)] if step.sentence else []))
        case Do():
            course = _done(course, place, step, situation)
        case Branch():
            target = step.cases.get(str(place.slots.get(step.slot)), target)
        case Call():
            return _called(course, place, step, flows)
        case Ask() | Choose():  # pragma: no branch - mypy holds that no kind is forgotten
            if not _is_known(step, place):
                return asking(course, place, step)
    return onward(course, target, flows)


def _is_known(step: Question, place: Place) -> bool:
    """Say whether a question need not be put, its answer being told before."""
    is_passed = isinstance(step, Ask) and step.if_unknown
    return is_passed and place.slots.get(step.wait.slot) is not None


def _done(course: Course, place: Place, step: Do, situation: Situation) -> Course:
    done = outcome(step, place, situation)
    return replace(
        course.at(replace(place, slots={**place.slots, **done.slots})),
        said=(*course.said, *done.said),
        events=(*course.events, *done.events),
        readings=(*course.readings, *done.readings),
        lacks_past=course.lacks_past or done.lacks_past,
        lacks_pools=course.lacks_pools or done.lacks_pools,
    )


def _called(course: Course, place: Place, step: Call, flows: Flows) -> Course:
    callee = flows.flows[step.flow]
    callers = (*place.callers, (place.flow, step.next or ""))
    return course.at(
        replace(place, flow=callee.name, version=callee.version, step=callee.first, callers=callers)
    )


def onward(course: Course, step_id: str | None, flows: Flows) -> Course:
    """Go to a step of the same flow; None ends it, and who called it goes on."""
    place = course.place
    if place is None:
        return course
    if step_id:
        return replace(course, place=replace(place, step=step_id, invalid_answers=0), again=False)
    if place.callers:
        return _returned(course, place, flows)
    return resumed(course.at(None), flows)


def _returned(course: Course, place: Place, flows: Flows) -> Course:
    flow, step_id = place.callers[-1]
    version = flows.flows[flow].version if flow in flows.flows else 0
    back = replace(place, flow=flow, version=version, callers=place.callers[:-1])
    return onward(course.at(back), step_id or None, flows)


def resumed(course: Course, flows: Flows) -> Course:
    """Go back to the flow set aside last, if there is one; its question is asked again."""
    for depth in range(len(course.suspended), 0, -1):
        place = course.suspended[depth - 1]
        if is_current(place, flows):
            return replace(course, place=place, suspended=course.suspended[: depth - 1], again=True)
    return replace(course, place=None, suspended=())


def is_current(place: Place, flows: Flows) -> bool:
    """Say whether a place still means what it meant when it was taken."""
    flow = flows.flows.get(place.flow)
    return flow is not None and flow.version == place.version and place.step in flow.steps


def give_way(course: Course, flows: Flows) -> Course:
    """Drop the question stood at if it gives way to anything else."""
    place = course.place
    step = flows.step(place.flow, place.step) if place else None
    if isinstance(step, Ask | Choose) and step.wait.gives_way:
        return resumed(course.at(None), flows)
    return course
