"""A message as the rules see it: pieces in clauses. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from app.parsing.glued import unglued
from app.parsing.language import heard_in
from app.parsing.lexicon import Lexicon
from app.parsing.meanings import Message
from app.parsing.pieces import Piece, orders, pieces
from app.parsing.run_on import OTHERS, another_deed
from app.parsing.run_together import spaced
from app.parsing.tokens import tokens
from app.parsing.told_apart import OPENING, another_dose, is_medicine

FILLER = "words.filler"
LONGEST = 60
"""How many pieces a clause may have; a text without stops is parted here, to bound the work."""
FAR = 24
"""How many pieces away one word may still say something of another."""
_NUMERIC = frozenset({"number", "ratio"})
_STOPS = frozenset(",;|+&()[]{}")
_ENDS = frozenset(".!?…।॥\n")
_LINKS = frozenset("-:=~–—*_'\"")
_AND = "words.and"
_LABEL = "words.number"
_BUT_BEHIND = "words.but_after_verb"
_LEAST_READING = 20
_DAYS = frozenset({"times.today", "times.yesterday", "times.day_before_yesterday"})
_TODAY = "times.today"
_NO_DAYS: frozenset[str] = frozenset()
_SAY_NOTHING = frozenset({"other", "words.presumed"})
"""What makes no known word of one: a value that is presumed is told only beside a denied one."""
_DAY_WORDS = _DAYS | {"times.now"}
_OPENING = _DAY_WORDS | OPENING | OTHERS
_PARTING = frozenset({_AND, "words.but", _BUT_BEHIND})
_TOLD = frozenset({"meals.ate", "doses.taken", "doses.missed", "doses.skipped", "counts.food"})
_VERBAL = frozenset(
    {
        "words.copula",
        "doses.taken",
        "negation.deny_last",
        "doses.skipped",
        "doses.missed",
        "words.show",
    }
)


class Clause(NamedTuple):
    """A stretch of pieces between stops.

    Attributes:
        first: Index of its first piece.
        last: Index behind its last.
        asked: Whether a question mark ends it.
        joined: Whether only "and" or a comma stands before it.
        concepts: Everything its pieces may mean.
    """

    first: int
    last: int
    asked: bool
    joined: bool
    concepts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scene:
    """A message, cut and named.

    Attributes:
        message: As received.
        lexicon: The words of the languages it can be in.
        pieces: What stands in it, in order.
        clauses: Half-open stretches of pieces, in order.
        clause_of: The index of each piece's clause.
        orders: The commands and names of languages, which may lie over pieces.
        concepts: Everything the pieces may mean.
        numbers: The indices of the numbers and ratios.
    """

    message: Message
    lexicon: Lexicon
    pieces: tuple[Piece, ...]
    clauses: tuple[Clause, ...]
    clause_of: tuple[int, ...]
    orders: tuple[Piece, ...]
    concepts: frozenset[str]
    numbers: tuple[int, ...]

    def has(self, index: int, concept: str) -> bool:
        """Whether the piece there may mean a concept."""
        return 0 <= index < len(self.pieces) and concept in self.pieces[index].concepts

    def is_number(self, index: int) -> bool:
        """Whether the piece there is a number, or two with a stroke between."""
        return 0 <= index < len(self.pieces) and self.pieces[index].kind in _NUMERIC

    def may_be(self, index: int, concepts: frozenset[str]) -> bool:
        """Whether the piece there may mean any of the concepts."""
        return 0 <= index < len(self.pieces) and not concepts.isdisjoint(
            self.pieces[index].concepts
        )

    def clause(self, index: int) -> Clause:
        """Give the clause a piece stands in."""
        return self.clauses[self.clause_of[index]]

    def in_clause(self, index: int, *concepts: str) -> bool:
        """Whether any of the concepts stands in the piece's clause."""
        return self.within(self.clause(index), *concepts)

    def within(self, clause: Clause, *concepts: str) -> bool:
        """Whether any of the concepts stands in a clause."""
        return not clause.concepts.isdisjoint(concepts)

    def asks(self, clause: Clause) -> bool:
        """Whether a clause asks: by its mark, a word that asks, or one that does so in front."""
        if clause.asked or "asks.question" in clause.concepts:
            return True
        if "asks.question_first" not in self.pieces[clause.first].concepts:
            return False
        after = clause.first + 1
        counts = self.has(after, "counts.food") or self.is_number(after)
        return not (counts and self.is_number(clause.first))

    def anywhere(self, *concepts: str) -> bool:
        """Whether any of the concepts stands in the message."""
        return not self.concepts.isdisjoint(concepts)

    def walk(
        self, index: int, step: int, *, skip: frozenset[str] = frozenset({FILLER})
    ) -> Iterator[int]:
        """Go from a piece to the others of its clause, past fillers and linking marks.

        Not further than `FAR` pieces: a message of any length is read in a time linear in it.
        """
        clause = self.clause(index)
        first, last = max(clause.first, index - FAR), min(clause.last, index + FAR + 1)
        at = index + step
        while first <= at < last:
            piece = self.pieces[at]
            if not (piece.kind == "mark" and piece.key in _LINKS) and skip.isdisjoint(
                piece.concepts
            ):
                yield at
            at += step

    def beside(self, index: int, step: int) -> int:
        """Give the next piece of the clause in a direction past fillers, or -1."""
        return next(self.walk(index, step), -1)

    def unknown(self, index: int) -> bool:
        """Whether the piece is a word of no list."""
        if index < 0:
            return False
        piece = self.pieces[index]
        return piece.kind == "word" and piece.concepts <= _SAY_NOTHING and piece.medicine is None


def scene(lexicon: Lexicon, message: Message) -> Scene:
    """Cut a message into named pieces and clauses, by the words of the languages it can be in."""
    cut = tokens(message.text)
    lexicon = heard_in(lexicon, message.language, cut)
    cut = spaced(lexicon, message.text, unglued(lexicon, message.text, cut))
    found = pieces(lexicon, cut)
    clauses = _clauses(found)
    owner = [n for n, clause in enumerate(clauses) for _ in range(clause.first, clause.last)]
    return Scene(
        message=message,
        lexicon=lexicon,
        pieces=tuple(found),
        clauses=tuple(clauses),
        clause_of=tuple(owner),
        orders=tuple(orders(lexicon, cut)),
        concepts=_union([clause.concepts for clause in clauses]),
        numbers=tuple(n for n, piece in enumerate(found) if piece.kind in _NUMERIC),
    )


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _clause(found: list[Piece], first: int, last: int, *, joined: bool) -> Clause:
    end = found[last - 1]
    said = _union([piece.concepts for piece in found[first:last]])
    return Clause(first, last, end.kind == "mark" and "?" in end.key, joined, said)


def _clauses(found: list[Piece]) -> list[Clause]:
    clauses: list[Clause] = []
    first, joined = 0, False
    opening = _OPENING if any(map(is_medicine, found)) else _DAY_WORDS
    for index, piece in enumerate(found):
        if index > first and not opening.isdisjoint(piece.concepts) and _opens(found, first, index):
            clauses.append(_clause(found, first, index, joined=joined))
            first, joined = index, True
        parts = _parts(found, index, piece)
        if not parts and index - first >= LONGEST:
            parts = "soft"
        if parts:
            clauses.append(_clause(found, first, index + 1, joined=joined))
            first, joined = index + 1, parts == "soft"
    if first < len(found):
        clauses.append(_clause(found, first, len(found), joined=joined))
    return clauses


def _opens(found: list[Piece], first: int, index: int) -> bool:
    """Whether another day or another medicine is told of from here on."""
    return _new_day(found, first, index) or _new_dose(found, first, index)


def _new_day(found: list[Piece], first: int, index: int) -> bool:
    """Whether another day is told of from here on: "yesterday 2 rotis today sugar 140"."""
    if _DAY_WORDS.isdisjoint(found[index].concepts):
        return False
    days = _days(found[index])
    said = _union([_days(piece) for piece in found[first:index]])
    if not said or not said.isdisjoint(days) or not (_tells(found[first:index]) or _TODAY in days):
        return False
    end = next((n for n in range(index, len(found)) if _parts(found, n, found[n])), len(found))
    return any(piece.kind in _NUMERIC for piece in found[index + 1 : end])


def _new_dose(found: list[Piece], first: int, index: int) -> bool:
    before, after = found[first:index], found[index : index + FAR]
    return another_dose(before, after) or another_deed(before, after)


def _days(piece: Piece) -> frozenset[str]:
    now = frozenset({_TODAY}) if "times.now" in piece.concepts else _NO_DAYS
    return piece.concepts & _DAYS | now


def _tells(said: list[Piece]) -> bool:
    return any(
        not piece.concepts.isdisjoint(_TOLD)
        or (piece.kind in _NUMERIC and max(piece.values, default=0) >= _LEAST_READING)
        for piece in said
    )


def _parts(found: list[Piece], index: int, piece: Piece) -> str:
    """Say how a piece parts clauses: `soft` for "and" and a comma, `hard`, or not at all."""
    if piece.kind == "mark":
        if piece.key == "." and _is_abbreviated(found, index):
            return ""
        hard = piece.key[0] in _ENDS or piece.key in _STOPS
        return "soft" if piece.key == "," else "hard" if hard else ""
    if _PARTING.isdisjoint(piece.concepts):
        return ""
    if _AND in piece.concepts:
        return "soft"
    behind_verb = index > 0 and not _VERBAL.isdisjoint(found[index - 1].concepts)
    but = "words.but" in piece.concepts
    return "hard" if but or (behind_verb and _BUT_BEHIND in piece.concepts) else ""


def _is_abbreviated(found: list[Piece], index: int) -> bool:
    """Whether a full stop ends "room no." before its number, and no sentence."""
    if not 0 < index < len(found) - 1 or found[index + 1].kind not in _NUMERIC:
        return False
    label = found[index - 1]
    return label.words > 1 and _LABEL in label.concepts
