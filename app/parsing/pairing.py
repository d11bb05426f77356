"""Which of several readings each state belongs to. Pure."""

from app.parsing.evident import Candidate
from app.parsing.pieces import NAMED
from app.parsing.scene import Scene
from app.parsing.states import State

_CLAUSES_AWAY = 2


def pair(scene: Scene, kept: list[Candidate], said: list[State]) -> list[State | None]:
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
