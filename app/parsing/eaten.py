"""Whether a clause tells that something was eaten, and which meal it names. Pure."""

from collections.abc import Iterable
from enum import StrEnum

from app.parsing.foods import Named
from app.parsing.pieces import NAMED
from app.parsing.roles import Roles
from app.parsing.scene import FILLER, Clause, Scene
from app.parsing.states import State
from app.parsing.times import PARTS

MEAL_WORDS = {
    "words.snack": "SNACK",
    "words.breakfast": "BREAKFAST",
    "words.lunch": "LUNCH",
    "words.dinner": "DINNER",
    "meals.tiffin": "BREAKFAST",
}
_IS_MEAL = frozenset(MEAL_WORDS)
_EATEN = frozenset({"meals.ate"})
_VERBS = frozenset({"meals.ate", "meals.had"})
_TALK = frozenset({"meals.talk", "asks.hypothetical", "doses.future"})
_LEFT_OUT = frozenset({"doses.skipped", "doses.missed"})
_DENIALS = frozenset(
    {"negation.deny_last", "negation.deny_next", "negation.within", "signs.cannot"}
)
_OBJECTS = frozenset({*MEAL_WORDS, "words.food", "others.food"})
_MAY_TELL = _OBJECTS | _EATEN
_OF_FOOD = _OBJECTS | {"counts.food", "portions.some", "signs.often", "asks.judgement"}
_ONLY_FOOD = frozenset(
    {*MEAL_WORDS, *_VERBS, *PARTS, FILLER, "counts.food", "portions.some", "sizes.one"}
    | {"meals.with", "words.and", "words.food", "times.today", "times.now", "others.water"}
    | {"times.at", "times.clock", "times.am", "times.pm", "others.food", "meals.without_last"}
    | {"negation.deny_next", "negation.deny_last", "words.but", "other"}
)
_RELATED = frozenset({"words.after_last", "words.before_last"})
_LEAST_READING = 20
_NEAR = 3


class Verdict(StrEnum):
    """What a clause says of its foods."""

    EATEN = "eaten"
    NOT = "not"
    TALK = "talk"
    OPEN = "open"


def may_tell(scene: Scene, clause: Clause) -> bool:
    """Whether a clause with no known food may tell of a meal."""
    return not clause.concepts.isdisjoint(_IS_MEAL) or not (
        _MAY_TELL.isdisjoint(clause.concepts) or speaks_of_medicine(scene, clause)
    )


def verdict(scene: Scene, clause: Clause, named: list[Named]) -> Verdict:
    """Say what a clause tells of the foods in it.

    Returns:
        `OPEN` where the clause has no word for it, and its neighbours decide.
    """
    if _is_talk(scene, clause):
        return Verdict.TALK
    medicine = speaks_of_medicine(scene, clause)
    if scene.within(clause, *_LEFT_OUT, "meals.not_eaten") and not medicine:
        return Verdict.NOT
    kept = [one for one in named if not one.denied]
    if named and not kept:
        return Verdict.NOT
    strict = scene.within(clause, *_EATEN) or any(one.counted for one in kept)
    loose = not medicine and scene.within(clause, *_VERBS, *MEAL_WORDS)
    return Verdict.EATEN if strict or loose else Verdict.OPEN


def _is_talk(scene: Scene, clause: Clause) -> bool:
    """Whether the clause wishes, plans, advises, buys or cooks, or asks before it tells."""
    pieces = range(clause.first, clause.last)
    if any(scene.may_be(at, _TALK) and not scene.has(at, "meals.had") for at in pieces):
        return True
    return scene.asks(clause) and not _told_first(scene, clause)


def _told_first(scene: Scene, clause: Clause) -> bool:
    """Whether the question opens only behind what was eaten: "ate 2 rotis is it ok?"."""
    if scene.has(clause.first, "asks.question_first"):
        return False
    pieces = range(clause.first, clause.last)
    asked = [at for at in pieces if scene.may_be(at, frozenset({"asks.question"}))]
    judged = [at for at in pieces if scene.has(at, "asks.judgement")]
    ate = [at for at in pieces if scene.may_be(at, _VERBS) and not scene.has(at, "words.copula")]
    return bool(ate) and bool(asked or judged) and min(asked + judged) > min(ate)


def speaks_of_medicine(scene: Scene, clause: Clause) -> bool:
    """Whether a medicine stands in the clause."""
    return scene.within(clause, "doses.medicine", NAMED)


def meal_word(
    scene: Scene, clause: Clause, roles: Roles, said: Iterable[State]
) -> tuple[int, str] | None:
    """Find the meal a clause names, and where; one that only sets a time is none."""
    inside = {at for state in said if not _is_ago(roles, state) for at in _span(state)}
    for index in range(clause.first, clause.last):
        if index in inside or not scene.may_be(index, _IS_MEAL) or _is_denied(scene, index):
            continue
        concepts = scene.pieces[index].concepts
        if "meals.tiffin" in concepts and scene.within(clause, "times.evening"):
            return index, "SNACK"
        return index, next(meal for word, meal in MEAL_WORDS.items() if word in concepts)
    return None


def _span(state: State) -> range:
    return range(state.first, state.last + 1)


def _is_ago(roles: Roles, state: State) -> bool:
    """Whether the "before" of a state counts a duration back: "2 ghante pehle lunch"."""
    return any(roles.get(at) == "ago" for at in range(state.first - _NEAR, state.first + 1))


def _is_denied(scene: Scene, index: int) -> bool:
    """Whether the meal itself was not had: "no dinner", "lunch nahi kiya"."""
    before = index - 1
    while scene.may_be(before, frozenset({FILLER, *_VERBS})) and not scene.may_be(before, _DENIALS):
        before -= 1
    if (
        scene.has(before, "negation.deny_next")
        and scene.clause_of[before] == scene.clause_of[index]
    ):
        return True
    for at in range(index + 1, min(scene.clause(index).last, index + _NEAR)):
        if scene.may_be(at, frozenset({"negation.deny_last", "negation.within"})):
            return True
        if not scene.may_be(at, frozenset({FILLER, *_VERBS})):
            return False
    return False


def tells_of_eating(scene: Scene, clause: Clause, roles: Roles, meal: int | None) -> bool:
    """Whether a clause with no known food tells of a meal eaten."""
    if _is_talk(scene, clause) or speaks_of_medicine(scene, clause):
        return False
    if scene.within(clause, *_DENIALS, *_LEFT_OUT, "meals.not_eaten", "others.water"):
        return False
    if any(_is_reading(scene, roles, at) for at in range(clause.first, clause.last)):
        return False
    pieces = [at for at in range(clause.first, clause.last) if not _sets_a_time(scene, at)]
    objects = [at for at in pieces if scene.may_be(at, _OBJECTS)]
    objects = [at for at in objects if meal == at or not scene.may_be(at, _IS_MEAL)]
    if any(scene.may_be(at, _EATEN) for at in pieces):
        return bool(objects) or not scene.within(clause, *_IS_MEAL)
    return any(_had(scene, at) for at in objects)


def names_nothing_eaten(scene: Scene, said: Iterable[State]) -> bool:
    """Whether the verb of a meal may be of a medicine, and nothing that was eaten is named.

    A word that sets a time is none of it: "khane ke baad kha li".
    """
    beside = {at for state in said for at in _span(state)}
    ordered = [(one.start, one.end) for one in scene.orders]
    others = [at for at in range(len(scene.pieces)) if at not in beside]
    may_be_medicine = any(scene.has(at, "doses.taken") for at in others)
    return may_be_medicine and not any(_tells_of_food(scene, at, ordered) for at in others)


def _tells_of_food(scene: Scene, index: int, ordered: Iterable[tuple[int, int]]) -> bool:
    """Whether a piece is a food or how much, another person, or a word of no list."""
    piece = scene.pieces[index]
    if any(start <= piece.start and piece.end <= end for start, end in ordered):
        return False
    is_person = any(one.startswith("people.") for one in piece.concepts)
    is_other = scene.unknown(index) or (is_person and not scene.has(index, FILLER))
    return is_other or scene.may_be(index, _OF_FOOD)


def _sets_a_time(scene: Scene, at: int) -> bool:
    """Whether "ate" only says when: "two hours after I ate" where "after" stands behind."""
    if not scene.may_be(at, _EATEN):
        return False
    passed = frozenset({FILLER, "times.hour", "times.minute"})
    behind = (n for n in scene.walk(at, 1, skip=passed) if not scene.is_number(n))
    return scene.may_be(next(behind, -1), _RELATED)


def _is_reading(scene: Scene, roles: Roles, index: int) -> bool:
    if index in roles or not scene.is_number(index):
        return False
    return max(scene.pieces[index].values) >= _LEAST_READING


def _had(scene: Scene, index: int) -> bool:
    """Whether "had" or "done" stands beside a meal: "lunch done", "nashta kar liya"."""
    clause = scene.clause(index)
    for step in (1, -1):
        at = index + step
        while clause.first <= at < clause.last and abs(at - index) <= _NEAR:
            if scene.has(at, "meals.had"):
                return True
            if not scene.has(at, FILLER):
                break
            at += step
    return False


def is_only_food(scene: Scene, clause: Clause, named: Iterable[Named]) -> bool:
    """Whether a clause names foods and nothing else: a plain list is a meal told."""
    own = {one.at for one in named}
    return all(at in own or _goes_with_food(scene, at) for at in range(clause.first, clause.last))


def _goes_with_food(scene: Scene, index: int) -> bool:
    piece = scene.pieces[index]
    small = piece.kind == "number" and max(piece.values) < _LEAST_READING
    return piece.kind in {"mark", "clock"} or small or not _ONLY_FOOD.isdisjoint(piece.concepts)
