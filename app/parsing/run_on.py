"""Where a message goes on from a meal or a complaint to a medicine, or back. Pure."""

from collections.abc import Sequence
from itertools import takewhile

from app.parsing.meanings import SYMPTOMS
from app.parsing.pieces import Piece
from app.parsing.told_apart import DENIALS, VERBS, is_medicine, is_verb, without_links

_FOODS = frozenset({"words.food", "counts.food", "others.food", "meals.tiffin"})
_MEALS = frozenset({"words.breakfast", "words.lunch", "words.dinner", "words.snack"})
_ATE = frozenset({"meals.ate"})
_NOT_EATEN = frozenset({"meals.not_eaten", "negation.within"})
_LEFT_OUT = DENIALS | {"doses.skipped", "doses.missed", "meals.not_eaten"}
_FORWARD = frozenset({"negation.deny_next", "doses.skipped", "doses.missed"})
_BACKWARD = frozenset({"negation.deny_last", "negation.within"})
_SAID = VERBS | {"doses.take"}
_COMPLAINTS = frozenset({"signs.lacking", *(f"symptoms.{name}" for name in SYMPTOMS)})
OTHERS = _FOODS | _MEALS | _ATE | _COMPLAINTS | {"meals.not_eaten", "words.sugar"}
"""What else may be told of beside a medicine."""
_PARTING = frozenset({"words.and", "words.but", "words.or"})
_PARTS = frozenset({"times.morning", "times.noon", "times.evening", "times.night"})
_UNSAID = _PARTS | {"words.filler", "words.copula", "times.today", "times.now"}
"""What stands beside a verb and is none itself."""
_ENDINGS = 2
_NOTHING: frozenset[str] = frozenset()


def another_deed(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Whether a medicine is told of beside something else, and one of them is denied.

    "No lunch took X", "khana nahi khaya X li", "X li khana nahi khaya": a verb ends what is told
    in most of the languages, and a denial is of the verb next to it.

    Args:
        before: What the clause has said so far.
        after: What follows, its first piece where the clause may be parted.
    """
    ahead = list(takewhile(_goes_on, after))
    if not (before and ahead) or _is_left_out(before) == _is_left_out(ahead):
        return False
    if any(map(is_medicine, ahead)):
        return not any(map(is_medicine, before)) and _opens_dose(ahead) and _ends_denied(before)
    if not any(map(is_medicine, before)) or not _ends_with_dose(before):
        return False
    return _opens_denied(ahead, _SAID if is_medicine(without_links(before)[-1]) else _NOTHING)


def _has(said: Sequence[Piece], concepts: frozenset[str]) -> bool:
    return any(not concepts.isdisjoint(piece.concepts) for piece in said)


def _is_left_out(said: Sequence[Piece]) -> bool:
    return _has(said, _LEFT_OUT)


def _goes_on(piece: Piece) -> bool:
    return piece.kind != "mark" and _PARTING.isdisjoint(piece.concepts)


def _opens_dose(ahead: Sequence[Piece]) -> bool:
    """Whether a medicine comes first, right behind its verb or with the verb to come."""
    first = ahead[: 1 + is_verb(ahead[0])]
    return any(map(is_medicine, first)) and _has(ahead, _SAID)


def _ends_with_dose(before: Sequence[Piece]) -> bool:
    """Whether a medicine and its verb, denied or not, are the last of what was said."""
    said = without_links(before)
    verbs = [piece for piece in said[-_ENDINGS:] if not _has((piece,), _FOODS)]
    return len(said) > 1 and _has(verbs, _SAID)


def _opens_denied(ahead: Sequence[Piece], own: frozenset[str]) -> bool:
    """Whether something else comes first, perhaps behind its denial, and is denied.

    Args:
        ahead: What follows a medicine that has been told of.
        own: What may still be said of it: its verb, where none stands behind it.
    """
    denies_next = _has(ahead[:1], _FORWARD) and not _has(ahead[:1], _BACKWARD)
    named = [piece for piece in ahead[: 1 + denies_next] if own.isdisjoint(piece.concepts)]
    return _is_left_out(ahead) and _has(named, OTHERS)


def _ends_denied(before: Sequence[Piece]) -> bool:
    """Whether the last denial has a verb or a noun of its own, and is not of what comes next."""
    last = max((n for n, piece in enumerate(before) if _is_left_out((piece,))), default=-1)
    if last < 0:
        return False
    own = _has(before[last : last + 1], _NOT_EATEN) or _has(before[max(last - 1, 0) : last], _ATE)
    behind = [piece for piece in before[last + 1 :] if "words.copula" not in piece.concepts]
    named = any(map(_says_something, before[:last])) and bool(behind)
    return own or named or any(map(_says_something, behind))


def _says_something(piece: Piece) -> bool:
    return _UNSAID.isdisjoint(piece.concepts)
