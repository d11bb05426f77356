"""Doses taken, skipped and missed. Pure."""

from app.parsing.meanings import Dose, DoseStatus
from app.parsing.pieces import NAMED
from app.parsing.roles import Roles
from app.parsing.scene import FILLER, Clause, Scene
from app.parsing.times import moment, when

_DENIALS = frozenset({"negation.deny_last", "negation.deny_next", "signs.cannot"})
_MEDICINES = frozenset({"doses.medicine", NAMED})
_VERBS = frozenset({"doses.taken", "doses.take", "doses.skipped", "doses.missed"})
_NO_REPORT = ("asks.question", "asks.hypothetical", "doses.prescribed")
_MEALS = frozenset({"words.breakfast", "words.lunch", "words.dinner", "words.food", "words.eat"})
_FOODS = (_MEALS - {"words.eat"}) | {"words.snack", "counts.food", "meals.tiffin"}
_EATEN = frozenset({"words.eat", "meals.ate"})
_LINKS = frozenset({FILLER, "words.and", "words.but", "words.but_after_verb"})
_NEAR = 3
MOST_MENTIONS = 40
"""More are no message of doses; it bounds the work."""


def doses(scene: Scene, roles: Roles) -> list[Dose]:
    """List the doses a message speaks of with a word that says what became of them."""
    found: list[Dose] = []
    for index in _mentions(scene)[:MOST_MENTIONS]:
        status = _status(scene, index)
        if status is not None:
            found.append(_dose(scene, roles, index, status))
    return found


def _mentions(scene: Scene) -> list[int]:
    """List the medicines named; a plain "tablet" beside a name is the same medicine."""
    if _MEDICINES.isdisjoint(scene.concepts):
        return []
    named = [n for n, piece in enumerate(scene.pieces) if piece.medicine]
    taken = {scene.clause_of[n] for n in named}
    vague = [
        n
        for n, piece in enumerate(scene.pieces)
        if "doses.medicine" in piece.concepts
        and not piece.medicine
        and scene.clause_of[n] not in taken
    ]
    once = {scene.clause_of[n]: n for n in reversed(vague)}
    return sorted([*named, *once.values()])


def _status(scene: Scene, index: int) -> DoseStatus | None:
    clause = scene.clause(index)
    own = _said(scene, clause)
    if own is not None or _has_verb(scene, clause):
        return own
    number = scene.clause_of[index]
    if _is_left_out(scene, index, number):
        return DoseStatus.SKIPPED
    return _shared(scene, index, number, -1) or _shared(scene, index, number, 1)


def _is_left_out(scene: Scene, index: int, number: int) -> bool:
    """Whether a bare denial sets a medicine against one that was taken: "X li, Y nahi"."""
    behind = scene.has(scene.beside(index, 1), "negation.deny_last")
    denied = behind or scene.has(scene.beside(index, -1), "negation.deny_next")
    if scene.clause(index).asked or not denied:
        return False
    near = [n for n in (number - 1, number + 1) if 0 <= n < len(scene.clauses)]
    joined = [n for n in near if _is_set_against(scene, min(n, number), max(n, number))]
    return any(scene.within(scene.clauses[n], "doses.taken") for n in joined)


def _is_set_against(scene: Scene, one: int, other: int) -> bool:
    return scene.clauses[other].joined or scene.within(scene.clauses[one], "words.but")


def _shared(scene: Scene, index: int, number: int, step: int) -> DoseStatus | None:
    """Take the verb of a neighbour joined by "and" or a comma: "took X and Y", "X aur Y li"."""
    near = number + step
    if not 0 <= near < len(scene.clauses):
        return None
    clause = scene.clauses[near]
    mentions = [at for at in range(clause.first, clause.last) if _is_medicine(scene, at)]
    ran_out = step > 0 and scene.within(scene.clause(index), "doses.ran_out")
    if not (scene.clauses[max(number, near)].joined or ran_out):
        return None
    if not _has_verb(scene, clause):
        onward = mentions or (ran_out and not _says_more(scene, clause))
        return _shared(scene, index, near, step) if onward else None
    verb = _verbs(scene, clause)[0]
    if mentions and (step < 0) != (verb < mentions[0]):
        return None
    return _said(scene, clause)


def _says_more(scene: Scene, clause: Clause) -> bool:
    """Whether a clause is more than the "so" that joins two others."""
    return any(
        scene.pieces[at].kind != "mark" and not scene.may_be(at, _LINKS)
        for at in range(clause.first, clause.last)
    )


def _is_medicine(scene: Scene, index: int) -> bool:
    return scene.may_be(index, _MEDICINES)


def _has_verb(scene: Scene, clause: Clause) -> bool:
    return scene.within(clause, *_VERBS)


def _said(scene: Scene, clause: Clause) -> DoseStatus | None:
    """Give what a clause says became of a dose; a question or prescription says nothing."""
    if clause.asked or scene.within(clause, *_NO_REPORT):
        return None
    if scene.within(clause, "doses.missed"):
        return None if _denied_missing(scene, clause) else DoseStatus.MISSED
    if scene.within(clause, "doses.skipped"):
        return DoseStatus.SKIPPED
    return _taken_or_not(scene, clause)


def _taken_or_not(scene: Scene, clause: Clause) -> DoseStatus | None:
    verbs = _verbs(scene, clause)
    if any(_denied(scene, at, clause) for at in verbs):
        return DoseStatus.SKIPPED
    if scene.within(clause, "doses.future"):
        return None
    taken = [at for at in verbs if scene.has(at, "doses.taken")]
    return None if any(_is_before(scene, at) for at in taken) or not taken else DoseStatus.TAKEN


def _is_before(scene: Scene, verb: int) -> bool:
    """Whether "before" follows the verb itself, and not the meal behind it."""
    reach = (1,) if scene.may_be(verb + 1, _MEALS) else (1, 2)
    return any(scene.has(verb + n, "words.before_last") for n in reach)


def _verbs(scene: Scene, clause: Clause) -> list[int]:
    within = range(clause.first, clause.last)
    return [at for at in within if not _VERBS.isdisjoint(scene.pieces[at].concepts)]


def _denied(scene: Scene, verb: int, clause: Clause) -> bool:
    near = range(max(clause.first, verb - _NEAR), min(clause.last, verb + _NEAR))
    return any(scene.may_be(at, _DENIALS) and not _is_of_a_meal(scene, at, verb) for at in near)


def _is_of_a_meal(scene: Scene, denial: int, verb: int) -> bool:
    """Whether "without" is said of the food beside it: "bina khana khaye li", "khaye bina li"."""
    if not scene.has(denial, "negation.deny_next"):
        return False
    behind = denial < verb and scene.may_be(denial - 1, _EATEN)
    return behind or scene.may_be(denial + 1, _FOODS)


def _denied_missing(scene: Scene, clause: Clause) -> bool:
    missed = next(at for at in range(clause.first, clause.last) if scene.has(at, "doses.missed"))
    if scene.has(missed, "negation.within"):
        return True
    return any(
        not _DENIALS.isdisjoint(scene.pieces[at].concepts) and not scene.has(at, "doses.missed")
        for at in range(max(clause.first, missed - 2), min(clause.last, missed + 2))
    )


def _dose(scene: Scene, roles: Roles, index: int, status: DoseStatus) -> Dose:
    piece = scene.pieces[index]
    time = when(scene, scene.clause(index), roles)
    at = moment(time, scene.message.received_at) if status is DoseStatus.TAKEN and time else None
    return Dose(
        piece.medicine,
        status,
        at,
        spans=((piece.start, piece.end),),
        rules=(f"dose-{status.lower()}",),
    )
