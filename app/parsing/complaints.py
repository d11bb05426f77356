"""What a person complains of, denied or not, piece by piece. Pure."""

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from app.parsing.meanings import SYMPTOMS
from app.parsing.scene import Scene

_SYMPTOMS = {f"symptoms.{name}": name for name in SYMPTOMS}
_PAIRS = (
    ("body.chest", ("signs.pain", "signs.difficulty"), "chest_pain"),
    ("body.breath", ("signs.difficulty", "signs.cannot"), "breathless"),
    ("body.breath", ("signs.deep",), "deep_breathing"),
    ("body.breath", ("signs.fast",), "breathless"),
    ("body.breath", ("signs.fruity",), "fruity_breath"),
    ("body.mouth", ("signs.fruity",), "fruity_breath"),
    ("body.head", ("signs.pain",), "headache"),
    ("body.belly", ("signs.pain",), "abdominal_pain"),
    ("body.limb", ("signs.tremble",), "shaky"),
    ("body.side", ("signs.numb", "signs.droop", "symptoms.weak"), "one_sided_weakness"),
    ("body.face", ("signs.droop", "signs.numb"), "one_sided_weakness"),
    ("body.mouth", ("signs.droop",), "one_sided_weakness"),
    ("body.speech", ("signs.slur",), "one_sided_weakness"),
    ("body.sight", ("signs.blur",), "blurred_vision"),
    ("body.heart", ("signs.fast",), "palpitations"),
    ("body.heart", ("signs.pain",), "chest_pain"),
    ("body.urine", ("signs.often",), "frequent_urination"),
)
_WITH_DENIAL = (
    ("signs.swallow", "cannot_swallow"),
    ("body.awake", "unconscious"),
    ("signs.respond", "unconscious"),
    ("signs.recognise", "confusion"),
)
_AWAKE = "body.awake"
_LOST = frozenset({"signs.lost", "negation.deny_last"})
_SOON = 3
_SIDE_DENIED = ("signs.move", "one_sided_weakness")
BODILY = frozenset(
    {
        *_SYMPTOMS,
        *(part for part, _, _ in _PAIRS),
        *(sign for _, signs, _ in _PAIRS for sign in signs),
        *(power for power, _ in _WITH_DENIAL),
        _SIDE_DENIED[0],
    }
)
DENIALS = frozenset({"negation.deny_last", "negation.deny_next", "signs.cannot"})
REACH = 6


class Hit(NamedTuple):
    """A complaint: its first and last piece, its name, and the rule that found it."""

    first: int
    last: int
    name: str
    rule: str


def direct(scene: Scene) -> list[Hit]:
    """Find the words that name a complaint by themselves."""
    return [
        Hit(index, index, _SYMPTOMS[concept], "symptom")
        for index, piece in enumerate(scene.pieces)
        for concept in piece.concepts
        if concept in _SYMPTOMS and "negation.within" not in piece.concepts
    ]


def paired(scene: Scene) -> list[Hit]:
    """Find a part of the body beside what is wrong with it, in either order."""
    found = []
    places = _places(scene)
    for part, signs, name in _PAIRS:
        for at in places.get(part, ()):
            for sign in signs:
                found += [
                    Hit(min(at, other), max(at, other), name, "body-sign")
                    for other in _near(places.get(sign, []), at)
                    if _together(scene, at, other)
                ]
    return found


def _near(places: list[int], at: int) -> list[int]:
    return places[bisect_left(places, at - REACH) : bisect_right(places, at + REACH)]


def _places(scene: Scene) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for index, piece in enumerate(scene.pieces):
        for concept in piece.concepts:
            places.setdefault(concept, []).append(index)
    return places


def _together(scene: Scene, one: int, other: int) -> bool:
    """Whether two pieces are near, with no full stop between them."""
    if abs(one - other) > REACH:
        return False
    first, last = sorted((scene.clause_of[one], scene.clause_of[other]))
    return all(scene.clauses[n].joined for n in range(first + 1, last + 1)) and last - first <= 1


def denied_powers(scene: Scene) -> list[Hit]:
    """Find what a person cannot do: swallow, answer, be awake, move a side."""
    found = []
    for index, piece in enumerate(scene.pieces):
        for concept, name in _WITH_DENIAL:
            there = concept == _AWAKE and _is_there(scene, index)
            if concept in piece.concepts and not there and _denial_beside(scene, index, after=True):
                found.append(Hit(index, index, _of_a_limb(scene, index) or name, "cannot"))
        if _AWAKE in piece.concepts and not _is_there(scene, index) and _is_lost(scene, index):
            found.append(Hit(index, index, "unconscious", "cannot"))
        if "body.breath" in piece.concepts and _breath_fails(scene, index):
            found.append(Hit(index, index, "breathless", "cannot"))
        if (
            _SIDE_DENIED[0] in piece.concepts
            and scene.in_clause(index, "body.side")
            and _denial_beside(scene, index, after=True)
        ):
            found.append(Hit(index, index, _SIDE_DENIED[1], "cannot"))
    return found


def _is_there(scene: Scene, index: int) -> bool:
    """Whether consciousness is said to be there, with no denial next to it: "is awake but"."""
    said = scene.has(index + 1, "words.copula") and not scene.may_be(index + 1, _LOST)
    return said and not scene.may_be(index + 2, _LOST | {"words.filler"})


def _is_lost(scene: Scene, index: int) -> bool:
    """Whether consciousness is gone, or "no longer" or "still not" there."""
    for at in range(index + 1, min(len(scene.pieces), index + 1 + _SOON)):
        if scene.pieces[at].kind == "mark":
            return False
        if scene.may_be(at, _LOST):
            return True
    return False


def _of_a_limb(scene: Scene, index: int) -> str:
    """Name what it is that an arm or a leg does not rise: the person is awake."""
    near = range(max(scene.clause(index).first, index - 2), index)
    limb = any(scene.may_be(at, frozenset({"body.limb", "body.side"})) for at in near)
    return _SIDE_DENIED[1] if limb and scene.has(index, _SIDE_DENIED[0]) else ""


def _breath_fails(scene: Scene, index: int) -> bool:
    """Whether breath is what is not taken or does not come."""
    clause = scene.clause(index)
    near = range(index + 1, min(clause.last, index + 5))
    verb = any(scene.has(at, name) for at in near for name in ("doses.take", "words.show"))
    troubled = any(scene.has(at, "signs.difficulty") for at in near)
    return verb and not troubled and any(scene.has(at, "negation.deny_last") for at in near)


def _denial_beside(scene: Scene, index: int, *, after: bool) -> bool:
    clause = scene.clause(index)
    around = range(max(clause.first, index - 3), min(clause.last, index + (4 if after else 1)))
    return any(not DENIALS.isdisjoint(scene.pieces[at].concepts) for at in around)
