"""The foods a message names: how much of each, and which of them it denies. Pure."""

from typing import NamedTuple

from app.parsing.food_keys import FOODS
from app.parsing.portions import said_of
from app.parsing.roles import Roles
from app.parsing.scene import FILLER, Scene

SUGAR = "sugar"
MOST_FOODS = 40
"""Bounds the work on a message that is no message."""

_IS_FOOD = frozenset(FOODS)
_FOODS = _IS_FOOD | {"words.sugar"}
_EATING = frozenset({"meals.ate", "meals.had", "words.eat", "doses.take", "doses.taken"})
_AMOUNT = frozenset({FILLER, "counts.food", "portions.some", "sizes.one"})
_BEFORE = frozenset({"negation.deny_next", "meals.not_eaten"})
_VERBAL = frozenset({"negation.deny_last", "negation.within", "signs.cannot"})
_BEHIND = _VERBAL | {"meals.without_last"}
_RELATED_NEXT = frozenset({"words.after_next", "words.before_next"})
_EATEN = frozenset({"words.eat"})
_HOURS = frozenset({"times.hour", "times.minute"})
_RELATED_LAST = frozenset({"words.after_last", "words.before_last"})
_CURRY = "vegetable_curry"
_CURRIED = frozenset(
    {"bhindi", "brinjal", "paneer", "palak_paneer", "aloo_sabzi", "chole", "rajma"}
)
"""What a curry may be made of and still be listed by its own name."""
_LEAST_READING = 20
_LEAST_SWEET = 40
_FAR = 6


class Named(NamedTuple):
    """A food named.

    Attributes:
        at: Index of its piece.
        food: Its key.
        quantity: Usual portions, or None.
        counted: Whether an amount is told at all.
        denied: Whether the message says that it was not eaten, or only sets a time by it.
    """

    at: int
    food: str
    quantity: float | None
    counted: bool
    denied: bool = False


def foods(scene: Scene, roles: Roles) -> list[Named]:
    """List the foods a message names, in its order, the denied ones too."""
    found: list[Named] = []
    if _FOODS.isdisjoint(scene.concepts):
        return found
    free_from = 0
    for index, piece in enumerate(scene.pieces):
        if _FOODS.isdisjoint(piece.concepts):
            continue
        food = "" if _is_read(scene, roles, index) else _food(scene, index)
        if food and len(found) < MOST_FOODS:
            said = said_of(scene, roles, index, free_from)
            found.append(Named(index, food, said.quantity, said.counted))
            free_from = max(index, said.last) + 1
    return _with_denials(scene, _without_repeats(scene, found))


def _without_repeats(scene: Scene, found: list[Named]) -> list[Named]:
    """Drop the dish that is made of the food just named: "carrot salad", "bhindi ki sabzi"."""
    kept = found[:1]
    for one in found[1:]:
        if one.counted or not _is_of(scene, kept[-1], one):
            kept.append(one)
    return kept


def _is_of(scene: Scene, of: Named, dish: Named) -> bool:
    same = of.food == dish.food or (dish.food == _CURRY and of.food in _CURRIED)
    between = range(of.at + 1, dish.at)
    of_it = all(scene.has(at, FILLER) and not scene.may_be(at, _EATING) for at in between)
    other = scene.pieces[of.at].key != scene.pieces[dish.at].key
    return same and of_it and (bool(between) or (of.food == dish.food and other))


def _is_read(scene: Scene, roles: Roles, index: int) -> bool:
    """Whether the word for the sugar that is eaten has a reading behind it: "khand 150"."""
    behind = scene.beside(index, 1) if scene.has(index, "foods.sugar") else -1
    if behind < 0 or behind in roles or not scene.is_number(behind):
        return False
    return max(scene.pieces[behind].values) >= _LEAST_SWEET


def _food(scene: Scene, index: int) -> str:
    concepts = scene.pieces[index].concepts
    if not _IS_FOOD.isdisjoint(concepts):
        return next(key for name, key in FOODS.items() if name in concepts)
    return SUGAR if "words.sugar" in concepts and _is_eaten_sugar(scene, index) else ""


def _is_eaten_sugar(scene: Scene, index: int) -> bool:
    """Whether sugar is the food here: in the tea, or just what was eaten."""
    before, behind = index - 1, scene.beside(index, 1)
    if behind >= 0 and scene.is_number(behind):
        return False
    first = scene.clause(index).first
    while (
        before >= first
        and scene.may_be(before, frozenset({FILLER, "portions.some", "meals.with"}))
        and not (scene.may_be(before, frozenset({"words.copula", "meals.ate", "meals.had"})))
    ):
        before -= 1
    if before < first:
        return False
    joined = scene.may_be(index - 1, frozenset({"meals.with", "portions.some"}))
    joined = joined or scene.has(index + 1, "meals.with")
    if scene.may_be(before, _IS_FOOD):
        return joined
    last = behind < 0 or scene.pieces[behind].kind == "mark"
    return last and (scene.has(before, "meals.ate") or (scene.has(before, "meals.had") and joined))


def _with_denials(scene: Scene, found: list[Named]) -> list[Named]:
    denied = [_denied(scene, one.at) or _sets_a_time(scene, one.at) for one in found]
    for n in range(1, len(found)):
        if denied[n - 1] and _denied_before(scene, found[n - 1].at) and _listed(scene, found, n):
            denied[n] = True
    for n in range(len(found) - 1, 0, -1):
        verbal = _denied_behind(scene, found[n].at, _VERBAL) or _listed(scene, found, n)
        if denied[n] and verbal and _follows(scene, found, n):
            denied[n - 1] = denied[n - 1] or not found[n - 1].counted
    return [one._replace(denied=no) for one, no in zip(found, denied, strict=True)]


def _follows(scene: Scene, found: list[Named], n: int) -> bool:
    """Whether only "and" or "or" stands between a food that is not counted and the one before."""
    between = range(found[n - 1].at + 1, found[n].at)
    links = _AMOUNT | {"words.or", "words.and"}
    return not found[n].counted and all(scene.may_be(at, links) for at in between)


def _listed(scene: Scene, found: list[Named], n: int) -> bool:
    between = range(found[n - 1].at + 1, found[n].at)
    linked = any(scene.may_be(at, frozenset({"words.or", "words.and"})) for at in between)
    return linked and _follows(scene, found, n)


def _denied(scene: Scene, at: int) -> bool:
    return _denied_before(scene, at) or _denied_behind(scene, at)


def _denied_before(scene: Scene, at: int) -> bool:
    """Look for "no", "without", "did not eat" in front of the food."""
    first = scene.clause(at).first
    for index in range(at - 1, max(first, at - _FAR) - 1, -1):
        if scene.may_be(index, _BEFORE):
            return True
        if not _may_stand_between(scene, index):
            return False
    return False


def _denied_behind(scene: Scene, at: int, denials: frozenset[str] = _BEHIND) -> bool:
    """Look for a denial behind the food or behind its verb."""
    for index in range(at + 1, min(scene.clause(at).last, at + _FAR)):
        if scene.may_be(index, denials):
            return denials is _BEHIND or not scene.has(index, "meals.without_last")
        if not _may_stand_between(scene, index):
            return False
    return False


def _may_stand_between(scene: Scene, index: int) -> bool:
    if scene.may_be(index, _IS_FOOD):
        return False
    number = scene.is_number(index) and max(scene.pieces[index].values) < _LEAST_READING
    return number or scene.may_be(index, _EATING | _AMOUNT)


def _behind_eating(scene: Scene, at: int) -> int:
    """Find what stands behind a food, past its verb and a few hours: "idli eaten 2 hours after"."""
    eaten = False
    for behind in scene.walk(at, 1):
        if scene.may_be(behind, _RELATED_LAST):
            return behind
        eaten = eaten or scene.may_be(behind, _EATEN)
        if not (eaten and (scene.may_be(behind, _EATEN | _HOURS) or scene.is_number(behind))):
            return scene.beside(at, 1)
    return scene.beside(at, 1)


def _sets_a_time(scene: Scene, at: int) -> bool:
    """Whether the food only says when: "after tea 160", "chai se pehle"."""
    before, behind = at - 1, _behind_eating(scene, at)
    while scene.is_number(before) or (
        scene.may_be(before, _AMOUNT) and not scene.may_be(before, _RELATED_NEXT | _IS_FOOD)
    ):
        before -= 1
    return scene.may_be(before, _RELATED_NEXT) or (
        behind >= 0 and scene.may_be(behind, _RELATED_LAST)
    )
