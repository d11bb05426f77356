"""Which numbers count what stands beside them. Pure."""

from app.parsing import labels
from app.parsing.beside import DURATIONS, LEAST_KEPT, MEALS, SUGAR, unit_of
from app.parsing.scene import FILLER, Scene

_LINKS = frozenset("-:=")
_FEW = frozenset({0.5, 1.5, 2.5, *range(1, 10)})
"""What may stand behind a food it counts: "roti 2"; a reading in mmol/L is told in tenths."""


def count(scene: Scene, index: int) -> str:
    """Take the number of a thing counted, bought or numbered."""
    if _counts_noun(scene, index) or _counts_food(scene, index):
        return "count"
    before = scene.beside(index, -1)
    counted = scene.has(index + 1, "counts.before_number") and not (
        scene.is_number(index + 2) or labels.has_the_next(scene, index + 1)
    )
    if counted and not scene.may_be(before, SUGAR):
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
    told = scene.may_be(scene.beside(index, -1), SUGAR)
    large = scene.pieces[index].values[0] >= LEAST_KEPT
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
    return scene.has(index, "words.before_last") and scene.may_be(index - 1, MEALS | DURATIONS)
