"""When a reading was taken: fasting, before or after which meal. Pure."""

from datetime import datetime
from typing import NamedTuple

from app.parsing.meanings import GlucoseState
from app.parsing.scene import FILLER, Scene

_MEALS = {"words.breakfast": "BREAKFAST", "words.lunch": "LUNCH", "words.dinner": "DINNER"}
_IS_MEAL = frozenset(_MEALS)
_FOOD = frozenset({"words.food", "words.eat"})
_PART_MEALS = {
    "times.morning": "BREAKFAST",
    "times.noon": "LUNCH",
    "times.evening": "DINNER",
    "times.night": "DINNER",
}
_NAMED = {
    ("before", "BREAKFAST"): GlucoseState.MORNING_FASTING,
    ("before", "LUNCH"): GlucoseState.BEFORE_LUNCH,
    ("before", "DINNER"): GlucoseState.BEFORE_DINNER,
    ("after", "BREAKFAST"): GlucoseState.AFTER_BREAKFAST,
    ("after", "LUNCH"): GlucoseState.AFTER_LUNCH,
    ("after", "DINNER"): GlucoseState.AFTER_DINNER,
}
_RELATIONS = {
    "words.after_last": ("after", -1),
    "words.after_next": ("after", 1),
    "words.before_last": ("before", -1),
    "words.before_next": ("before", 1),
}
_DIRECT = {
    "words.fasting": GlucoseState.MORNING_FASTING,
    "words.bedtime": GlucoseState.BEDTIME,
    "words.random": GlucoseState.RANDOM,
}
_GENERIC = {"words.post_meal": "after", "words.pre_meal": "before"}
_BETWEEN = frozenset(
    {FILLER, "times.hour", "times.later_hour", "times.minute", "times.now", *_FOOD}
)
_ATE = frozenset({"meals.ate", "meals.had"})
_FAR = 5
_LEAST = 20
_HOURS = frozenset({"times.hour", "times.minute", "times.later_hour"})
_SAID = frozenset({*_DIRECT, *_GENERIC, *_RELATIONS, *_HOURS})
_OTHER_HOURS = frozenset({"words.before_last", "words.after_last", "times.ago"})
_NO_REPORT = ("meals.talk", "doses.future", "asks.hypothetical")
MOST_STATES = 40
"""Bounds the work on a message that is no message."""


class State(NamedTuple):
    """A state said in the message.

    Attributes:
        first: Index of the first piece that says it.
        last: Index of the last.
        state: The state, or None where the time of the reading decides the meal.
        relation: `before` or `after`, where that was said.
    """

    first: int
    last: int
    state: GlucoseState | None
    relation: str = ""


def states(scene: Scene) -> list[State]:
    """List the states said in a message, in its order."""
    found: list[State] = []
    if _SAID.isdisjoint(scene.concepts):
        return found
    for index, piece in enumerate(scene.pieces):
        if not _SAID.isdisjoint(piece.concepts) and len(found) < MOST_STATES:
            state = (
                _direct(scene, index)
                or _related(scene, index)
                or _of_the_same(scene, index, found)
                or _hours_since(scene, index)
            )
            if state and not _overlaps(found, state):
                found.append(state)
    return sorted(_without_repeats(scene, found))


def _of_the_same(scene: Scene, index: int, found: list[State]) -> State | None:
    """Read "before lunch 110, after 170": the second reading is of the same meal."""
    concepts = scene.pieces[index].concepts
    said = next((r for name, (r, _) in _RELATIONS.items() if name in concepts), "")
    first = found[-1] if found else None
    if first is None or not first.relation or not said or said == first.relation:
        return None
    told = any(_may_be_told(scene, at) for at in range(first.last + 1, index))
    if not told or not _may_be_told(scene, scene.beside(index, 1)):
        return None
    meal = next((m for (_, m), state in _NAMED.items() if state is first.state), "")
    return State(index, index, _NAMED[said, meal] if meal else None, said)


def _may_be_told(scene: Scene, index: int) -> bool:
    return scene.is_number(index) and max(scene.pieces[index].values) > _LEAST


def _overlaps(found: list[State], state: State) -> bool:
    return any(one.first <= state.last and state.first <= one.last for one in found)


def _without_repeats(scene: Scene, found: list[State]) -> list[State]:
    """Drop "PP" beside "after dinner": one reading said twice."""
    named = [one for one in found if one.state is not None]
    return [
        one
        for one in found
        if one.state is not None or not any(_same(scene, one, other) for other in named)
    ]


def _same(scene: Scene, vague: State, named: State) -> bool:
    between = range(min(vague.last, named.last) + 1, max(vague.first, named.first))
    value = str(named.state or "")
    return value.startswith(vague.relation.upper()) and not any(
        scene.pieces[n].kind in {"number", "ratio"} and max(scene.pieces[n].values) > 20  # noqa: PLR2004 - hours are no reading
        for n in between
    )


def _direct(scene: Scene, index: int) -> State | None:
    concepts = scene.pieces[index].concepts
    for name, state in _DIRECT.items():
        if name in concepts:
            return State(index, index, state)
    for name, relation in _GENERIC.items():
        if name in concepts:
            meal = _meal_in_reach(scene, index)
            if meal:
                return State(min(index, meal[0]), max(index, meal[0]), _NAMED[relation, meal[1]])
            part = _part_beside(scene, index) if "words.eat" in concepts else ""
            if part:
                return State(index, index, _NAMED[relation, part])
            return State(index, index, None, relation)
    return None


def _meal_in_reach(scene: Scene, index: int) -> tuple[int, str] | None:
    for step in (1, -1):
        for at in scene.walk(index, step):
            if abs(at - index) > 3 or scene.pieces[at].kind in {"number", "ratio"}:  # noqa: PLR2004 - a meal near by
                break
            meal = _meal(scene, at)
            if meal:
                return at, meal
    return None


def _related(scene: Scene, index: int) -> State | None:
    concepts = scene.pieces[index].concepts
    for name, (relation, step) in _RELATIONS.items():
        if name in concepts:
            return _meal_of(scene, index, step, relation) or _meal_of(scene, index, -step, relation)
    return None


def _hours_since(scene: Scene, index: int) -> State | None:
    """Take hours told right behind what was eaten for those since: "having eaten 2 hours 180"."""
    counts = _HOURS.isdisjoint(scene.pieces[index].concepts) or not scene.is_number(index - 1)
    if counts or not scene.has(index - 2, "words.eat"):
        return None
    if any(scene.may_be(index + n, _OTHER_HOURS) for n in (1, 2)):
        return None
    told = scene.clause_of[index - 2] == scene.clause_of[index]
    if not told or scene.in_clause(index, *_NO_REPORT):
        return None
    return _meal_of(scene, index, -1, "after")


def _meal_of(scene: Scene, index: int, step: int, relation: str) -> State | None:
    """Find the meal that "before" or "after" speaks of, past fillers and a duration."""
    food: list[int] = []
    clause = scene.clause(index)
    at = index + step
    while clause.first <= at < clause.last and abs(at - index) <= _FAR:
        meal = _meal(scene, at)
        if meal:
            return State(min(index, at), max(index, at), _NAMED[relation, meal], relation)
        piece = scene.pieces[at]
        if not _FOOD.isdisjoint(piece.concepts):
            food.append(at)
            part = _part_beside(scene, at)
            if part:
                return State(min(index, at), max(index, at), _NAMED[relation, part], relation)
        elif not (_passable(scene, at) or _leads_on(scene, index, at) or _is_part(scene, at, step)):
            break
        at += step
    if not food:
        return None
    return State(min(index, *food), max(index, *food), None, relation)


def _leads_on(scene: Scene, relation: int, verb: int) -> bool:
    """Whether "after" looks back at a meal past its verb: "khana khaya uske baad 180"."""
    behind = verb == relation - 1 or scene.has(relation, "words.and")
    return behind and scene.may_be(verb, _ATE)


def _is_part(scene: Scene, index: int, step: int) -> bool:
    """Whether a food is what the meal beside it was: "after dosa breakfast"."""
    return scene.has(index, "counts.food") and scene.may_be(index + step, _IS_MEAL)


def _passable(scene: Scene, index: int) -> bool:
    piece = scene.pieces[index]
    small = piece.kind == "number" and max(piece.values) < 13  # noqa: PLR2004 - "two hours" after
    return small or not _BETWEEN.isdisjoint(piece.concepts) or piece.key in {"-", "/"}


def _meal(scene: Scene, index: int) -> str:
    concepts = scene.pieces[index].concepts
    return next((meal for name, meal in _MEALS.items() if name in concepts), "")


def _part_beside(scene: Scene, index: int) -> str:
    """Find the part of the day that names the meal: "the night's food"."""
    for at in scene.walk(index, -1, skip=_FOOD):
        concepts = scene.pieces[at].concepts
        part = next((meal for name, meal in _PART_MEALS.items() if name in concepts), "")
        if part or FILLER not in concepts:
            return part
    return ""


def settled(state: State, at: datetime) -> GlucoseState:
    """Give a state its meal from the time of the reading, where none was named."""
    if state.state is not None:
        return state.state
    if at.hour < 4 and state.relation == "after":  # noqa: PLR2004 - the contract: until 03:59 dinner
        return GlucoseState.AFTER_DINNER
    meal = "BREAKFAST" if at.hour < 11 else "LUNCH" if at.hour < 17 else "DINNER"  # noqa: PLR2004 - the contract's hours
    return _NAMED[state.relation, meal]
