"""What is wrong with how a flow's steps hang together. Pure."""

from collections.abc import Iterator, Mapping

from app.conversation.contents import slots_set, slots_used
from app.conversation.flow import Flow, Flows
from app.conversation.step import Ask, Branch, Call, Choose, Step

Fault = tuple[int, str]
"""A line of the flow's file, and what is wrong there."""


def faults_of(flow: Flow, flows: Flows) -> Iterator[Fault]:
    """List what makes a flow unfit; the graph is looked at only where all targets exist."""
    missing = [*_missing_targets(flow), *_missing_flows(flow, flows)]
    yield from missing
    if not missing:
        yield from _unreachable(flow)
        yield from _loops(flow)
        yield from _unset_slots(flow, flows)


def ways_on(step: Step) -> dict[str, str]:
    """Name the steps that may follow one, each with how it is written."""
    ways = {step.next: "next"} if step.next else {}
    match step:
        case Branch(cases=cases):
            ways |= dict.fromkeys(cases.values(), "cases")
        case Choose(options=options):
            ways |= {row.next: "options" for row in options if row.next}
        case _:
            pass
    return ways


def _missing_targets(flow: Flow) -> Iterator[Fault]:
    for step in flow.steps.values():
        for target in ways_on(step):
            if target not in flow.steps:
                yield step.line, f"`{step.id}` leads to `{target}`, which is no step"


def _missing_flows(flow: Flow, flows: Flows) -> Iterator[Fault]:
    for step in flow.steps.values():
        if isinstance(step, Call) and step.flow not in flows.flows:
            yield step.line, f"`{step.id}` calls `{step.flow}`, which is no flow"
        elif isinstance(step, Call) and flow.name in _called_from(step.flow, flows, frozenset()):
            yield step.line, f"`{step.id}` calls `{step.flow}`, which comes back to `{flow.name}`"


def _called_from(name: str, flows: Flows, seen: frozenset[str]) -> frozenset[str]:
    if name in seen or name not in flows.flows:
        return seen
    seen |= {name}
    for step in flows.flows[name].steps.values():
        if isinstance(step, Call):
            seen = _called_from(step.flow, flows, seen)
    return seen


def _unreachable(flow: Flow) -> Iterator[Fault]:
    reached: set[str] = set()
    ahead = [flow.first]
    while ahead:
        step_id = ahead.pop()
        if step_id not in reached:
            reached.add(step_id)
            ahead += ways_on(flow.steps[step_id])
    for step in flow.steps.values():
        if step.id not in reached:
            yield step.line, f"nothing leads to `{step.id}`"


def _loops(flow: Flow) -> Iterator[Fault]:
    """Find the steps that come back to themselves without a question on the way."""
    for step in flow.steps.values():
        if not isinstance(step, Ask | Choose) and step.id in _without_wait(flow, step):
            yield step.line, f"`{step.id}` comes back to itself without waiting"


def _without_wait(flow: Flow, step: Step) -> set[str]:
    reached: set[str] = set()
    ahead = list(ways_on(step))
    while ahead:
        step_id = ahead.pop()
        if step_id not in reached and not isinstance(flow.steps[step_id], Ask | Choose):
            reached.add(step_id)
            ahead += ways_on(flow.steps[step_id])
    return reached


def _unset_slots(flow: Flow, flows: Flows) -> Iterator[Fault]:
    certain = _certain_slots(flow)
    for step in flow.steps.values():
        needed = slots_used(step) | _needed_by_call(step, flows)
        for slot in sorted(needed - certain[step.id]):
            yield step.line, f"`{step.id}` uses `{slot}` before it is set"


def _needed_by_call(step: Step, flows: Flows) -> frozenset[str]:
    return frozenset(flows.flows[step.flow].given) if isinstance(step, Call) else frozenset()


def _certain_slots(flow: Flow) -> Mapping[str, frozenset[str]]:
    """Find, for each step, the slots set on every way to it: narrowed until nothing changes."""
    given = frozenset(flow.given)
    every = given.union(*(slots_set(step) for step in flow.steps.values()))
    certain = {**dict.fromkeys(flow.steps, every), flow.first: given}
    ahead = list(flow.steps)
    while ahead:
        step = flow.steps[ahead.pop(0)]
        for target in ways_on(step):
            narrowed = certain[target] & (certain[step.id] | slots_set(step))
            if narrowed != certain[target]:
                certain[target] = narrowed
                ahead.append(target)
    return certain
