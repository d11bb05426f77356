"""Which numbers are doses of a medicine. Pure."""

from app.parsing.beside import LEAST_KEPT, SUGAR
from app.parsing.pieces import NAMED
from app.parsing.scene import Scene

_MOST_SHOWN = 600
_STRENGTHS = frozenset({40, 50, 60, 75, 80, 100, 150, 200, 250, 300, 500, 600, 850, 1000})
"""Milligrams that tablets have."""
_MEDICINE = frozenset({"doses.unit", "doses.medicine"})
_MEDICINES = frozenset({"doses.medicine", NAMED})
_GLUCOSE_UNITS = frozenset({"words.unit_mg", "words.unit_mmol"})
_INSTEAD = frozenset({"words.correction", "words.up_to", "words.or"})


def dose(scene: Scene, index: int) -> str:
    """Take the number of a dose: "metformin 500", "10 units"."""
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
    large = value >= LEAST_KEPT and (value not in _STRENGTHS or (vague and not unit))
    return large and (vague or not unit) and scene.may_be(index - 1, SUGAR)


def _is_sugar_in_mg(scene: Scene, index: int) -> bool:
    """Whether "126 mg" is said of sugar, with no medicine in the clause."""
    clause = scene.clause(index)
    sugar = scene.within(clause, "words.sugar", "words.fasting", "words.post_meal", "words.random")
    medicine = scene.within(clause, "doses.medicine", NAMED)
    return sugar and not medicine and scene.pieces[index].values[0] >= LEAST_KEPT


def _state_between(scene: Scene, before: int, index: int) -> bool:
    return any(scene.has(at, "words.sugar") for at in range(before, index))
