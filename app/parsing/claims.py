"""What is said of a number that is not reported: supposed, asked, taken back. Pure."""

from app.parsing.pieces import NAMED
from app.parsing.scene import FILLER, Scene

_TWO = 2
_MOST_SHOWN = 600
_AHEAD = 5
_ROUND, _FURTHER = 50, 100
_DENIALS = frozenset({"negation.deny_last", "negation.deny_next"})
_ENDS = frozenset({"words.copula", "words.presumed"})
_BESIDE = _DENIALS | _ENDS | {FILLER, "words.sugar", "words.correction"}
_DAYS = frozenset({"times.yesterday", "times.day_before_yesterday", "times.tomorrow"})
_NOT_SUGAR = (
    *("asks.hypothetical", "doses.medicine", NAMED, "doses.unit", "counts.before_number"),
)


def denied(scene: Scene, index: int) -> str:
    """Drop the number that a correction takes back: "181 nahi 118", "not 181"."""
    if len(scene.numbers) < _TWO or not scene.is_number(index):
        return ""
    if scene.has(index - 1, "negation.deny_next"):
        return "denied"
    if scene.has(index + 1, "negation.deny_last") and not scene.has(
        index + 1, "negation.deny_next"
    ):
        ahead = range(index + 2, index + _AHEAD)
        is_other_ahead = any(scene.is_number(at) for at in ahead)
        return "denied" if is_other_ahead or _closes(scene, index) else ""
    return ""


def _closes(scene: Scene, index: int) -> bool:
    """Whether a number and its denial end the message behind another number: "118, 181 nahi"."""
    behind = scene.pieces[index + 2 :]
    is_end = all(one.kind == "mark" or one.concepts & _ENDS for one in behind)
    return is_end and any(at < index for at in scene.numbers)


def span(scene: Scene, index: int) -> str:
    """Take both ends of "70-100", "70 to 100" and "70 se 100"."""
    for step in (1, -1):
        middle, other = index + step, index + 2 * step
        if not (scene.is_number(other) and 0 <= middle < len(scene.pieces)):
            continue
        piece = scene.pieces[middle]
        dash = piece.key in {"-", "–", "—", "~"} and piece.kind == "mark"
        if (dash or "words.up_to" in piece.concepts) and not _two_states(scene):
            came = not dash and step < 0 and _changed(scene, index)
            return "" if came else "range"
    return ""


def former(scene: Scene, index: int) -> str:
    """Take the first number of a change with more than "to" between: "300 se ghat kar 180"."""
    if not _changed(scene, index):
        return ""
    ahead = [at for at in range(index + 1, scene.clause(index).last) if scene.is_number(at)]
    if not ahead or ahead[0] - index > _AHEAD:
        return ""
    return "range" if scene.has(index + 1, "words.up_to") else ""


def passed(scene: Scene, index: int) -> str:
    """Take a round number that was passed by the reading told with it: "crossed 200, 242"."""
    value = scene.pieces[index].values[0]
    if value % _ROUND or not scene.has(index + 1, "words.passed"):
        return ""
    others = (at for at in scene.numbers if at != index and scene.is_number(at))
    near = (at for at in others if abs(at - index) <= _AHEAD)
    above = any(value < scene.pieces[at].values[0] < value + _FURTHER for at in near)
    return "range" if above else ""


def _changed(scene: Scene, index: int) -> bool:
    """Whether the clause tells that the sugar came from one value to another."""
    clause = scene.clause(index)
    if not scene.within(clause, "words.changed") or scene.within(clause, *_NOT_SUGAR):
        return False
    return scene.within(clause, "words.sugar", "words.fasting", "words.post_meal")


def _two_states(scene: Scene) -> bool:
    return scene.anywhere("words.fasting") and scene.anywhere(
        "words.post_meal", "words.after_last", "words.after_next"
    )


def supposed(scene: Scene, index: int) -> str:
    """Drop a number of a clause that speaks of what should be, or of what is usual."""
    if not scene.in_clause(index, "asks.hypothetical") or puts_right(scene):
        return ""
    return "" if _may_be_told(scene, index) else "supposed"


def _may_be_told(scene: Scene, index: int) -> bool:
    """Whether sugar is presumed so high that it is asked about: Marathi "sugar 710 asel"."""
    clause = scene.clause(index)
    presumed = scene.within(clause, "words.presumed") and scene.within(clause, "words.sugar")
    return presumed and scene.pieces[index].values[0] > _MOST_SHOWN and not scene.asks(clause)


def puts_right(scene: Scene) -> bool:
    """Whether a message is nothing but one value for another: "118 hoga, 181 nahi"."""
    told = [at for at in scene.numbers if not scene.may_be(at, _DENIALS)]
    if len(told) != _TWO or not scene.anywhere("words.presumed"):
        return False
    others = (at for at in range(len(scene.pieces)) if at not in told)
    is_alone = all(_goes_beside(scene, at) for at in others)
    return is_alone and sum(bool(denied(scene, at)) for at in told) == 1


def _goes_beside(scene: Scene, index: int) -> bool:
    if scene.may_be(index, _DAYS):
        return False
    return scene.pieces[index].kind == "mark" or scene.may_be(index, _BESIDE)


def asked(scene: Scene, index: int) -> str:
    """Drop a number that the clause asks about and does not report."""
    clause = scene.clause(index)
    if not scene.asks(clause) or not scene.within(clause, "asks.judgement"):
        return ""
    reported = any(
        scene.has(at, "words.show") and not scene.has(at, "asks.question")
        for at in range(clause.first, clause.last)
    )
    return "" if reported or _told_first(scene, index) else "asked"


def _told_first(scene: Scene, index: int) -> bool:
    """Whether the question opens only behind the number: "sugar 45 is it low?"."""
    clause = scene.clause(index)
    before = any(scene.has(at, "asks.question") for at in range(clause.first, index))
    behind = scene.beside(index, 1)
    judged = scene.has(index + 1, "asks.judgement")
    return not before and not judged and behind >= 0 and scene.has(behind, "asks.question")
