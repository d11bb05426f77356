"""What a number is when it is no reading: ordered, named rules over the pieces. Pure."""

from collections.abc import Callable

from app.parsing import claims, labels
from app.parsing.beside import DURATIONS, SUGAR, counted, unit_of
from app.parsing.counted import count
from app.parsing.hours import SHIFTS, clock, counts_back, duration, minutes
from app.parsing.scene import Scene
from app.parsing.strengths import dose
from app.parsing.times import PARTS

READING = ""
MOST_ROLES = 80
"""More are no message of readings or meals; it bounds the work."""
_MONEY = frozenset("₹$€")
_PERCENT = frozenset("%٪°℃")
_VERBS = frozenset({"words.copula", "words.show"})
_YEARS = range(1940, 2100)
_LIST_NUMBER = 10
_CLOCKS = (
    PARTS
    | SHIFTS
    | frozenset(
        {"times.clock", "times.am", "times.pm", "times.told_hour", "times.at", "times.at_last"}
    )
)
Roles = dict[int, str]
_Rule = Callable[[Scene, int], str]


def roles(scene: Scene) -> Roles:
    """Name the role of every number that cannot be a reading, by the index of its piece."""
    found: Roles = dict.fromkeys(scene.numbers[MOST_ROLES:], "too_many")
    rules = _open_rules(scene) if scene.numbers else []
    for index, piece in enumerate(scene.pieces):
        if index in found:
            continue
        if piece.kind in {"clock", "date", "phone", "code"}:
            found[index] = piece.kind
        elif piece.kind == "number" or piece.values:
            name = next((name for rule in rules if (name := rule(scene, index))), READING)
            if name:
                found[index] = name
        elif "times.hour" in piece.concepts or "times.minute" in piece.concepts:
            _bare_unit(scene, index, found)
    return found


def _open_rules(scene: Scene) -> list[_Rule]:
    """List the rules that the message has words for."""
    said = scene.concepts
    return [rule for rule, needed in _RULES if needed is None or not needed.isdisjoint(said)]


def _bare_unit(scene: Scene, index: int, found: Roles) -> None:
    """An hour with no number before it counts back as one: "an hour ago"."""
    before = index - 1 - scene.has(index - 1, "sizes.one")
    if found.get(before) != "ago" and index - 1 not in found and counts_back(scene, index):
        found[index] = "ago"


def _hidden(scene: Scene, index: int) -> str:
    piece = scene.pieces[index]
    return "word" if piece.weak and not (counted(scene, index) or asks_back(scene, index)) else ""


def asks_back(scene: Scene, index: int) -> bool:
    """Whether a word that may be a number is said of sugar: it is asked about, never dropped."""
    before = index - 1
    if scene.may_be(before, _VERBS) and not scene.may_be(before, SUGAR):
        before -= 1
    at_end = index + 1 >= len(scene.pieces) or scene.pieces[index + 1].kind == "mark"
    ends = at_end or scene.may_be(index + 1, _VERBS) or unit_of(scene, index) is not None
    return scene.may_be(before, SUGAR) and ends


def _sign(scene: Scene, index: int) -> str:
    before = scene.pieces[index - 1].key if index else ""
    after = scene.pieces[index + 1].key if index + 1 < len(scene.pieces) else ""
    if before[:1] in _MONEY and before:
        return "money"
    if after and after[0] in _PERCENT:
        return "percent"
    numbered = after == ")" and before != "(" and scene.pieces[index].values[0] < _LIST_NUMBER
    return "list" if numbered else ""


def _year(scene: Scene, index: int) -> str:
    """Take "2012" beside "since" or "in" as a year: an illness is as often spoken of as sugar."""
    piece = scene.pieces[index]
    told = piece.values[0] in _YEARS and not piece.spoken and unit_of(scene, index) is None
    beside = scene.has(index - 1, "times.since") or scene.has(index + 1, "times.since")
    return "date" if told and beside else ""


def _ordinal(scene: Scene, index: int) -> str:
    piece = scene.pieces[index]
    following = scene.pieces[index + 1] if index + 1 < len(scene.pieces) else None
    ordinal = (
        following
        and following.start == piece.end
        and following.key in {"s", "st", "nd", "rd", "th"}
    )
    return "ordinal" if ordinal else ""


def _lab(scene: Scene, index: int) -> str:
    for at in scene.walk(index, -1):
        if scene.has(at, "words.hba1c"):
            return "hba1c"
        if (scene.is_number(at) and not scene.may_be(at + 1, DURATIONS)) or scene.has(
            at, "words.sugar"
        ):
            break
    after = scene.beside(index, 1)
    return (
        "hba1c"
        if after >= 0 and scene.has(after, "words.hba1c") and not _has_its_own(scene, after)
        else ""
    )


def _has_its_own(scene: Scene, lab: int) -> bool:
    following = scene.beside(lab, 1)
    return following >= 0 and scene.is_number(following)


def _blood_pressure(scene: Scene, index: int) -> str:
    """Take the numbers beside the words of a blood pressure where they are pressures."""
    for at in scene.walk(index, -1):
        if scene.has(at, "words.blood_pressure"):
            return "pressure"
        if scene.has(at, "words.sugar") or scene.may_be(
            at, frozenset({"words.fasting", "words.post_meal"})
        ):
            break
    return ""


_ALWAYS: frozenset[str] | None = None
_RULES: tuple[tuple[_Rule, frozenset[str] | None], ...] = (
    (_hidden, _ALWAYS),
    (clock, _CLOCKS),
    (duration, DURATIONS | {"times.later_hour"}),
    (minutes, frozenset({"times.told_hour"})),
    (_lab, frozenset({"words.hba1c"})),
    (_sign, _ALWAYS),
    (_year, frozenset({"times.since"})),
    (_ordinal, _ALWAYS),
    (dose, _ALWAYS),
    (_blood_pressure, frozenset({"words.blood_pressure"})),
    (labels.numbered, frozenset({labels.NUMBER})),
    (labels.dated, frozenset({labels.DATE})),
    (labels.priced, _ALWAYS),
    (count, frozenset({"counts.noun", "counts.food", "counts.before_number"})),
    (claims.denied, frozenset({"negation.deny_next", "negation.deny_last"})),
    (claims.span, _ALWAYS),
    (claims.former, frozenset({"words.changed"})),
    (claims.passed, frozenset({"words.passed"})),
    (claims.supposed, frozenset({"asks.hypothetical"})),
    (claims.asked, frozenset({"asks.judgement"})),
)
"""The rules in their order, each with the words it needs one of anywhere in the message."""
