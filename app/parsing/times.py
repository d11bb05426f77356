"""Times as people say them: clock words, parts of the day, days, and "ago". Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.parsing.meanings import GlucoseState
from app.parsing.pieces import Piece
from app.parsing.scene import Clause, Scene

USUAL_HOUR: dict[GlucoseState | None, tuple[int, int]] = {
    GlucoseState.MORNING_FASTING: (7, 0),
    GlucoseState.AFTER_BREAKFAST: (10, 0),
    GlucoseState.BEFORE_LUNCH: (12, 30),
    GlucoseState.AFTER_LUNCH: (15, 0),
    GlucoseState.BEFORE_DINNER: (19, 0),
    GlucoseState.AFTER_DINNER: (21, 30),
    GlucoseState.BEDTIME: (22, 30),
}
"""The contract's usual hour of a state, where only a day is said."""

NOON = (12, 0)
_DAYS = {"times.today": 0, "times.yesterday": 1, "times.day_before_yesterday": 2}
_HALVES = {
    "times.am": "am",
    "times.pm": "pm",
    "times.morning": "am",
    "times.noon": "noon",
    "times.evening": "pm",
    "times.night": "night",
}
PARTS = frozenset({"times.morning", "times.noon", "times.evening", "times.night"})
_UNITS = {"times.minute": 1, "times.hour": 60}
_SHIFTS = {"times.half_past": 30, "times.quarter_past": 15, "times.quarter_to": -15}
_LAST_HOUR = 23
_HALF_DAY = 12
_SMALL_HOURS = 4
_NOON_UNTIL = 6
_LONGEST_AGO = 60 * 24 * 7
_MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class When:
    """What is said of a time.

    Attributes:
        clock: Hour and minute as said.
        half: `am pm noon night`, or empty.
        days_ago: A day that was named; None where none was.
        minutes_ago: Counted back from when the message came.
        pieces: The indices of what says it.
    """

    clock: tuple[int, int] | None = None
    half: str = ""
    days_ago: int | None = None
    minutes_ago: float | None = None
    pieces: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return self.clock is not None or bool(self.days_ago) or self.minutes_ago is not None


def when(scene: Scene, clause: Clause, roles: dict[int, str]) -> When:
    """Read the time that a clause says."""
    days, half, clock, minutes, said = None, "", None, None, []
    for index in range(clause.first, clause.last):
        piece = scene.pieces[index]
        role = roles.get(index, "")
        if role == "clock":
            clock = clock or _clock(scene, index, roles)
        elif role == "minutes" and clock:
            clock = (clock[0], int(piece.values[0]))
        elif role == "ago":
            minutes = _ago(scene, index)
        elif role == "days_ago":
            days = int(min(piece.values[0], _MOST_DAYS))
        elif piece.concepts:
            days = next((n for name, n in _DAYS.items() if name in piece.concepts), days)
            half = _half(piece, half)
        if role in {"clock", "ago", "days_ago"} or not piece.concepts.isdisjoint(_DAYS):
            said.append(index)
    return When(clock, half, days, minutes, tuple(said))


def _half(piece: Piece, half: str) -> str:
    named = next((half for name, half in _HALVES.items() if name in piece.concepts), "")
    return half if half in {"am", "pm"} and named else named or half


def _clock(scene: Scene, index: int, roles: dict[int, str]) -> tuple[int, int] | None:
    piece = scene.pieces[index]
    if piece.kind == "clock":
        hour, minute = int(piece.values[0]), int(piece.values[1])
    elif piece.spoken:
        hour, minute = int(piece.values[0]), round(piece.values[0] % 1 * 60)
    else:
        whole, _, part = piece.key.partition(".")
        hour, minute = int(piece.values[0]), int(f"{part:0<2}"[:2]) if whole else 0
    if minute == 0 and roles.get(index + 1) == "clock" and scene.pieces[index + 1].values[0] < 1:
        minute = round(scene.pieces[index + 1].values[0] * 60)
    for concept, shift in _SHIFTS.items():
        if any(scene.has(index - back, concept) for back in (1, 2)):
            hour, minute = divmod(hour * 60 + shift, 60)
    return (hour, minute) if 0 <= hour <= _LAST_HOUR + 1 and 0 <= minute < 60 else None  # noqa: PLR2004 - minutes


def _ago(scene: Scene, index: int) -> float:
    piece = scene.pieces[index]
    value = piece.values[0] if piece.values else 1
    unit = next(
        (n for n in range(index, index + 3) if not _units(scene, n).isdisjoint(_UNITS)), index
    )
    return value * next((m for name, m in _UNITS.items() if scene.has(unit, name)), 60)


def _units(scene: Scene, index: int) -> frozenset[str]:
    return scene.pieces[index].concepts if index < len(scene.pieces) else frozenset()


def moment(said: When, received_at: datetime, state: GlucoseState | None = None) -> datetime | None:
    """Turn what was said into a moment, or None for "now".

    Args:
        said: The time of the clause.
        received_at: Aware; the answer is in its offset and never after it.
        state: The state of the reading, for its usual hour and for the half of the day.
    """
    if said.minutes_ago is not None and said.minutes_ago <= _LONGEST_AGO:
        return _minute(received_at - timedelta(minutes=said.minutes_ago))
    if said.clock is not None:
        return _latest(said, received_at, state)
    if not said.days_ago:
        return None
    hour, minute = USUAL_HOUR.get(state, NOON)
    return _at(received_at, said.days_ago, hour, minute)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _at(received_at: datetime, days_ago: int, hour: int, minute: int) -> datetime:
    return _minute(received_at).replace(hour=hour, minute=minute) - timedelta(days=days_ago)


def _latest(said: When, received_at: datetime, state: GlucoseState | None) -> datetime | None:
    hour, minute = said.clock or NOON
    days = (0, 1) if said.days_ago is None else (said.days_ago,)
    half = said.half or ("am" if state is GlucoseState.MORNING_FASTING else "")
    candidates = [
        _at(received_at, day - later, one, minute)
        for day in days
        for one, later in _hours(hour, half, named_day=bool(said.days_ago))
    ]
    return max((at for at in candidates if at <= received_at), default=None)


def _hours(hour: int, half: str, *, named_day: bool) -> list[tuple[int, int]]:
    """List the hours of the 24-hour clock that may be meant, each with the days it is later."""
    if hour > _HALF_DAY:
        return [(hour % 24, 0)]
    hour %= _HALF_DAY
    if half == "night" and hour < _SMALL_HOURS:
        return [(hour, int(named_day))]
    before = half == "am" or (half == "noon" and hour >= _NOON_UNTIL)
    return (
        [(hour, 0)]
        if before
        else [(hour + _HALF_DAY, 0)]
        if half
        else [(hour, 0), (hour + _HALF_DAY, 0)]
    )
