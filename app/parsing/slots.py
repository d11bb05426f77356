"""Answers to a waiting question: one thing is asked for, and only that is looked for. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.parsing.folding import exact
from app.parsing.lexicon import Lexicon, lexemes
from app.parsing.meanings import Command, Message
from app.parsing.roles import roles
from app.parsing.scene import FILLER, Scene, scene
from app.parsing.times import moment, when
from app.parsing.tokens import tokens
from app.parsing.units import Unit
from app.parsing.vitals import code_of

_EPOCH = datetime.fromisoformat("2000-01-01T12:00:00+00:00")
_MAYBE_HOURS = frozenset({"word", "dose", "count"})
_DAY_HOURS = 24
_NUMBERED = frozenset({FILLER, "counts.before_number"})
_PHONE_DIGITS = range(10, 16)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice.

    Attributes:
        id: What is handed back.
        labels: What the person reads, in every language it may be shown in.
        command: Whose words mean this answer too, such as yes and no.
    """

    id: str
    labels: tuple[str, ...]
    command: Command | None = None


def number(lexicon: Lexicon, text: str, *, least: float = 0, most: float = 10000) -> float | None:
    """Give the only number of an answer within [least, most], in digits or words of any script."""
    seen = _seen(lexicon, text)
    found = {
        piece.values[0] if len(piece.values) == 1 else None
        for piece in seen.pieces
        if piece.kind in {"number", "phone"} and (piece.values or piece.key.isdigit())
    }
    value = found.pop() if len(found) == 1 else None
    return value if value is not None and least <= value <= most else None


def choice(lexicon: Lexicon, text: str, options: Sequence[Option]) -> str | None:
    """Give the id of the option chosen by number, label, its start, or its command's words."""
    said = _words(text)
    if not said:
        return None
    chosen = _by_number(lexicon, text, options) if _may_be_number(lexicon, text, said) else None
    return chosen or _by_label(lexicon, said, options) or _by_command(lexicon, text, options)


def code(text: str) -> str | None:
    """Give a doctor's code written anywhere in an answer, upper case, or None."""
    return next((code_of(token.key) for token in tokens(text) if token.kind == "code"), None)


def clock_time(lexicon: Lexicon, text: str, now: datetime) -> tuple[int, int] | None:
    """Give the hour and minute an answer says; a bare hour is taken as written."""
    seen = _seen(lexicon, text, now)
    named = roles(seen)
    for index, piece in enumerate(seen.pieces):
        bare = piece.kind == "number" and named.get(index, "word") in _MAYBE_HOURS
        if bare and piece.values[0] <= _DAY_HOURS:
            named[index] = "clock"
    for clause in seen.clauses:
        said = when(seen, clause, named)
        if said.clock is not None:
            return _hour(said.clock, said.half)
    return None


def _hour(clock: tuple[int, int], half: str) -> tuple[int, int]:
    hour, minute = clock
    later = half in {"pm", "night"} or (half == "noon" and hour < 6)  # noqa: PLR2004 - 11 is still before twelve
    if hour < 12 and later and not (half == "night" and hour < 4):  # noqa: PLR2004 - one at night is after midnight
        return hour + 12, minute
    at_midnight = hour == 12 and half in {"am", "night"}  # noqa: PLR2004 - twelve at night
    return (0 if at_midnight else hour % 24), minute


def phone(text: str, *, country: str = "91") -> str | None:
    """Give a telephone number in E.164, the country's prefix put before a national one."""
    digits = "".join(str(int(char)) for char in text if char.isdecimal())
    if "+" not in text and len(digits) == 11 and digits[0] == "0":  # noqa: PLR2004 - the trunk prefix
        digits = digits[1:]
    if len(digits) == 10:  # noqa: PLR2004 - a national number of India
        digits = country + digits
    return f"+{digits}" if len(digits) in _PHONE_DIGITS and digits[0] != "0" else None


def date(lexicon: Lexicon, text: str, now: datetime) -> datetime | None:
    """Give the day an answer names, at noon in the offset of `now`."""
    seen = _seen(lexicon, text, now)
    named = roles(seen)
    for clause in seen.clauses:
        said = when(seen, clause, named)
        if said.days_ago is not None:
            noon = now.replace(hour=12, minute=0, second=0, microsecond=0)
            return moment(said, now) or noon
    return None


def _seen(lexicon: Lexicon, text: str, now: datetime = _EPOCH) -> Scene:
    return scene(lexicon, Message(text, now, None, Unit.MG_DL))


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.key for token in tokens(text) if token.kind != "mark")


def _may_be_number(lexicon: Lexicon, text: str, said: tuple[str, ...]) -> bool:
    """Say whether an answer is a number, perhaps with one word: "no 2", but not "sochne do"."""
    if len(said) != 2:  # noqa: PLR2004 - a number and what stands before or behind it
        return len(said) == 1
    words = [piece for piece in _seen(lexicon, text).pieces if piece.kind != "mark"]
    in_words = any(one.kind == "number" and not one.key.isdigit() for one in words[-1:])
    return not in_words or not _NUMBERED.isdisjoint(words[0].concepts)


def _by_number(lexicon: Lexicon, text: str, options: Sequence[Option]) -> str | None:
    value = number(lexicon, text, least=1, most=len(options))
    return options[int(value) - 1].id if value is not None and value % 1 == 0 else None


def _by_label(lexicon: Lexicon, said: tuple[str, ...], options: Sequence[Option]) -> str | None:
    """Compare by lexemes, so that any case, mark and romanised spelling will do."""
    whole = {
        option.id
        for option in options
        for label in option.labels
        if _same(lexicon, said, _words(label))
    }
    if len(whole) == 1:
        return whole.pop()
    leading = {
        option.id
        for option in options
        for label in option.labels
        if _leads(lexicon, said, _words(label))
    }
    return leading.pop() if len(leading) == 1 else None


def _same(lexicon: Lexicon, said: tuple[str, ...], label: tuple[str, ...]) -> bool:
    return len(said) == len(label) and _leads(lexicon, said, label)


def _leads(lexicon: Lexicon, said: tuple[str, ...], label: tuple[str, ...]) -> bool:
    pairs = zip(said, label, strict=False)
    return len(said) <= len(label) and all(_alike(lexicon, one, other) for one, other in pairs)


def _alike(lexicon: Lexicon, one: str, other: str) -> bool:
    if exact(one) == exact(other):
        return True
    pairs = zip(lexemes(lexicon, one), lexemes(lexicon, other), strict=True)
    return any(not set(some).isdisjoint(others) for some, others in pairs)


def _by_command(lexicon: Lexicon, text: str, options: Sequence[Option]) -> str | None:
    seen = _seen(lexicon, text)
    meant = {
        option.id
        for option in options
        if option.command is not None
        and any(
            f"{kind}.{option.command}" in piece.concepts
            for piece in seen.orders
            for kind in ("commands", "requests")
        )
    }
    return meant.pop() if len(meant) == 1 else None
