"""Readings: which number is one, in which unit, when and in which state. Pure."""

from datetime import datetime

from app.parsing.beside import unit_of
from app.parsing.evident import FOOD, Candidate, candidates, in_range, is_evident, unit_meant
from app.parsing.meanings import Glucose, GlucoseDoubtful, GlucoseState
from app.parsing.pairing import pair
from app.parsing.pieces import NAMED
from app.parsing.roles import Roles
from app.parsing.scene import Clause, Scene
from app.parsing.states import State, settled
from app.parsing.times import When, moment, when
from app.parsing.units import to_mg_dl

_OTHER_TOLD = frozenset(
    {"doses.medicine", NAMED, "doses.taken", "doses.missed", "counts.noun", FOOD, "meals.ate"}
)


def readings(scene: Scene, roles: Roles, said: list[State]) -> list[Glucose | GlucoseDoubtful]:
    """List the readings and doubtful numbers of a message, in its order."""
    if not scene.numbers:
        return []
    open_ones = candidates(scene, roles, said)
    kept = [one for one in open_ones if is_evident(scene, roles, said, one, len(open_ones))]
    paired = pair(scene, kept, said)
    return [
        made
        for one, state in zip(kept, paired, strict=True)
        if (made := _reading(scene, roles, one, state)) is not None
    ]


def _reading(
    scene: Scene, roles: Roles, one: Candidate, state: State | None
) -> Glucose | GlucoseDoubtful | None:
    piece = scene.pieces[one.at]
    span = (piece.start, piece.end)
    unit = unit_meant(scene, one)
    if not one.certain or not in_range(one.value, unit):
        if one.value <= 0 and scene.anywhere(FOOD):
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
    return to_mg_dl(value, unit_meant(scene, wrong))


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
