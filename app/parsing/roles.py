"""What a number is when it is no reading: ordered, named rules over the pieces. Pure."""

from collections.abc import Callable

from app.parsing import claims, labels
from app.parsing.pieces import NAMED
from app.parsing.scene import FILLER, Scene
from app.parsing.times import PARTS
from app.parsing.units import Unit

READING = ""
MOST_ROLES = 80
"""More are no message of readings or meals; it bounds the work."""
_DURATIONS = frozenset({"times.minute", "times.hour", "times.day", "times.longer"})
_AGO_UNITS = frozenset({"times.minute", "times.hour"})
_BEFORE = ("words.before_last", "times.ago")
_SHIFTS = frozenset({"times.half_past", "times.quarter_past", "times.quarter_to"})
_MONEY = frozenset("₹$€")
_PERCENT = frozenset("%٪°℃")
_MEALS = frozenset({"words.breakfast", "words.lunch", "words.dinner", "words.food", "words.eat"})
_SUGAR = frozenset({"words.sugar", "words.fasting", "words.post_meal"})
_VERBS = frozenset({"words.copula", "words.show"})
_FACE = 13
_FACE_MINUTES = 0.6
_SINCE = frozenset({"words.after_last", "words.post_meal", "words.eat"})
_PARTS_OF_HOUR = frozenset({0.25, 0.5, 0.75})
_DAY_HOURS = 24
_FEW_HOURS = 4
_MINUTES_OF_HOUR = 60
_YEARS = range(1940, 2100)
_LEAST_READING = 20
_LEAST_KEPT = 40
_MOST_SHOWN = 600
_STRENGTHS = frozenset({40, 50, 60, 75, 80, 100, 150, 200, 250, 300, 500, 600, 850, 1000})
"""Milligrams that tablets have."""
_LIST_NUMBER = 10
_LINKS = frozenset("-:=")
_CLOCKS = (
    PARTS
    | _SHIFTS
    | frozenset(
        {"times.clock", "times.am", "times.pm", "times.told_hour", "times.at", "times.at_last"}
    )
)
_MEDICINE = frozenset({"doses.unit", "doses.medicine"})
_MEDICINES = frozenset({"doses.medicine", NAMED})
_GLUCOSE_UNITS = frozenset({"words.unit_mg", "words.unit_mmol"})
_SHARES = frozenset({0.25, 0.5, 0.75})
_INSTEAD = frozenset({"words.correction", "words.up_to", "words.or"})
_FEW = frozenset({0.5, 1.5, 2.5, *range(1, 10)})
"""What may stand behind a food it counts: "roti 2"; a reading in mmol/L is told in tenths."""

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
    if found.get(before) != "ago" and index - 1 not in found and _counts_back(scene, index):
        found[index] = "ago"


def _hidden(scene: Scene, index: int) -> str:
    piece = scene.pieces[index]
    return "word" if piece.weak and not (_counted(scene, index) or asks_back(scene, index)) else ""


def asks_back(scene: Scene, index: int) -> bool:
    """Whether a word that may be a number is said of sugar: it is asked about, never dropped."""
    before = index - 1
    if scene.may_be(before, _VERBS) and not scene.may_be(before, _SUGAR):
        before -= 1
    at_end = index + 1 >= len(scene.pieces) or scene.pieces[index + 1].kind == "mark"
    ends = at_end or scene.may_be(index + 1, _VERBS) or unit_of(scene, index) is not None
    return scene.may_be(before, _SUGAR) and ends


def _counted(scene: Scene, index: int) -> bool:
    counted = {"doses.unit", "counts.food", "counts.noun", "times.am", "times.pm", "times.clock"}
    behind = scene.may_be(_unit_of_half(scene, index), _DURATIONS)
    return behind or _is_of(scene, index, _DURATIONS | counted)


def _unit_of_half(scene: Scene, index: int) -> int:
    """Give where the unit of a number stands: behind "an" in "half an hour"."""
    half = scene.is_number(index) and scene.pieces[index].values[0] in _SHARES
    return index + 1 + (half and scene.has(index + 1, "sizes.one"))


def _is_of(scene: Scene, index: int, units: frozenset[str]) -> bool:
    """Whether a unit stands behind a number, and not in another number behind it."""
    return scene.may_be(index + 1, units) and not scene.is_number(index + 1)


def _clock(scene: Scene, index: int) -> str:
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
    if _is_of(scene, index, frozenset({"times.clock", "times.am", "times.pm"})):
        return True
    if shares_hour(scene, index) and scene.has(index + 2, "times.clock"):
        return True
    return scene.may_be(index - 1, _SHIFTS)


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
    return told or _has_a_reading(scene, index)


def _has_a_reading(scene: Scene, index: int) -> bool:
    others = (scene.pieces[at] for at in scene.numbers if at != index)
    return any(piece.values and max(piece.values) >= _LEAST_READING for piece in others)


def _hour_of_a_part(scene: Scene, index: int) -> bool:
    """Whether an hour word that both counts and tells hours tells one: "morning 8 hours"."""
    part = scene.may_be(index - 1, PARTS)
    other = {*_BEFORE, "words.after_last", "counts.food", "doses.medicine", "doses.unit"}
    related = scene.may_be(index + 2, frozenset(other))
    return part and not related and scene.has(index + 1, "times.told_hour")


def _unit_after(scene: Scene, index: int) -> bool:
    return scene.may_be(
        index + 1, frozenset({"words.unit_mg", "words.unit_mmol", "doses.unit"})
    ) or _is_of(scene, index, _DURATIONS)


def _after_part(scene: Scene, index: int) -> str:
    """Take the small number in "morning 7 fasting 120" as an hour."""
    beside = scene.may_be(index - 1, PARTS) or (
        scene.has(index - 1, FILLER) and scene.may_be(index - 2, PARTS)
    )
    if not beside or _counted(scene, index):
        return ""
    return "clock" if _has_a_reading(scene, index) else ""


def _duration(scene: Scene, index: int) -> str:
    if _is_later(scene, index):
        return "duration"
    unit = index if scene.may_be(index, _AGO_UNITS) else _unit_of_half(scene, index)
    if unit < len(scene.pieces) and scene.pieces[unit].key == "-":
        unit += 1
    if scene.pieces[index].kind != "number" or not scene.may_be(unit, _DURATIONS):
        return ""
    if unit != index and scene.is_number(unit):
        return ""
    if scene.may_be(unit, _AGO_UNITS) and _counts_back(scene, unit):
        return "ago"
    return "days_ago" if scene.has(unit, "times.day") and _counts_back(scene, unit) else "duration"


def _counts_back(scene: Scene, unit: int) -> bool:
    """Whether "before" follows a duration with no meal beside it to be before of."""
    if not any(
        scene.may_be(unit + n, frozenset(_BEFORE))
        for n in (1, 2)
        if n == 1 or scene.has(unit + 1, FILLER)
    ):
        return False
    if scene.has(unit + 1, "times.ago"):
        return True
    return not any(scene.may_be(at, _MEALS) for at in range(max(0, unit - 4), unit))


def _minutes(scene: Scene, index: int) -> str:
    """Take the minutes told behind a counted hour, where another number is the reading."""
    counted = scene.has(index - 1, "times.told_hour") and scene.may_be(index - 3, PARTS)
    if not counted or max(scene.pieces[index].values) >= _MINUTES_OF_HOUR:
        return ""
    return "minutes" if _has_a_reading(scene, index) else ""


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


def _dose(scene: Scene, index: int) -> str:
    after = index + 1
    if scene.may_be(after, _MEDICINE):
        told = _is_sugar_in_mg(scene, index) or _is_told_of_sugar(scene, index)
        return "" if told else "dose"
    glucose_unit = scene.may_be(after, _GLUCOSE_UNITS)
    if not glucose_unit and scene.has(after, NAMED):
        return "" if _is_told_of_sugar(scene, index) else "dose"
    if glucose_unit:
        return ""
    before = _of_a_changed_dose(scene, index)
    return (
        "dose"
        if _names_medicine(scene, before) and not _state_between(scene, before, index)
        else ""
    )


def _names_medicine(scene: Scene, index: int) -> bool:
    return scene.may_be(index, _MEDICINES)


def _of_a_changed_dose(scene: Scene, index: int) -> int:
    """Go back past the dose that another takes the place of: "dawai 500 ki jagah 1000"."""
    before = scene.beside(index, -1)
    instead = scene.may_be(before, _INSTEAD)
    former = scene.beside(before, -1) if instead else before
    known = instead or (before == index - 2 and _is_changed(scene, index))
    return scene.beside(former, -1) if known and scene.is_number(former) else before


def _is_changed(scene: Scene, index: int) -> bool:
    large = scene.pieces[index].values[0] > _MOST_SHOWN
    return large or scene.in_clause(index, "words.changed", "doses.prescribed")


def _is_told_of_sugar(scene: Scene, index: int) -> bool:
    """Whether sugar stands right before a number, and a medicine behind: "sugar 140 goli li"."""
    unit, vague = scene.has(index + 1, "doses.unit"), scene.has(index + 1, "doses.medicine")
    value = scene.pieces[index].values[0]
    large = value >= _LEAST_KEPT and (value not in _STRENGTHS or (vague and not unit))
    return large and (vague or not unit) and scene.may_be(index - 1, _SUGAR)


def _is_sugar_in_mg(scene: Scene, index: int) -> bool:
    """Whether "126 mg" is said of sugar, with no medicine in the clause."""
    clause = scene.clause(index)
    sugar = scene.within(clause, "words.sugar", "words.fasting", "words.post_meal", "words.random")
    medicine = scene.within(clause, "doses.medicine", NAMED)
    return sugar and not medicine and scene.pieces[index].values[0] >= _LEAST_KEPT


def _state_between(scene: Scene, before: int, index: int) -> bool:
    return any(scene.has(at, "words.sugar") for at in range(before, index))


def _count(scene: Scene, index: int) -> str:
    if _counts_noun(scene, index) or _counts_food(scene, index):
        return "count"
    before = scene.beside(index, -1)
    counted = scene.has(index + 1, "counts.before_number") and not (
        scene.is_number(index + 2) or labels.has_the_next(scene, index + 1)
    )
    if counted and not scene.may_be(before, _SUGAR):
        return "count"
    if before >= 0 and scene.has(before, "counts.before_number"):
        free = _relates(scene, before) or _has_its_number(scene, before)
        return "" if free or labels.is_of_sugar(scene, before) else "count"
    past_show = next(
        scene.walk(index, -1, skip=frozenset({FILLER, "words.show", "times.today"})), -1
    )
    return "count" if past_show >= 0 and scene.has(past_show, "counts.before_number") else ""


def _counts_food(scene: Scene, index: int) -> bool:
    """Whether a number counts the food behind it; "sugar 140 roti khayi" is a reading."""
    told = scene.may_be(scene.beside(index, -1), _SUGAR)
    large = scene.pieces[index].values[0] >= _LEAST_KEPT
    if scene.has(index + 1, "counts.food"):
        return not (told and large)
    behind = scene.has(index - 1, "counts.food") or (
        scene.pieces[index - 1].key in _LINKS and scene.has(index - 2, "counts.food")
    )
    small = scene.pieces[index].values[0] in _FEW
    return behind and small and unit_of(scene, index) is None


def _counts_noun(scene: Scene, index: int) -> bool:
    """Whether a number counts what stands behind it, which has no number of its own there."""
    noun = index + 1
    return scene.has(noun, "counts.noun") and not labels.has_the_next(scene, noun)


def _has_its_number(scene: Scene, index: int) -> bool:
    """Whether a thing counted by the number before it counts no other: "25 tarikh 180"."""
    counted = scene.is_number(index - 1) and scene.has(index, "counts.noun")
    return counted and not labels.has_the_next(scene, index)


def _relates(scene: Scene, index: int) -> bool:
    """Whether a word that looks like another says "before": Bengali "khabar age 120"."""
    return scene.has(index, "words.before_last") and scene.may_be(index - 1, _MEALS | _DURATIONS)


def _lab(scene: Scene, index: int) -> str:
    for at in scene.walk(index, -1):
        if scene.has(at, "words.hba1c"):
            return "hba1c"
        if (scene.is_number(at) and not scene.may_be(at + 1, _DURATIONS)) or scene.has(
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
    (_clock, _CLOCKS),
    (_duration, _DURATIONS | {"times.later_hour"}),
    (_minutes, frozenset({"times.told_hour"})),
    (_lab, frozenset({"words.hba1c"})),
    (_sign, _ALWAYS),
    (_year, frozenset({"times.since"})),
    (_ordinal, _ALWAYS),
    (_dose, _ALWAYS),
    (_blood_pressure, frozenset({"words.blood_pressure"})),
    (labels.numbered, frozenset({labels.NUMBER})),
    (labels.dated, frozenset({labels.DATE})),
    (labels.priced, _ALWAYS),
    (_count, frozenset({"counts.noun", "counts.food", "counts.before_number"})),
    (claims.denied, frozenset({"negation.deny_next", "negation.deny_last"})),
    (claims.span, _ALWAYS),
    (claims.former, frozenset({"words.changed"})),
    (claims.passed, frozenset({"words.passed"})),
    (claims.supposed, frozenset({"asks.hypothetical"})),
    (claims.asked, frozenset({"asks.judgement"})),
)
"""The rules in their order, each with the words it needs one of anywhere in the message."""


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
