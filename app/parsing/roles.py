"""What a number is when it is no reading: ordered, named rules over the pieces. Pure."""

from collections.abc import Callable

from app.parsing.pieces import Piece
from app.parsing.scene import FILLER, Scene
from app.parsing.times import PARTS
from app.parsing.units import Unit

READING = ""
_DURATIONS = frozenset({"times.minute", "times.hour", "times.day", "times.longer"})
_AGO_UNITS = frozenset({"times.minute", "times.hour"})
_BEFORE = ("words.before_last", "times.ago")
_MONEY = frozenset("₹$€")
_PERCENT = frozenset("%٪°℃")
_NUMERIC = frozenset({"number", "ratio"})

Roles = dict[int, str]
_Rule = Callable[[Scene, int, Roles], str]


def roles(scene: Scene) -> Roles:
    """Name the role of every number that cannot be a reading, by the index of its piece."""
    found: Roles = {}
    for index, piece in enumerate(scene.pieces):
        if piece.kind in {"clock", "date", "phone", "code"}:
            found[index] = piece.kind
        elif piece.kind == "number" or piece.values:
            name = next((name for rule in _RULES if (name := rule(scene, index, found))), READING)
            if name:
                found[index] = name
        elif "times.hour" in piece.concepts or "times.minute" in piece.concepts:
            _bare_unit(scene, index, found)
    return found


def _bare_unit(scene: Scene, index: int, found: Roles) -> None:
    """An hour with no number before it counts back as one: "an hour ago"."""
    if index - 1 not in found and _counts_back(scene, index):
        found[index] = "ago"


def _number(scene: Scene, index: int) -> bool:
    return 0 <= index < len(scene.pieces) and scene.pieces[index].kind in _NUMERIC


def _any(scene: Scene, index: int, concepts: frozenset[str]) -> bool:
    return 0 <= index < len(scene.pieces) and not concepts.isdisjoint(scene.pieces[index].concepts)


def _hidden(scene: Scene, index: int, found: Roles) -> str:
    piece = scene.pieces[index]
    return "word" if piece.weak and not _counted(scene, index) else ""


def _counted(scene: Scene, index: int) -> bool:
    after = index + 1
    return _any(
        scene, after, _DURATIONS | {"times.clock", "doses.unit", "counts.food", "counts.noun", "times.am", "times.pm"}
    )


def _clock(scene: Scene, index: int, found: Roles) -> str:
    piece = scene.pieces[index]
    value = piece.values[0]
    if piece.kind != "number" or value > 24:  # noqa: PLR2004 - hours of a day
        return ""
    if _any(scene, index + 1, frozenset({"times.clock", "times.am", "times.pm"})):
        return "clock"
    if any(scene.has(index - 1, f"times.{name}") for name in ("half_past", "quarter_past", "quarter_to")):
        return "clock"
    whole = value < 13 and (value % 1 == 0 or (not piece.spoken and value % 1 < 0.6))  # noqa: PLR2004 - a clock's face
    if whole and scene.has(index - 1, "times.at") and not _unit_after(scene, index):
        return "clock"
    return _after_part(scene, index) if whole else ""


def _unit_after(scene: Scene, index: int) -> bool:
    return _any(scene, index + 1, frozenset({"words.unit_mg", "words.unit_mmol", "doses.unit"})) or _any(
        scene, index + 1, _DURATIONS
    )


def _after_part(scene: Scene, index: int) -> str:
    """Take the small number in "morning 7 fasting 120" as an hour."""
    before = scene.beside(index, -1)
    if before < 0 or not _any(scene, before, PARTS) or _counted(scene, index):
        return ""
    others = (scene.pieces[at] for at in scene.numbers if at != index)
    return "clock" if any(piece.values and max(piece.values) >= 20 for piece in others) else ""  # noqa: PLR2004 - a reading stands elsewhere


def _duration(scene: Scene, index: int, found: Roles) -> str:
    unit = index + 1
    if unit < len(scene.pieces) and scene.pieces[unit].key == "-":
        unit += 1
    if scene.pieces[index].kind != "number" or not _any(scene, unit, _DURATIONS):
        return ""
    if _any(scene, unit, _AGO_UNITS) and _counts_back(scene, unit):
        return "ago"
    return "days_ago" if scene.has(unit, "times.day") and _counts_back(scene, unit) else "duration"


def _counts_back(scene: Scene, unit: int) -> bool:
    """Whether "before" follows a duration with no meal beside it to be before of."""
    if not any(_any(scene, unit + n, frozenset(_BEFORE)) for n in (1, 2) if n == 1 or scene.has(unit + 1, FILLER)):
        return False
    if scene.has(unit + 1, "times.ago"):
        return True
    meals = frozenset({"words.breakfast", "words.lunch", "words.dinner", "words.food", "words.eat"})
    return not any(_any(scene, at, meals) for at in range(max(0, unit - 4), unit))


def _sign(scene: Scene, index: int, found: Roles) -> str:
    before = scene.pieces[index - 1].key if index else ""
    after = scene.pieces[index + 1].key if index + 1 < len(scene.pieces) else ""
    if before[:1] in _MONEY and before:
        return "money"
    if after and after[0] in _PERCENT:
        return "percent"
    return "list" if after == ")" and (not index or before not in {"("}) and scene.pieces[index].values[0] < 10 else ""  # noqa: PLR2004 - a list's number


def _ordinal(scene: Scene, index: int, found: Roles) -> str:
    piece = scene.pieces[index]
    following = scene.pieces[index + 1] if index + 1 < len(scene.pieces) else None
    ordinal = following and following.start == piece.end and following.key in {"st", "nd", "rd", "th"}
    return "ordinal" if ordinal else ""


def _dose(scene: Scene, index: int, found: Roles) -> str:
    after = index + 1
    if _any(scene, after, frozenset({"doses.unit", "doses.medicine"})):
        return "" if _is_sugar_in_mg(scene, index) else "dose"
    glucose_unit = _any(scene, after, frozenset({"words.unit_mg", "words.unit_mmol"}))
    if not glucose_unit and after < len(scene.pieces) and scene.pieces[after].medicine:
        return "dose"
    before = scene.beside(index, -1)
    named = before >= 0 and (scene.pieces[before].medicine or scene.has(before, "doses.medicine"))
    return "dose" if named and not glucose_unit and not _state_between(scene, before, index) else ""


def _is_sugar_in_mg(scene: Scene, index: int) -> bool:
    """Whether "126 mg" is said of sugar, with no medicine in the clause."""
    clause = scene.clause(index)
    sugar = scene.within(clause, "words.sugar", "words.fasting", "words.post_meal", "words.random")
    medicine = scene.within(clause, "doses.medicine") or any(
        scene.pieces[at].medicine for at in range(clause.first, clause.last)
    )
    return sugar and not medicine and scene.pieces[index].values[0] >= 40  # noqa: PLR2004 - the least that is kept


def _state_between(scene: Scene, before: int, index: int) -> bool:
    return any(scene.has(at, "words.sugar") for at in range(before, index))


def _count(scene: Scene, index: int, found: Roles) -> str:
    if _any(scene, index + 1, frozenset({"counts.noun", "counts.food"})):
        return "count"
    before = scene.beside(index, -1)
    if before >= 0 and scene.has(before, "counts.before_number"):
        return "count"
    past_show = next(scene.walk(index, -1, skip=frozenset({FILLER, "words.show", "times.today"})), -1)
    return "count" if past_show >= 0 and scene.has(past_show, "counts.before_number") else ""


def _lab(scene: Scene, index: int, found: Roles) -> str:
    for at in scene.walk(index, -1):
        if scene.has(at, "words.hba1c"):
            return "hba1c"
        if _number(scene, at) and at not in found or scene.has(at, "words.sugar"):
            break
    after = scene.beside(index, 1)
    return "hba1c" if after >= 0 and scene.has(after, "words.hba1c") and not _taken(scene, after, found) else ""


def _taken(scene: Scene, lab: int, found: Roles) -> bool:
    following = scene.beside(lab, 1)
    return following >= 0 and _number(scene, following)


def _denied(scene: Scene, index: int, found: Roles) -> str:
    """Drop the number that a correction takes back: "181 nahi 118", "not 181"."""
    if len(scene.numbers) < 2 or not _number(scene, index):  # noqa: PLR2004 - one to take back, one to keep
        return ""
    if scene.has(index - 1, "negation.deny_next"):
        return "denied"
    if scene.has(index + 1, "negation.deny_last") and not scene.has(index + 1, "negation.deny_next"):
        following = next((at for at in range(index + 2, min(index + 5, len(scene.pieces))) if _number(scene, at)), -1)
        return "denied" if following >= 0 else ""
    return ""


def _range(scene: Scene, index: int, found: Roles) -> str:
    """Take both ends of "70-100", "70 to 100" and "70 se 100"."""
    for step in (1, -1):
        middle, other = index + step, index + 2 * step
        if not (_number(scene, other) and 0 <= middle < len(scene.pieces)):
            continue
        piece = scene.pieces[middle]
        dash = piece.key in {"-", "–", "—", "~"} and piece.kind == "mark"
        if (dash or "words.up_to" in piece.concepts) and not _two_states(scene, index):
            return "range"
    return ""


def _two_states(scene: Scene, index: int) -> bool:
    return scene.anywhere("words.fasting") and scene.anywhere("words.post_meal", "words.after_last", "words.after_next")


def _supposed(scene: Scene, index: int, found: Roles) -> str:
    return "supposed" if scene.in_clause(index, "asks.hypothetical") else ""


def _asked(scene: Scene, index: int, found: Roles) -> str:
    """Drop a number that the clause asks about and does not report."""
    clause = scene.clause(index)
    questions = clause.asked or scene.within(clause, "asks.question")
    if not questions or not scene.within(clause, "asks.judgement"):
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


def _blood_pressure(scene: Scene, index: int, found: Roles) -> str:
    """Take the numbers beside the words of a blood pressure where they are pressures."""
    for at in scene.walk(index, -1):
        if scene.has(at, "words.blood_pressure"):
            return "pressure"
        if scene.has(at, "words.sugar") or _any(scene, at, frozenset({"words.fasting", "words.post_meal"})):
            break
    return ""


_RULES: tuple[_Rule, ...] = (
    _hidden, _clock, _duration, _lab, _sign, _ordinal, _dose, _blood_pressure, _count, _denied, _range, _supposed, _asked,
)  # fmt: skip


def unit_of(scene: Scene, index: int) -> Unit | None:
    """Find the unit said with a number."""
    for at in range(index + 1, min(index + 3, len(scene.pieces))):
        if scene.has(at, "words.unit_mmol"):
            return Unit.MMOL_L
        if scene.has(at, "words.unit_mg"):
            return Unit.MG_DL
        if not scene.has(at, FILLER) and scene.pieces[at].key not in {"-", "("}:
            break
    return None


def is_number(piece: Piece) -> bool:
    """Whether the piece can hold a reading."""
    return piece.kind in _NUMERIC and bool(piece.values)
