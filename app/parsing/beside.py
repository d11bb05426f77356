"""What stands beside a number: its unit, and what it counts. Pure."""

from app.parsing.scene import FILLER, Scene
from app.parsing.units import Unit

DURATIONS = frozenset({"times.minute", "times.hour", "times.day", "times.longer"})
MEALS = frozenset({"words.breakfast", "words.lunch", "words.dinner", "words.food", "words.eat"})
SUGAR = frozenset({"words.sugar", "words.fasting", "words.post_meal"})
_LEAST_READING = 20
LEAST_KEPT = 40
_SHARES = frozenset({0.25, 0.5, 0.75})


def counted(scene: Scene, index: int) -> bool:
    """Whether a number stands beside a word for what it counts."""
    counted = {"doses.unit", "counts.food", "counts.noun", "times.am", "times.pm", "times.clock"}
    behind = scene.may_be(unit_of_half(scene, index), DURATIONS)
    return behind or is_of(scene, index, DURATIONS | counted)


def unit_of_half(scene: Scene, index: int) -> int:
    """Give where the unit of a number stands: behind "an" in "half an hour"."""
    half = scene.is_number(index) and scene.pieces[index].values[0] in _SHARES
    return index + 1 + (half and scene.has(index + 1, "sizes.one"))


def is_of(scene: Scene, index: int, units: frozenset[str]) -> bool:
    """Whether a unit stands behind a number, and not in another number behind it."""
    return scene.may_be(index + 1, units) and not scene.is_number(index + 1)


def has_a_reading(scene: Scene, index: int) -> bool:
    """Whether another number of the message is large enough to be the reading."""
    others = (scene.pieces[at] for at in scene.numbers if at != index)
    return any(piece.values and max(piece.values) >= _LEAST_READING for piece in others)


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
