"""Meals eaten, with their foods, their kind and their time. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from app.parsing.eaten import (
    Verdict,
    is_only_food,
    may_tell,
    meal_word,
    names_nothing_eaten,
    tells_of_eating,
    verdict,
)
from app.parsing.foods import Named, foods
from app.parsing.meanings import Food, Meal
from app.parsing.roles import Roles
from app.parsing.scene import Clause, Scene
from app.parsing.states import State
from app.parsing.times import When, moment, when

_TELLS = frozenset({"meals.ate", "meals.had"})
_HALVES = {"BREAKFAST": "am", "LUNCH": "noon", "DINNER": "night", "SNACK": ""}
"""The half of the day in which the clock of a meal is meant, where none is said."""
_VERBAL = frozenset({"negation.deny_last", "negation.within"})
_AT_LAST = 3
_OFF = frozenset({Verdict.NOT, Verdict.TALK})


@dataclass(slots=True)
class _Group:
    """What belongs to one meal while the clauses are gone through."""

    kind: str | None = None
    at: list[int] = field(default_factory=list)
    foods: list[Named] = field(default_factory=list)
    clauses: list[int] = field(default_factory=list)


class _Told(NamedTuple):
    """What one clause tells of a meal."""

    number: int
    joined: bool
    word: tuple[int, str] | None
    foods: tuple[Named, ...]
    verdict: Verdict
    bare: bool


def meals(scene: Scene, roles: Roles, said: Sequence[State]) -> list[Meal]:
    """List the meals a message tells of, in its order."""
    named = foods(scene, roles)
    if not named and _TELLS.isdisjoint(scene.concepts):
        return []
    told = [_told(scene, roles, said, n, named) for n in range(len(scene.clauses))]
    decided = _decided(scene, told)
    groups = [group for group in _groups(scene, decided) if group.clauses]
    if not groups:
        return []
    bare = names_nothing_eaten(scene, said)
    return [replace(_meal(scene, roles, group), bare=bare) for group in groups]


def _told(
    scene: Scene, roles: Roles, said: Sequence[State], number: int, named: list[Named]
) -> _Told:
    clause = scene.clauses[number]
    own = tuple(one for one in named if clause.first <= one.at < clause.last)
    if not (own or may_tell(scene, clause)):
        return _Told(number, clause.joined, None, (), Verdict.OPEN, bare=False)
    word = meal_word(scene, clause, roles, said)
    bare = not own and tells_of_eating(scene, clause, roles, word[0] if word else None)
    return _Told(number, clause.joined, word, own, verdict(scene, clause, list(own)), bare)


def _decided(scene: Scene, told: list[_Told]) -> list[_Told]:
    """Let the clauses that say nothing of eating take it from their neighbours."""
    return [
        one._replace(verdict=_settle(scene, told, n)) if one.foods else one
        for n, one in enumerate(told)
    ]


def _settle(scene: Scene, told: list[_Told], n: int) -> Verdict:
    own = told[n]
    counted = any(one.counted for one in own.foods)
    before, behind = _near(told, n, -1), _near(told, n, 1)
    if own.verdict is Verdict.EATEN and (not counted or own.word):
        return own.verdict
    if own.verdict in _OFF:
        return own.verdict
    talked = before is Verdict.TALK or (behind is Verdict.TALK and before is not Verdict.EATEN)
    closed = behind is Verdict.EATEN and _is_closed(scene, told, n)
    if talked or (before is Verdict.NOT and not counted and not closed):
        return Verdict.NOT
    if own.verdict is Verdict.EATEN or Verdict.EATEN in {before, behind}:
        return Verdict.EATEN
    fits = is_only_food(scene, scene.clauses[n], own.foods) or _meal_before(told, n)
    return Verdict.EATEN if fits else Verdict.NOT


def _is_closed(scene: Scene, told: list[_Told], n: int) -> bool:
    """Whether the clause before ends in the verb it denies, which says nothing of this one."""
    before = scene.clauses[told[n - 1].number]
    within = range(before.last - _AT_LAST, before.last)
    return n > 0 and any(scene.may_be(at, _VERBAL) for at in within if at >= before.first)


def _near(told: list[_Told], n: int, step: int) -> Verdict | None:
    """Give the verdict of the nearest joined clause that speaks of food and says something."""
    at = n
    while (
        told[at].joined if step < 0 else at + 1 < len(told) and told[at + 1].joined
    ) and at + step >= 0:
        at += step
        speaks = told[at].foods or told[at].word or told[at].bare
        if speaks and told[at].verdict is not Verdict.OPEN:
            return told[at].verdict
    return None


def _meal_before(told: list[_Told], n: int) -> bool:
    return any(one.word and (one.bare or one.foods) for one in told[:n])


def _groups(scene: Scene, told: list[_Told]) -> list[_Group]:
    """Put the clauses together to meals; another meal word begins another meal."""
    groups = [_Group()]
    for n, one in enumerate(told):
        eaten = _eaten(one)
        if _names_what_was_eaten(scene, groups[-1], one):
            _put(groups[-1], one, [])
            continue
        if not (eaten or one.bare or _announces(told, n)):
            continue
        if _begins(groups[-1], one):
            groups.append(_Group())
        _put(groups[-1], one, eaten)
    return groups


def _names_what_was_eaten(scene: Scene, group: _Group, one: _Told) -> bool:
    """Whether a clause is only the meal word of the foods told before it: "2 idli. breakfast"."""
    if one.word is None or one.foods or not group.foods or group.kind is not None:
        return False
    before = group.clauses[-1] == one.number - 1
    return before and is_only_food(scene, scene.clauses[one.number], ())


def _eaten(one: _Told) -> list[Named]:
    return [food for food in one.foods if not food.denied] if one.verdict is Verdict.EATEN else []


def _announces(told: list[_Told], n: int) -> bool:
    """Whether a clause names the meal whose foods come next: "lunch at 1, 2 rotis"."""
    one, after = told[n], told[n + 1] if n + 1 < len(told) else None
    if one.word is None or one.foods or one.verdict in _OFF or after is None:
        return False
    return after.joined and after.word is None and bool(_eaten(after))


def _begins(group: _Group, one: _Told) -> bool:
    if one.word is None or not group.clauses:
        return False
    if group.kind is None:
        return not one.joined
    return group.kind != one.word[1]


def _put(group: _Group, one: _Told, eaten: list[Named]) -> None:
    if one.word:
        group.kind = one.word[1]
        group.at.append(one.word[0])
    group.foods += eaten
    group.clauses.append(one.number)


def _meal(scene: Scene, roles: Roles, group: _Group) -> Meal:
    time = _time(scene, roles, [scene.clauses[n] for n in group.clauses])
    if time.clock and not time.half and group.kind:
        time = replace(time, half=_HALVES[group.kind])
    pieces = sorted({*group.at, *(one.at for one in group.foods)})
    first = scene.clauses[group.clauses[0]].first
    spans = [(scene.pieces[at].start, scene.pieces[at].end) for at in pieces or [first]]
    return Meal(
        group.kind,
        tuple(Food(one.food, one.quantity) for one in group.foods),
        moment(time, scene.message.received_at) if time else None,
        spans=tuple(spans),
        rules=("meal", *(("meal-word",) if group.at else ()), *(("time",) if time else ())),
    )


def _time(scene: Scene, roles: Roles, clauses: list[Clause]) -> When:
    return next((said for clause in clauses if (said := when(scene, clause, roles))), When())
