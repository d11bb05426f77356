"""Where a message goes on to another medicine with a verb of its own. Pure."""

from collections.abc import Sequence
from itertools import takewhile

from app.parsing.pieces import NAMED, Piece

VERBS = frozenset({"doses.taken", "doses.skipped", "doses.missed"})
DENIALS = frozenset({"negation.deny_last", "negation.deny_next", "negation.within"})
_MEDICINES = frozenset({"doses.medicine", NAMED})
OPENING = VERBS | DENIALS | _MEDICINES
"""What may begin what is told of a medicine."""
_LEFT_OUT = DENIALS | {"doses.skipped", "doses.missed"}
_LINKS = frozenset({"words.copula", "words.filler"})
_REACH = 10
_NEAR = 3


def another_dose(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Whether another medicine is told of from here on: "took X skipped Y", "X li Y nahi li".

    Args:
        before: What the clause has said so far.
        after: What follows, its first piece where the clause may be parted.
    """
    if not after or not (opens_dose(after[0]) and any(map(_tells, before))):
        return False
    ahead = after[:_REACH]
    if is_medicine(after[0]):
        told = _closes_with_verb(before) and (is_verb(ahead[0]) or any(map(_tells, ahead[1:])))
    else:
        own = any(map(is_medicine, takewhile(_is_no_mark, ahead)))
        told = own and _closes_with_medicine(before) and any(map(is_verb, ahead[: _NEAR - 1]))
    return told and _differ(before, ahead)


def opens_dose(piece: Piece) -> bool:
    """Whether a piece may begin what is told of a medicine."""
    return not OPENING.isdisjoint(piece.concepts)


def is_medicine(piece: Piece) -> bool:
    """Whether a piece names a medicine, or says "tablet"."""
    return not _MEDICINES.isdisjoint(piece.concepts)


def _is_no_mark(piece: Piece) -> bool:
    return piece.kind != "mark"


def is_verb(piece: Piece) -> bool:
    """Whether a piece says what became of a dose."""
    return not VERBS.isdisjoint(piece.concepts)


def _tells(piece: Piece) -> bool:
    return is_verb(piece) or "negation.deny_last" in piece.concepts


def _closes_with_verb(before: Sequence[Piece]) -> bool:
    """Whether a medicine and then its verb end what was said, past "hai"."""
    said = without_links(before)
    return len(said) > 1 and _tells(said[-1]) and any(map(is_medicine, said[:-1]))


def _closes_with_medicine(before: Sequence[Piece]) -> bool:
    """Whether a verb and then its medicine end what was said, past its dose."""
    said = [piece for piece in before if piece.kind == "word" and not _is_link(piece)]
    if len(said) < 2 or not is_medicine(said[-1]):  # noqa: PLR2004 - a verb and what it is said of
        return False
    first = next(n for n, piece in enumerate(said) if is_medicine(piece))
    return any(map(is_verb, said[:first]))


def without_links(before: Sequence[Piece]) -> list[Piece]:
    """Give what was said up to its last word that is no "is" and no filler."""
    last = next((n for n in range(len(before), 0, -1) if not _is_link(before[n - 1])), 0)
    return list(before[:last])


def _is_link(piece: Piece) -> bool:
    return not _LINKS.isdisjoint(piece.concepts) and not is_verb(piece)


def _differ(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Whether the two are different medicines, or one was taken and the other was not."""
    names = {p.medicine for p in before if p.medicine}, {p.medicine for p in after if p.medicine}
    if all(names) and names[0].isdisjoint(names[1]):
        return True
    return _is_left_out(before) != _is_left_out(after)


def _is_left_out(said: Sequence[Piece]) -> bool:
    return any(not _LEFT_OUT.isdisjoint(piece.concepts) for piece in said)
