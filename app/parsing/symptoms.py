"""What a person complains of, denied or not, in whoever's words. Pure."""

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import NamedTuple

from app.parsing.meanings import RED_FLAGS, SYMPTOMS, Symptoms
from app.parsing.pieces import NAMED
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
_BODILY = frozenset(
    {
        *_SYMPTOMS,
        *(part for part, _, _ in _PAIRS),
        *(sign for _, signs, _ in _PAIRS for sign in signs),
        *(power for power, _ in _WITH_DENIAL),
        _SIDE_DENIED[0],
    }
)
_DENIALS = frozenset({"negation.deny_last", "negation.deny_next", "signs.cannot"})
_OTHER_VERBS = frozenset({"doses.take", "doses.taken", "doses.missed", "meals.had", "meals.ate"})
_DENIED_ITSELF = frozenset(
    {"signs.lacking", "words.food", "counts.food", "others.water", "doses.medicine", NAMED}
)
"""What else a sick person does without: a denial right behind it says nothing of a symptom."""
_RELATED = frozenset({"words.after_last", "words.before_last"})
_SAYING = frozenset({"words.copula", "words.show", *_DENIALS, *_OTHER_VERBS})
_LONG_LIST = 3
_REACH = 6
_DENIAL_REACH = 4


class _Hit(NamedTuple):
    first: int
    last: int
    name: str
    rule: str


def symptoms(scene: Scene) -> list[Symptoms]:
    """Give everything complained of as one meaning, or nothing."""
    if _BODILY.isdisjoint(scene.concepts):
        return []
    all_hits = sorted((*_direct(scene), *_paired(scene), *_denied_powers(scene)))
    denied = _with_lists(scene, all_hits, {hit for hit in all_hits if _is_denied(scene, hit)})
    hits = [hit for hit in all_hits if hit not in denied]
    names = {hit.name for hit in hits}
    if "deep_breathing" in names and not any(
        h.name == "breathless" and h.rule == "symptom" for h in hits
    ):
        hits = [hit for hit in hits if not (hit.name == "breathless" and _overlaps_deep(hit, hits))]
    if "one_sided_weakness" in names:
        hits = [hit for hit in hits if not (hit.name == "weak" and _inside(hit, hits))]
    if not hits:
        return []
    hits.sort()
    spans = tuple((scene.pieces[h.first].start, scene.pieces[h.last].end) for h in hits)
    rules = tuple(dict.fromkeys(hit.rule for hit in hits))
    return [Symptoms(tuple(sorted({hit.name for hit in hits})), spans=spans, rules=rules)]


def _overlaps_deep(hit: _Hit, hits: list[_Hit]) -> bool:
    return any(
        h.name == "deep_breathing" and h.first <= hit.last and hit.first <= h.last for h in hits
    )


def _inside(hit: _Hit, hits: list[_Hit]) -> bool:
    return any(
        h.name == "one_sided_weakness" and h.first <= hit.first and hit.last <= h.last for h in hits
    )


def _direct(scene: Scene) -> list[_Hit]:
    return [
        _Hit(index, index, _SYMPTOMS[concept], "symptom")
        for index, piece in enumerate(scene.pieces)
        for concept in piece.concepts
        if concept in _SYMPTOMS and "negation.within" not in piece.concepts
    ]


def _paired(scene: Scene) -> list[_Hit]:
    """Find a part of the body beside what is wrong with it, in either order."""
    found = []
    places = _places(scene)
    for part, signs, name in _PAIRS:
        for at in places.get(part, ()):
            for sign in signs:
                found += [
                    _Hit(min(at, other), max(at, other), name, "body-sign")
                    for other in _near(places.get(sign, []), at)
                    if _together(scene, at, other)
                ]
    return found


def _near(places: list[int], at: int) -> list[int]:
    return places[bisect_left(places, at - _REACH) : bisect_right(places, at + _REACH)]


def _places(scene: Scene) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for index, piece in enumerate(scene.pieces):
        for concept in piece.concepts:
            places.setdefault(concept, []).append(index)
    return places


def _together(scene: Scene, one: int, other: int) -> bool:
    """Whether two pieces are near, with no full stop between them."""
    if abs(one - other) > _REACH:
        return False
    first, last = sorted((scene.clause_of[one], scene.clause_of[other]))
    return all(scene.clauses[n].joined for n in range(first + 1, last + 1)) and last - first <= 1


def _denied_powers(scene: Scene) -> list[_Hit]:
    """Find what a person cannot do: swallow, answer, be awake, move a side."""
    found = []
    for index, piece in enumerate(scene.pieces):
        for concept, name in _WITH_DENIAL:
            there = concept == _AWAKE and _is_there(scene, index)
            if concept in piece.concepts and not there and _denial_beside(scene, index, after=True):
                found.append(_Hit(index, index, _of_a_limb(scene, index) or name, "cannot"))
        if _AWAKE in piece.concepts and not _is_there(scene, index) and _is_lost(scene, index):
            found.append(_Hit(index, index, "unconscious", "cannot"))
        if "body.breath" in piece.concepts and _breath_fails(scene, index):
            found.append(_Hit(index, index, "breathless", "cannot"))
        if (
            _SIDE_DENIED[0] in piece.concepts
            and scene.in_clause(index, "body.side")
            and _denial_beside(scene, index, after=True)
        ):
            found.append(_Hit(index, index, _SIDE_DENIED[1], "cannot"))
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
    return any(not _DENIALS.isdisjoint(scene.pieces[at].concepts) for at in around)


def _is_denied(scene: Scene, hit: _Hit) -> bool:
    """Whether a word denies the symptom: before it in some languages, behind it in others."""
    if hit.rule == "cannot":
        return False
    return _denied_before(scene, hit) or _denied_behind(scene, hit) or _neither(scene, hit)


def _with_lists(scene: Scene, hits: list[_Hit], denied: set[_Hit]) -> set[_Hit]:
    """Deny the other symptoms of a list that one denial stands before or behind.

    A red flag is only taken back by "or": an emergency is not lost to the grammar of a list.
    """
    for listed in _lists(scene, hits):
        if not (_opens_with_denial(scene, listed[0]) or _closes_with_denial(scene, listed[-1])):
            continue
        either = any(_parts(scene, one, other) == "or" for one, other in pairwise(listed))
        spared = () if either else RED_FLAGS
        if either or len(listed) >= _LONG_LIST or _is_joined(scene, listed):
            denied = denied | {hit for hit in listed if hit.name not in spared}
    return denied


def _lists(scene: Scene, hits: list[_Hit]) -> list[list[_Hit]]:
    """List the runs of symptoms that have nothing but "and", "or" and commas between them."""
    runs: list[list[_Hit]] = []
    for hit in hits:
        if runs and (hit.first <= runs[-1][-1].last or _parts(scene, runs[-1][-1], hit)):
            runs[-1].append(hit)
        else:
            runs.append([hit])
    return [run for run in runs if len(run) > 1]


def _is_joined(scene: Scene, listed: list[_Hit]) -> bool:
    """Whether "and" joins bare words: a complaint told in several holds a verb of its own."""
    joined = any(_parts(scene, one, other) == "and" for one, other in pairwise(listed))
    return joined and all(scene.pieces[hit.first].words == 1 for hit in listed[:-1])


def _opens_with_denial(scene: Scene, hit: _Hit) -> bool:
    return hit.rule != "cannot" and scene.has(hit.first - 1, "negation.deny_next")


def _closes_with_denial(scene: Scene, hit: _Hit) -> bool:
    """Whether nothing but the denial stands behind: "nahi", not "thik nahi lag raha"."""
    if hit.rule == "cannot" or not scene.has(hit.last + 1, "negation.deny_last"):
        return False
    after, clause = hit.last + 2, scene.clause(hit.last)
    plain = frozenset({"words.copula", "words.filler", "words.but", "words.and"})
    ends = after >= clause.last or scene.pieces[after].kind == "mark"
    return not _takes_more(scene, hit.last + 1) and (ends or scene.may_be(after, plain))


def _parts(scene: Scene, one: _Hit, other: _Hit) -> str:
    """Say what joins two symptoms of a list: `or`, `and`, `comma`, `none`; empty for a verb."""
    joints = {"none"}
    for at in range(one.last + 1, other.first):
        joint = _joint(scene, at)
        if not joint:
            return ""
        joints.add(joint)
    return next(joint for joint in ("or", "and", "comma", "none") if joint in joints)


def _joint(scene: Scene, index: int) -> str:
    piece = scene.pieces[index]
    if "words.or" in piece.concepts or piece.key == "/":
        return "or"
    if "words.and" in piece.concepts or piece.key == ",":
        return "comma" if piece.key == "," else "and"
    plain = "words.filler" in piece.concepts and _SAYING.isdisjoint(piece.concepts)
    return "none" if plain else ""


def _neither(scene: Scene, hit: _Hit) -> bool:
    """Whether each of several symptoms has a denial before it: "na chakkar na ulti"."""
    if not scene.has(hit.first - 1, "negation.deny_last"):
        return False
    return any(
        scene.has(at, "negation.deny_last") and (_is_symptom(scene, at + 1) or at == hit.first - 3)
        for at in range(max(0, hit.first - _REACH), hit.first - 1)
    )


def _denied_before(scene: Scene, hit: _Hit) -> bool:
    clause = scene.clause(hit.first)
    at = hit.first - 1
    while at >= 0 and hit.first - at <= _DENIAL_REACH:
        piece = scene.pieces[at]
        if "negation.deny_next" in piece.concepts:
            return True
        carried = "words.or" in piece.concepts or piece.key == "/"
        if _is_denied_itself(scene, at) or (at < clause.first and not carried):
            return False
        if _is_symptom(scene, at) and not (carried or _carries(scene, at, hit.first)):
            return False
        if carried:
            clause = scene.clause(at)
        at -= 1
    return False


def _carries(scene: Scene, symptom: int, until: int) -> bool:
    return any(
        scene.has(at, "words.or") or scene.pieces[at].key == "/" for at in range(symptom + 1, until)
    )


def _is_symptom(scene: Scene, index: int) -> bool:
    return not _BODILY.isdisjoint(scene.pieces[index].concepts)


def _denied_behind(scene: Scene, hit: _Hit) -> bool:
    clause = scene.clause(hit.last)
    for at in range(hit.last + 1, min(clause.last, hit.last + 1 + _DENIAL_REACH)):
        denies_itself = scene.has(at, "negation.within") and _has_its_own(scene, at)
        if scene.has(at, "negation.deny_last") and not denies_itself:
            return not (_takes_more(scene, at) or _is_of_another(scene, hit, at))
        if _is_symptom(scene, at) and not _carries(scene, hit.last, at):
            return False
    return False


def _is_of_another(scene: Scene, hit: _Hit, denial: int) -> bool:
    """Whether something else stands before a denial that it denies: "dizzy, feel well not"."""
    return any(
        _is_denied_itself(scene, at) and not scene.may_be(scene.beside(at, 1), _RELATED)
        for at in range(hit.last + 1, denial)
    )


def _is_denied_itself(scene: Scene, at: int) -> bool:
    return scene.may_be(at, _DENIED_ITSELF)


def _has_its_own(scene: Scene, at: int) -> bool:
    """Whether a verb that holds its denial speaks of a complaint, a dose or a meal of its own."""
    return _is_symptom(scene, at) or scene.may_be(at, _OTHER_VERBS)


def _takes_more(scene: Scene, denial: int) -> bool:
    """Whether the denial belongs to a power that follows it: "nahi le pa rahe"."""
    return scene.has(denial, "signs.cannot") or scene.has(denial + 1, "signs.swallow")
