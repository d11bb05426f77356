"""Which numbers are hours, durations and minutes. Pure."""

from app.parsing.beside import DURATIONS, MEALS, counted, has_a_reading, is_of, unit_of_half
from app.parsing.scene import FILLER, Scene
from app.parsing.times import PARTS

_AGO_UNITS = frozenset({"times.minute", "times.hour"})
_BEFORE = ("words.before_last", "times.ago")
SHIFTS = frozenset({"times.half_past", "times.quarter_past", "times.quarter_to"})
_FACE = 13
_FACE_MINUTES = 0.6
_SINCE = frozenset({"words.after_last", "words.post_meal", "words.eat"})
_PARTS_OF_HOUR = frozenset({0.25, 0.5, 0.75})
_DAY_HOURS = 24
_FEW_HOURS = 4
_MINUTES_OF_HOUR = 60


def clock(scene: Scene, index: int) -> str:
    """Take the hour of a time of day."""
    piece = scene.pieces[index]
    value = piece.values[0]
    if piece.kind != "number" or value > _DAY_HOURS:
        return ""
    whole = value < _FACE and (value % 1 == 0 or (not piece.spoken and value % 1 < _FACE_MINUTES))
    if _is_told_by_clock(scene, index) or _is_at_last(scene, index):
        return "clock"
    if whole and _is_at(scene, index):
        return "clock"
    return _after_part(scene, index) if whole else ""


def _is_told_by_clock(scene: Scene, index: int) -> bool:
    """Whether a word of the clock stands in the number, behind it or before it."""
    if scene.has(index, "times.clock") or _hour_of_a_part(scene, index):
        return True
    if _is_later(scene, index):
        return False
    if is_of(scene, index, frozenset({"times.clock", "times.am", "times.pm"})):
        return True
    if shares_hour(scene, index) and scene.has(index + 2, "times.clock"):
        return True
    return scene.may_be(index - 1, SHIFTS)


def shares_hour(scene: Scene, index: int) -> bool:
    """Whether a part of the hour stands behind a whole one: "seven half o'clock"."""
    if not (scene.is_number(index) and scene.is_number(index + 1)):
        return False
    hour, part = scene.pieces[index].values[0], scene.pieces[index + 1]
    return 1 <= hour < _FACE and hour % 1 == 0 and part.values[0] in _PARTS_OF_HOUR


def _is_later(scene: Scene, index: int) -> bool:
    """Whether a clock word counts the hours since a meal: "after tiffin 2 hours"."""
    if scene.in_clause(index, "doses.taken", "doses.take"):
        return False
    after = scene.may_be(index - 1, _SINCE)
    few = max(scene.pieces[index].values, default=0) < _FEW_HOURS
    return after and few and scene.has(index + 1, "times.later_hour")


def _is_at(scene: Scene, index: int) -> bool:
    return scene.has(index - 1, "times.at") and not _unit_after(scene, index)


def _is_at_last(scene: Scene, index: int) -> bool:
    """Whether "at" stands behind an hour, half ones too, where it can only say when."""
    hour = scene.pieces[index].values[0]
    return (
        hour < _FACE
        and (hour * 4 % 1 == 0 or (not scene.pieces[index].spoken and hour % 1 < _FACE_MINUTES))
        and scene.has(index + 1, "times.at_last")
        and _tells_when(scene, index)
    )


def _tells_when(scene: Scene, index: int) -> bool:
    """Whether a number with "at" behind it can only say when: a dose, or another is the reading."""
    told = scene.in_clause(index, "doses.taken", "doses.take", "meals.ate", "meals.had")
    return told or has_a_reading(scene, index)


def _hour_of_a_part(scene: Scene, index: int) -> bool:
    """Whether an hour word that both counts and tells hours tells one: "morning 8 hours"."""
    part = scene.may_be(index - 1, PARTS)
    other = {*_BEFORE, "words.after_last", "counts.food", "doses.medicine", "doses.unit"}
    related = scene.may_be(index + 2, frozenset(other))
    return part and not related and scene.has(index + 1, "times.told_hour")


def _unit_after(scene: Scene, index: int) -> bool:
    return scene.may_be(
        index + 1, frozenset({"words.unit_mg", "words.unit_mmol", "doses.unit"})
    ) or is_of(scene, index, DURATIONS)


def _after_part(scene: Scene, index: int) -> str:
    """Take the small number in "morning 7 fasting 120" as an hour."""
    beside = scene.may_be(index - 1, PARTS) or (
        scene.has(index - 1, FILLER) and scene.may_be(index - 2, PARTS)
    )
    if not beside or counted(scene, index):
        return ""
    return "clock" if has_a_reading(scene, index) else ""


def duration(scene: Scene, index: int) -> str:
    """Take the number of a duration, which may count back: "two hours ago"."""
    if _is_later(scene, index):
        return "duration"
    unit = index if scene.may_be(index, _AGO_UNITS) else unit_of_half(scene, index)
    if unit < len(scene.pieces) and scene.pieces[unit].key == "-":
        unit += 1
    if scene.pieces[index].kind != "number" or not scene.may_be(unit, DURATIONS):
        return ""
    if unit != index and scene.is_number(unit):
        return ""
    if scene.may_be(unit, _AGO_UNITS) and counts_back(scene, unit):
        return "ago"
    return "days_ago" if scene.has(unit, "times.day") and counts_back(scene, unit) else "duration"


def counts_back(scene: Scene, unit: int) -> bool:
    """Whether "before" follows a duration with no meal beside it to be before of."""
    if not any(
        scene.may_be(unit + n, frozenset(_BEFORE))
        for n in (1, 2)
        if n == 1 or scene.has(unit + 1, FILLER)
    ):
        return False
    if scene.has(unit + 1, "times.ago"):
        return True
    return not any(scene.may_be(at, MEALS) for at in range(max(0, unit - 4), unit))


def minutes(scene: Scene, index: int) -> str:
    """Take the minutes told behind a counted hour, where another number is the reading."""
    counted = scene.has(index - 1, "times.told_hour") and scene.may_be(index - 3, PARTS)
    if not counted or max(scene.pieces[index].values) >= _MINUTES_OF_HOUR:
        return ""
    return "minutes" if has_a_reading(scene, index) else ""
