"""A medicine with its times, as an answer tells it: "glycomet 500 subah shaam". Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import compress

from app.parsing.dose_counts import counted, left_out, written
from app.parsing.lexicon import Lexicon
from app.parsing.meanings import Message
from app.parsing.roles import roles
from app.parsing.scene import FILLER, Scene, scene
from app.parsing.slots import clock_time
from app.parsing.tokens import in_ascii_digits

MORNING, NOON, EVENING, NIGHT, BEDTIME = "08:00", "13:00", "18:00", "20:00", "22:00"
"""When a medicine is taken that is told with a part of the day or a meal only (house)."""

USUAL_TIMES = {
    "times.morning": MORNING,
    "times.noon": NOON,
    "times.evening": EVENING,
    "times.night": NIGHT,
    "words.fasting": MORNING,
    "words.breakfast": MORNING,
    "words.lunch": NOON,
    "words.dinner": NIGHT,
    "words.bedtime": BEDTIME,
}
"""Before or after the meal makes no difference: the reminder is for about that time."""

SHORTHAND = {
    "od": (MORNING,),
    "bd": (MORNING, NIGHT),
    "bid": (MORNING, NIGHT),
    "tds": (MORNING, NOON, NIGHT),
    "tid": (MORNING, NOON, NIGHT),
    "hs": (BEDTIME,),
}
"""How Indian prescriptions say it in every language."""

_WRITTEN_TIMES = {3: (MORNING, NOON, NIGHT), 4: (MORNING, NOON, EVENING, NIGHT)}
_PARTS = frozenset({"times.morning", "times.noon", "times.evening", "times.night"})
_BEFORE = _PARTS | {"times.half_past", "times.quarter_past", "times.quarter_to"}
_HALVES = frozenset({"times.am", "times.pm"})
_OTHER_DAYS = ("times.today", "times.yesterday", "times.day_before_yesterday", "times.tomorrow")
_REPORTS = ("doses.taken", "doses.skipped", "doses.missed", "asks.question")
_EPOCH = datetime.fromisoformat("2000-01-01T12:00:00+00:00")
_DAY_HOURS = 24
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Prescription:
    """A medicine as it is to be taken.

    Attributes:
        name: The generic, lower case, or what the person called it.
        dosage: As told, in ASCII digits; empty where it was not.
        times: HH:MM, earliest first; empty where none was told.
        called: The name as the person wrote it; empty where that is `name`.
    """

    name: str
    dosage: str = ""
    times: tuple[str, ...] = ()
    called: str = ""


def prescription(lexicon: Lexicon, text: str) -> Prescription | None:
    """Read an answer that tells a medicine, and perhaps how much of it and when."""
    seen = scene(lexicon, Message(text, _EPOCH))
    if seen.anywhere(*_REPORTS):
        return None
    known = next((n for n, piece in enumerate(seen.pieces) if piece.medicine), None)
    name = _called(seen) if known is None else str(seen.pieces[known].medicine)
    dosage = _dosage(seen, known)
    called = "" if known is None else _as_written(seen, known)
    return Prescription(name, dosage, _times(lexicon, seen, bare=False), called) if name else None


def _as_written(seen: Scene, index: int) -> str:
    piece = seen.pieces[index]
    written = seen.message.text[piece.start : piece.end][:_LONGEST]
    return "" if written.lower() == piece.medicine else written


def names_a_medicine(lexicon: Lexicon, text: str) -> str | None:
    """Give the generic that words name, "" for "my medicine" or "it"; None for anything else."""
    seen = scene(lexicon, Message(text, _EPOCH))
    generic = next((str(piece.medicine) for piece in seen.pieces if piece.medicine), None)
    if generic:
        return generic
    vague = {FILLER, "doses.medicine"}
    is_vague = all(piece.kind == "mark" or vague & piece.concepts for piece in seen.pieces)
    return "" if is_vague else None


def is_told_unasked(lexicon: Lexicon, text: str) -> bool:
    """Say whether a message that nobody asked for is a prescription, and no word of one day."""
    seen = scene(lexicon, Message(text, _EPOCH))
    is_known = any(piece.medicine for piece in seen.pieces)
    is_of_a_day = seen.anywhere(*_REPORTS, *_OTHER_DAYS)
    return is_known and not is_of_a_day and bool(_times(lexicon, seen, bare=False))


def clock_times(lexicon: Lexicon, text: str) -> tuple[str, ...]:
    """List the times of day an answer tells, HH:MM, earliest first; empty where there is none."""
    seen = scene(lexicon, Message(text, _EPOCH))
    return tuple(sorted({time for _, time in _said(lexicon, seen, bare=True)}))


def daily_times(lexicon: Lexicon, text: str) -> tuple[str, ...]:
    """List the times of every day that are told; none where it is in so many hours, or one day."""
    seen = scene(lexicon, Message(text, _EPOCH))
    if seen.anywhere("times.hour", "times.minute", *_OTHER_DAYS):
        return ()
    return tuple(sorted({time for _, time in _said(lexicon, seen, bare=True)}))


def clock_span(lexicon: Lexicon, text: str) -> tuple[str, str] | None:
    """Give the two times an answer tells in their order, HH:MM: "raat 10 se subah 6"."""
    seen = scene(lexicon, Message(text, _EPOCH))
    told = [(at, time) for at, time in _said(lexicon, seen, bare=True)]
    times = [time for _, time in sorted(told)]
    return (times[0], times[1]) if len(times) == 2 and times[0] != times[1] else None  # noqa: PLR2004 - from, until


def medicine_times(lexicon: Lexicon, text: str) -> tuple[str, ...]:
    """List the times an answer tells of a medicine: by the clock, or how many are taken when."""
    return _times(lexicon, scene(lexicon, Message(text, _EPOCH)), bare=True)


def _times(lexicon: Lexicon, seen: Scene, *, bare: bool) -> tuple[str, ...]:
    if taken := written(seen.message.text):
        return tuple(compress(_WRITTEN_TIMES[len(taken)], taken))
    told = [at for at, piece in enumerate(seen.pieces) if piece.concepts & USUAL_TIMES.keys()]
    if counts := counted(seen, roles(seen), told):
        usual = _usual(seen, set(told) - left_out(seen, counts, told))
        return tuple(sorted({time for _, time in usual}))
    return tuple(sorted({time for _, time in _said(lexicon, seen, bare=bare)}))


def _said(lexicon: Lexicon, seen: Scene, *, bare: bool) -> Iterator[tuple[int, str]]:
    """List the times said, each with where it stands."""
    clocks = _clocks(seen, bare=bare)
    taken = {at for first, last in clocks for at in range(first, last)}
    for first, last in clocks:
        words = seen.message.text[seen.pieces[first].start : seen.pieces[last - 1].end]
        said = clock_time(lexicon, words, _EPOCH)
        if said is not None:
            yield first, f"{said[0]:02}:{said[1]:02}"
    yield from _usual(seen, set(range(len(seen.pieces))) - taken)


def _usual(seen: Scene, at: Iterable[int]) -> Iterator[tuple[int, str]]:
    """List the times that words say of themselves, each with where it stands."""
    for index in at:
        piece = seen.pieces[index]
        usual = (USUAL_TIMES[one] for one in piece.concepts & USUAL_TIMES.keys())
        yield from ((index, time) for time in (*usual, *SHORTHAND.get(piece.key, ())))


def _clocks(seen: Scene, *, bare: bool) -> list[tuple[int, int]]:
    """List the stretches that say one time by the clock, with the part of the day beside it."""
    found: list[tuple[int, int]] = []
    named = roles(seen)
    for index in range(len(seen.pieces)):
        free = found[-1][1] if found else 0
        before = index > free and seen.may_be(index - 1, _BEFORE) and _is_beside(seen, index)
        role = named.get(index)
        if role == "clock" or _is_hour(seen, index, role, bare=bare or before):
            has_part = before and seen.may_be(index - 1, _PARTS)
            found.append((index - before, _end(seen, index, has_part=has_part)))
    return found


def _is_beside(seen: Scene, index: int) -> bool:
    return seen.clause_of[index - 1] == seen.clause_of[index]


def _is_hour(seen: Scene, index: int, role: str | None, *, bare: bool) -> bool:
    piece = seen.pieces[index]
    if not bare or piece.kind != "number" or role == "dose" or not piece.values:
        return False
    return piece.values[0] % 1 == 0 and piece.values[0] <= _DAY_HOURS


def _end(seen: Scene, index: int, *, has_part: bool) -> int:
    """Find the end of a time: behind "baje", "am", or a part of the day said after it."""
    last = index + 1
    while last < len(seen.pieces) and last - index <= 2:  # noqa: PLR2004 - "8 baje subah"
        is_part = not has_part and seen.may_be(last, _PARTS) and _is_beside(seen, last)
        if not (seen.has(last, "times.clock") or seen.may_be(last, _HALVES) or is_part):
            break
        last += 1
    return last


def _dosage(seen: Scene, medicine: int | None) -> str:
    """Take the number beside a medicine with its unit, in ASCII digits; all of several numbers."""
    named = roles(seen)
    doses = [n for n, role in named.items() if role == "dose"] or _behind_form(seen, medicine)
    if not doses:
        return ""
    first, last = doses[0], doses[-1]
    if len(doses) > 1 and seen.may_be(first - 1, _PARTS):
        first -= 1
    last += seen.has(last + 1, "doses.unit")
    told = seen.message.text[seen.pieces[first].start : seen.pieces[last].end]
    return in_ascii_digits(told[:_LONGEST])


def _behind_form(seen: Scene, medicine: int | None) -> list[int]:
    """Find the number behind a word that says how the medicine is made: "metformin sr 500"."""
    if medicine is None or not seen.unknown(min(medicine + 1, len(seen.pieces) - 1)):
        return []
    number = medicine + 2
    return [medicine + 1, number] if seen.is_number(number) else []


def _called(seen: Scene) -> str:
    """Take the words before the first number or time as the name of a medicine not on the list."""
    last = 0
    for piece in seen.pieces:
        is_time = piece.concepts & USUAL_TIMES.keys() or piece.key in SHORTHAND
        if piece.kind != "word" or is_time:
            break
        last = piece.end
    return " ".join(seen.message.text[:last].lower().split())[:_LONGEST]
