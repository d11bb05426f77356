"""Readings: which number is one, in which unit, when and in which state. Pure."""

from datetime import datetime
from typing import NamedTuple

from app.parsing.claims import puts_right
from app.parsing.meanings import Glucose, GlucoseDoubtful, GlucoseState
from app.parsing.pieces import NAMED
from app.parsing.roles import Roles, unit_of
from app.parsing.scene import FILLER, Clause, Scene
from app.parsing.states import State, settled
from app.parsing.times import PARTS, When, moment, when
from app.parsing.units import Unit, to_mg_dl
from app.parsing.vitals import is_pressure

LOWEST_MG_DL, HIGHEST_MG_DL = 20.0, 600.0
LOWEST_MMOL_L, HIGHEST_MMOL_L = 1.1, 33.3
_MG_DL_FROM = 34.0
_CLAUSES_AWAY = 2
MOST_CANDIDATES = 40
"""More numbers than that are no message of readings; it bounds the work."""

_SUGAR = ("words.sugar",)
_BUSY_ROLES = frozenset({"money", "count", "supposed", "asked"})
_FOOD = "counts.food"
_RELATIONS = ("words.after_last", "words.after_next", "words.before_last", "words.before_next")
_DAYPARTS = PARTS | {"times.today", "times.yesterday", "times.day_before_yesterday"}
_SEEN = ("words.device", "words.show")
_OTHER_TOLD = frozenset(
    {"doses.medicine", NAMED, "doses.taken", "doses.missed", "counts.noun", _FOOD, "meals.ate"}
)
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


def readings(scene: Scene, roles: Roles, said: list[State]) -> list[Glucose | GlucoseDoubtful]:
    """List the readings and doubtful numbers of a message, in its order."""
    if not scene.numbers:
        return []
    open_ones = _candidates(scene, roles, said)
    kept = [one for one in open_ones if _is_evident(scene, roles, said, one, len(open_ones))]
    paired = _pair(scene, kept, said)
    return [
        made
        for one, state in zip(kept, paired, strict=True)
        if (made := _reading(scene, roles, one, state)) is not None
    ]


def _candidates(scene: Scene, roles: Roles, said: list[State]) -> list[Candidate]:
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


def _is_evident(scene: Scene, roles: Roles, said: list[State], one: Candidate, count: int) -> bool:
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
    return _in_range(one.value, _unit(scene, one)) and (seen or alone)


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
    return seen and not busy and not medicine and _in_range(one.value, _unit(scene, one))


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
    if _in_range(one.value, _unit(scene, one)):
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
    return any(scene.unknown(at) or (scene.has(at, _FOOD) and not timed) for at in beside)


def _stands_alone(scene: Scene, roles: Roles) -> bool:
    """Whether the message has nothing that a lone number could count."""
    if any(scene.unknown(at) for at in range(len(scene.pieces))) and not puts_right(scene):
        return False
    if not _BUSY_ROLES.isdisjoint(roles.values()) or (
        scene.anywhere(_FOOD) and not scene.anywhere(*_RELATIONS)
    ):
        return False
    return not scene.anywhere("doses.medicine", NAMED)


def _unit(scene: Scene, one: Candidate) -> Unit:
    """Give the unit said, else the meter's; no mmol/L meter shows 34 or more."""
    if one.unit is None and one.value >= _MG_DL_FROM:
        return Unit.MG_DL
    return one.unit or scene.message.unit


def _in_range(value: float, unit: Unit) -> bool:
    if unit is Unit.MMOL_L:
        return LOWEST_MMOL_L <= value <= HIGHEST_MMOL_L
    return LOWEST_MG_DL <= value <= HIGHEST_MG_DL


def _pair(scene: Scene, kept: list[Candidate], said: list[State]) -> list[State | None]:
    """Give each number its state: in order where there are as many, else the nearest."""
    if len(said) == len(kept) > 1:
        return list(said)
    paired: list[State | None] = [None] * len(kept)
    for state in sorted(said, key=lambda s: s.state is None):
        open_ones = [n for n in range(len(kept)) if paired[n] is None]
        if open_ones:
            nearest = min(open_ones, key=lambda n: _distance(scene, kept[n].at, state))
            if _may_belong(scene, kept[nearest].at, state):
                paired[nearest] = state
    return paired


def _distance(scene: Scene, index: int, state: State) -> tuple[int, int]:
    clauses = abs(scene.clause_of[index] - scene.clause_of[state.first])
    return clauses, min(abs(index - state.first), abs(index - state.last))


def _may_belong(scene: Scene, index: int, state: State) -> bool:
    """Whether a state of another clause is free: that clause speaks of nothing else."""
    if scene.clause_of[index] == scene.clause_of[state.first]:
        return True
    clause = scene.clause(state.first)
    busy = ("doses.medicine", "doses.taken", "doses.missed", "doses.skipped")
    named = scene.within(clause, NAMED)
    if _leads_on(scene, index, state):
        return not (named or scene.within(clause, "doses.medicine"))
    return (
        not named
        and not scene.within(clause, *busy)
        and abs(scene.clause_of[index] - scene.clause_of[state.first]) <= _CLAUSES_AWAY
    )


def _leads_on(scene: Scene, index: int, state: State) -> bool:
    """Whether "after that" joins the meal of a state with what it says: "ate, after that 160"."""
    follows = scene.clause_of[index] == scene.clause_of[state.last] + 1
    return follows and scene.has(state.last, "words.and")


def _reading(
    scene: Scene, roles: Roles, one: Candidate, state: State | None
) -> Glucose | GlucoseDoubtful | None:
    piece = scene.pieces[one.at]
    span = (piece.start, piece.end)
    unit = _unit(scene, one)
    if not one.certain or not _in_range(one.value, unit):
        if one.value <= 0 and scene.anywhere(_FOOD):
            return None  # nought of the sugar that is eaten
        return GlucoseDoubtful(one.value, one.unit, spans=(span,), rules=("doubtful",))
    time = _time(scene, roles, one.at)
    received = scene.message.received_at
    settled_state = _settle(state, time, received)
    return Glucose(
        value_mg_dl=to_mg_dl(one.value, unit),
        state=settled_state,
        recorded_at=moment(time, received, settled_state),
        unit=unit,
        correction=_is_correction(scene, roles) or "denied" in roles.values(),
        bare=_is_bare(scene, one, state, time),
        instead_of_mg_dl=_instead_of(scene, roles),
        spans=(span, *_spans(scene, state)),
        rules=("reading", *(("state",) if state else ()), *(("time",) if time else ())),
    )


def _is_correction(scene: Scene, roles: Roles) -> bool:
    """Whether a word corrects what was told, and not a dose: "500 ki jagah 1000 li"."""
    if "words.correction" not in scene.concepts:
        return False
    said = (at for at in range(len(scene.pieces)) if scene.has(at, "words.correction"))
    return any(roles.get(at + 1) != "dose" for at in said)


def _instead_of(scene: Scene, roles: Roles) -> float | None:
    """Give the one number that a message takes back; none where it takes back several."""
    taken_back = [at for at, role in roles.items() if role == "denied"]
    if len(taken_back) != 1 or not scene.pieces[taken_back[0]].values:
        return None
    value, unit = scene.pieces[taken_back[0]].values[0], unit_of(scene, taken_back[0])
    wrong = Candidate(taken_back[0], value, unit, certain=True)
    return to_mg_dl(value, _unit(scene, wrong))


def _spans(scene: Scene, state: State | None) -> tuple[tuple[int, int], ...]:
    return ((scene.pieces[state.first].start, scene.pieces[state.last].end),) if state else ()


def _settle(state: State | None, time: When, received: datetime) -> GlucoseState | None:
    if state is None:
        return None
    at = moment(time, received) if time.clock or time.minutes_ago else received
    return settled(state, at or received)


def _is_bare(scene: Scene, one: Candidate, state: State | None, time: When) -> bool:
    told = scene.anywhere("words.sugar", "words.device")
    return not (state or time or one.unit or told)


def _time(scene: Scene, roles: Roles, index: int) -> When:
    """Read the time of the reading's own clause, else of a neighbour with nothing else."""
    own = scene.clause_of[index]
    said = when(scene, scene.clauses[own], roles)
    if said or said.days_ago is not None or scene.within(scene.clauses[own], "times.now"):
        return said
    for near in (own - 1, own + 1):
        if 0 <= near < len(scene.clauses) and _only_time(scene, scene.clauses[near], roles):
            borrowed = when(scene, scene.clauses[near], roles)
            if borrowed:
                return borrowed
    return said


def _only_time(scene: Scene, clause: Clause, roles: Roles) -> bool:
    return not any(
        scene.unknown(at)
        or scene.may_be(at, _OTHER_TOLD)
        or (scene.is_number(at) and at not in roles)
        for at in range(clause.first, clause.last)
    )
