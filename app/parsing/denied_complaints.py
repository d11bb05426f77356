"""Which complaints a message denies, one by one and in lists. Pure."""

from itertools import pairwise

from app.parsing.complaints import BODILY, DENIALS, REACH, Hit
from app.parsing.meanings import RED_FLAGS
from app.parsing.pieces import NAMED
from app.parsing.scene import Scene

_OTHER_VERBS = frozenset({"doses.take", "doses.taken", "doses.missed", "meals.had", "meals.ate"})
_DENIED_ITSELF = frozenset(
    {"signs.lacking", "words.food", "counts.food", "others.water", "doses.medicine", NAMED}
)
"""What else a sick person does without: a denial right behind it says nothing of a symptom."""
_RELATED = frozenset({"words.after_last", "words.before_last"})
_SAYING = frozenset({"words.copula", "words.show", *DENIALS, *_OTHER_VERBS})
_LONG_LIST = 3
_DENIAL_REACH = 4


def is_denied(scene: Scene, hit: Hit) -> bool:
    """Whether a word denies the symptom: before it in some languages, behind it in others."""
    if hit.rule == "cannot":
        return False
    return _denied_before(scene, hit) or _denied_behind(scene, hit) or _neither(scene, hit)


def with_lists(scene: Scene, hits: list[Hit], denied: set[Hit]) -> set[Hit]:
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


def _lists(scene: Scene, hits: list[Hit]) -> list[list[Hit]]:
    """List the runs of symptoms that have nothing but "and", "or" and commas between them."""
    runs: list[list[Hit]] = []
    for hit in hits:
        if runs and (hit.first <= runs[-1][-1].last or _parts(scene, runs[-1][-1], hit)):
            runs[-1].append(hit)
        else:
            runs.append([hit])
    return [run for run in runs if len(run) > 1]


def _is_joined(scene: Scene, listed: list[Hit]) -> bool:
    """Whether "and" joins bare words: a complaint told in several holds a verb of its own."""
    joined = any(_parts(scene, one, other) == "and" for one, other in pairwise(listed))
    return joined and all(scene.pieces[hit.first].words == 1 for hit in listed[:-1])


def _opens_with_denial(scene: Scene, hit: Hit) -> bool:
    return hit.rule != "cannot" and scene.has(hit.first - 1, "negation.deny_next")


def _closes_with_denial(scene: Scene, hit: Hit) -> bool:
    """Whether nothing but the denial stands behind: "nahi", not "thik nahi lag raha"."""
    if hit.rule == "cannot" or not scene.has(hit.last + 1, "negation.deny_last"):
        return False
    after, clause = hit.last + 2, scene.clause(hit.last)
    plain = frozenset({"words.copula", "words.filler", "words.but", "words.and"})
    ends = after >= clause.last or scene.pieces[after].kind == "mark"
    return not _takes_more(scene, hit.last + 1) and (ends or scene.may_be(after, plain))


def _parts(scene: Scene, one: Hit, other: Hit) -> str:
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


def _neither(scene: Scene, hit: Hit) -> bool:
    """Whether each of several symptoms has a denial before it: "na chakkar na ulti"."""
    if not scene.has(hit.first - 1, "negation.deny_last"):
        return False
    return any(
        scene.has(at, "negation.deny_last") and (_is_symptom(scene, at + 1) or at == hit.first - 3)
        for at in range(max(0, hit.first - REACH), hit.first - 1)
    )


def _denied_before(scene: Scene, hit: Hit) -> bool:
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
    return not BODILY.isdisjoint(scene.pieces[index].concepts)


def _denied_behind(scene: Scene, hit: Hit) -> bool:
    clause = scene.clause(hit.last)
    for at in range(hit.last + 1, min(clause.last, hit.last + 1 + _DENIAL_REACH)):
        denies_itself = scene.has(at, "negation.within") and _has_its_own(scene, at)
        if scene.has(at, "negation.deny_last") and not denies_itself:
            return not (_takes_more(scene, at) or _is_of_another(scene, hit, at))
        if _is_symptom(scene, at) and not _carries(scene, hit.last, at):
            return False
    return False


def _is_of_another(scene: Scene, hit: Hit, denial: int) -> bool:
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
