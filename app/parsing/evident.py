"""Which numbers of a message are evidently readings, or may be. Pure."""

from typing import NamedTuple

from app.parsing.beside import unit_of
from app.parsing.claims import puts_right
from app.parsing.pieces import NAMED
from app.parsing.roles import Roles
from app.parsing.scene import FILLER, Scene
from app.parsing.states import State
from app.parsing.times import PARTS
from app.parsing.units import Unit
from app.parsing.vitals import is_pressure

LOWEST_MG_DL, HIGHEST_MG_DL = 20.0, 600.0
LOWEST_MMOL_L, HIGHEST_MMOL_L = 1.1, 33.3
_MG_DL_FROM = 34.0
MOST_CANDIDATES = 40
"""More numbers than that are no message of readings; it bounds the work."""
_SUGAR = ("words.sugar",)
_BUSY_ROLES = frozenset({"money", "count", "supposed", "asked"})
FOOD = "counts.food"
_RELATIONS = ("words.after_last", "words.after_next", "words.before_last", "words.before_next")
_DAYPARTS = PARTS | {"times.today", "times.yesterday", "times.day_before_yesterday"}
_SEEN = ("words.device", "words.show")
_EMPTY = frozenset({FILLER, "words.copula", "words.show", "asks.judgement"})
_SWEET = "foods.sugar"
_LEAST_SWEET = 40.0
_LEAST_WHOLE = 100.0
_CALM = range(70, 300)
"""Values that no row of the triage acts on by themselves."""


class Candidate(NamedTuple):
    """A number that may be a reading: its piece, which of its values, and the unit said."""

    at: int
    value: float
    unit: Unit | None
    certain: bool


def candidates(scene: Scene, roles: Roles, said: list[State]) -> list[Candidate]:
    """List the numbers that may be readings, in their order."""
    found: list[Candidate] = []
    inside = {at for state in said for at in range(state.first, state.last + 1)}
    for index in scene.numbers[:MOST_CANDIDATES]:
        piece = scene.pieces[index]
        if (
            index in roles
            or not piece.values
            or (index in inside and max(piece.values) < LOWEST_MG_DL)
        ):
            continue
        if piece.kind == "ratio":
            if _two_readings(scene, index, said):
                found += [
                    Candidate(index, value, unit_of(scene, index), certain=True)
                    for value in piece.values
                ]
        else:
            unit = unit_of(scene, index)
            certain = len(piece.values) == 1 and not (piece.weak or _is_end(scene, index))
            found.append(Candidate(index, piece.values[0], unit, certain=certain))
    return found


def _is_end(scene: Scene, index: int) -> bool:
    """Whether a small number in words may be the end of a larger one that is not understood."""
    piece = scene.pieces[index]
    small = piece.spoken and max(piece.values) < _LEAST_WHOLE
    return small and scene.unknown(index - 1)


def _two_readings(scene: Scene, index: int, said: list[State]) -> bool:
    """Whether "110/180" is fasting and PP, and not a blood pressure."""
    if len(said) > 1:
        return True
    return not is_pressure(scene.pieces[index].values) and scene.in_clause(index, *_SUGAR)


def is_evident(scene: Scene, roles: Roles, said: list[State], one: Candidate, count: int) -> bool:
    """Whether the message leaves no doubt that a number is a reading; `count` are open."""
    if one.unit is not None or _is_sweet(scene, one) or _answers(scene, one):
        return True
    if _is_of_another(scene, roles, one):
        return False
    clause = scene.clause(one.at)
    if scene.within(clause, *_SUGAR):
        priced = one.value > HIGHEST_MG_DL and scene.has(scene.beside(one.at, -1), "words.device")
        return not priced and not _is_counted(scene, one)
    states = [state for state in said if clause.first <= state.first < clause.last]
    if states:
        return _stands_by(scene, one, states)
    seen = (scene.within(clause, *_SEEN) or _goes_on(scene, one)) and not _beside_unknown(
        scene, one.at
    )
    timed = any(roles.get(at) == "clock" for at in range(clause.first, clause.last))
    parted = count > 1 and all(_has_a_part(scene, roles, at) for at in scene.numbers)
    alone = (count == 1 or bool(said) or timed or parted) and _stands_alone(scene, roles)
    return in_range(one.value, unit_meant(scene, one)) and (seen or alone)


def _is_of_another(scene: Scene, roles: Roles, one: Candidate) -> bool:
    """Whether an unknown word names a number behind the reading: "sugar 140 stapler 200".

    A value that triage would act on stays a reading.
    """
    if not (scene.unknown(one.at - 1) and one.value in _CALM):
        return False
    before = range(scene.clause(one.at).first, one.at - 1)
    return any(scene.is_number(at) and at not in roles for at in before)


def _has_a_part(scene: Scene, roles: Roles, index: int) -> bool:
    """Whether a part of the day, or a day, stands before a number: "morning 120 night 180"."""
    return index in roles or any(scene.may_be(index - n, _DAYPARTS) for n in (1, 2))


def _is_sweet(scene: Scene, one: Candidate) -> bool:
    """Whether the word for the sugar that is eaten names the reading: "khand 150"."""
    before = scene.beside(one.at, -1)
    named = before >= 0 and scene.has(before, _SWEET)
    told = scene.within(scene.clause(one.at), "meals.ate", "meals.talk")
    return named and not told and _LEAST_SWEET <= one.value <= HIGHEST_MG_DL


def _answers(scene: Scene, one: Candidate) -> bool:
    """Whether the number alone answers a clause that says sugar was measured."""
    number = scene.clause_of[one.at]
    clause, before = scene.clauses[number], scene.clauses[number - 1]
    others = (at for at in range(clause.first, clause.last) if at != one.at)
    if not number or not all(_says_nothing(scene, at) for at in others):
        return False
    seen = scene.within(before, *_SUGAR, "words.device") and scene.within(before, "words.show")
    busy = any(scene.is_number(at) for at in range(before.first, before.last))
    medicine = scene.within(before, "doses.medicine") or before.asked
    return seen and not busy and not medicine and in_range(one.value, unit_meant(scene, one))


def _says_nothing(scene: Scene, index: int) -> bool:
    piece = scene.pieces[index]
    return piece.kind == "mark" or scene.may_be(index, _EMPTY)


def _goes_on(scene: Scene, one: Candidate) -> bool:
    """Whether the clause goes on with a list of readings: "sugar 110 at 7, 150 at 10"."""
    number = scene.clause_of[one.at]
    clause, before = scene.clauses[number], scene.clauses[number - 1]
    listed = any(before.first <= at < before.last for at in scene.numbers)
    told = scene.anywhere(*_SUGAR) or scene.within(before, *_SEEN)
    return number > 0 and clause.joined and listed and told


def _is_counted(scene: Scene, one: Candidate) -> bool:
    """Whether a small number counts the unknown word behind it, or sugar is what is counted."""
    if one.value >= LOWEST_MG_DL:
        return False
    behind = scene.beside(one.at, 1)
    return scene.has(one.at + 1, "words.sugar") or (
        scene.unknown(behind) and behind == one.at + 1 and not _sugar_before(scene, one.at)
    )


def _sugar_before(scene: Scene, index: int) -> bool:
    before = scene.beside(index, -1)
    return before >= 0 and not scene.pieces[before].concepts.isdisjoint(
        {"words.sugar", "words.show"}
    )


def _stands_by(scene: Scene, one: Candidate, states: list[State]) -> bool:
    behind, before = scene.beside(one.at, 1), scene.beside(one.at, -1)
    if in_range(one.value, unit_meant(scene, one)):
        return not (scene.unknown(behind) and scene.unknown(before))
    beside = any(
        state.first <= before <= state.last or state.first <= behind <= state.last
        for state in states
    )
    shown = before >= 0 and scene.has(before, "words.show")
    return (beside or shown) and not scene.unknown(behind)


def _beside_unknown(scene: Scene, index: int) -> bool:
    beside = (scene.beside(index, 1), scene.beside(index, -1))
    timed = scene.within(scene.clause(index), *_RELATIONS)
    return any(scene.unknown(at) or (scene.has(at, FOOD) and not timed) for at in beside)


def _stands_alone(scene: Scene, roles: Roles) -> bool:
    """Whether the message has nothing that a lone number could count."""
    if any(scene.unknown(at) for at in range(len(scene.pieces))) and not puts_right(scene):
        return False
    if not _BUSY_ROLES.isdisjoint(roles.values()) or (
        scene.anywhere(FOOD) and not scene.anywhere(*_RELATIONS)
    ):
        return False
    return not scene.anywhere("doses.medicine", NAMED)


def unit_meant(scene: Scene, one: Candidate) -> Unit:
    """Give the unit said, else the meter's; no mmol/L meter shows 34 or more."""
    if one.unit is None and one.value >= _MG_DL_FROM:
        return Unit.MG_DL
    return one.unit or scene.message.unit


def in_range(value: float, unit: Unit) -> bool:
    """Whether a meter of that unit shows the value."""
    if unit is Unit.MMOL_L:
        return LOWEST_MMOL_L <= value <= HIGHEST_MMOL_L
    return LOWEST_MG_DL <= value <= HIGHEST_MG_DL
