"""How many usual portions of a food a message tells: numbers before or behind it. Pure."""

from typing import NamedTuple

from app.parsing.food_keys import FOODS
from app.parsing.roles import Roles
from app.parsing.scene import FILLER, Scene
from app.parsing.times import PARTS

_IS_FOOD = frozenset(FOODS)
_COUNTED = frozenset(
    f"portions.{name}"
    for name in ("piece", "katori", "bowl", "plate", "glass", "cup", "spoon", "slice", "other")
)
_BETWEEN = {
    "portions.mass": "mass",
    "sizes.one": "one",
    "portions.some": "some",
    "sizes.size": "size",
}
_IN_PIECES = frozenset(
    f"foods.{food}"
    for food in (
        *("roti", "bajra_roti", "jowar_roti", "paratha", "aloo_paratha", "thepla", "naan"),
        *("puri", "bhatura", "idli", "dosa", "masala_dosa", "uttapam", "pesarattu", "vada", "egg"),
    )
)
_SERVED = frozenset(
    f"foods.{food}"
    for food in (
        *("vegetable_curry", "aloo_sabzi", "dal", "sambar", "rasam", "kadhi", "rice"),
        *("brinjal", "bhindi", "palak_paneer", "chole", "rajma"),
    )
)
_VERBS = frozenset({"words.copula", "words.show", "meals.ate", "meals.had", "words.and"})
_EATEN = frozenset({"meals.ate", "meals.had"})
_ADDED = frozenset({"words.sugar", "foods.sugar", "foods.milk", "foods.jaggery"})
_SAID_AS_ONE = frozenset({"other"})
_COUNT_ROLES = frozenset({"", "count", "word", "range", "list", "pressure"})
_LEAST_READING = 20
_REACH = 8
_SMALL = 10
_QUARTER = 0.25
_SPREAD = frozenset("-–—~")
_BEHIND = frozenset("-–—:=(x*×")
_HALF = 0.5
_MOST_PASSED = 3


class Said(NamedTuple):
    """What a message says of an amount.

    Attributes:
        quantity: Usual portions; None where it is not told, or told as a range or a weight.
        first: Index of the first piece that says it.
        last: Index of the last.
        counted: Whether an amount is told at all.
    """

    quantity: float | None
    first: int
    last: int
    counted: bool = True


def said_of(scene: Scene, roles: Roles, at: int, free_from: int) -> Said:
    """Read the amount of the food at a piece.

    Args:
        scene: The message.
        roles: What its numbers are.
        at: Index of the food.
        free_from: Index of the first piece that no food before has claimed.
    """
    before = _before(scene, roles, at, free_from)
    return before if before.counted else _behind(scene, roles, at) or before


def _before(scene: Scene, roles: Roles, at: int, free_from: int) -> Said:
    seen: set[str] = set()
    for index in range(at - 1, max(free_from, at - _REACH) - 1, -1):
        if _is_number(scene, index):
            return _counted(scene, roles, index, at, weighed="mass" in seen)
        word = _word(scene, index)
        if not word or (word in seen and word in {"portion", "strange"}):
            break
        seen.add(word)
    told = not seen.isdisjoint({"one", "portion"}) and seen.isdisjoint({"some", "mass"})
    return Said(1.0 if told else None, at, at, told)


def _word(scene: Scene, index: int) -> str:
    """Say what a word between a number and its food is; empty for one that parts them."""
    concepts = scene.pieces[index].concepts
    named = next((word for name, word in _BETWEEN.items() if name in concepts), "")
    if named or not _COUNTED.isdisjoint(concepts):
        return named or "portion"
    if _passes(scene, index):
        return "filler"
    strange = scene.unknown(index) and _is_number(scene, index - 1)
    return "strange" if strange else ""


def _passes(scene: Scene, index: int) -> bool:
    return scene.has(index, FILLER) and not scene.may_be(index, _VERBS)


def _is_number(scene: Scene, index: int) -> bool:
    return scene.is_number(index) and not _is_food(scene, index)


def _is_food(scene: Scene, index: int) -> bool:
    return not _IS_FOOD.isdisjoint(scene.pieces[index].concepts)


def _counted(scene: Scene, roles: Roles, index: int, at: int, *, weighed: bool) -> Said:
    piece = scene.pieces[index]
    counts = roles.get(index) == "count" and index == at - 1
    far = max(piece.values) >= _LEAST_READING and not (counts or weighed)
    if piece.kind != "number" or len(piece.values) > 1 or far:
        return Said(None, at, at, counted=False)
    value, first = _composed(scene, index)
    if weighed or _is_range(scene, roles, index):
        return Said(None, first, at)
    if roles.get(index, "") not in _COUNT_ROLES and first == index:
        return Said(None, at, at, counted=False)
    return Said(value, first, at)


def _is_range(scene: Scene, roles: Roles, index: int) -> bool:
    """Whether the amount is told as "2-3", "2 to 3" or "2,3"."""
    before = scene.pieces[index - 1] if index else None
    spread = before is not None and (before.key in _SPREAD or "words.up_to" in before.concepts)
    return (
        roles.get(index) == "range"
        or "," in scene.pieces[index].key
        or bool(spread and index > 1 and _is_number(scene, index - 2))
    )


def _composed(scene: Scene, index: int) -> tuple[float, int]:
    """Read "1/2", "1 1/2" and "one and a half"; the value and where it begins."""
    value = scene.pieces[index].values[0]
    if _key(scene, index - 1) == "/" and _is_whole(scene, index - 2) and value:
        share, first = scene.pieces[index - 2].values[0] / value, index - 2
        if share < 1 and _is_whole(scene, first - 1):
            return scene.pieces[first - 1].values[0] + share, first - 1
        return share, first
    if value not in {_HALF, _QUARTER}:
        return value, index
    link = index - 1 - scene.has(index - 1, "sizes.one")
    if scene.has(link, "words.and") and _is_whole(scene, link - 1):
        return scene.pieces[link - 1].values[0] + value, link - 1
    return value, index


def _key(scene: Scene, index: int) -> str:
    return scene.pieces[index].key if index >= 0 else ""


def _is_whole(scene: Scene, index: int) -> bool:
    if index < 0 or scene.pieces[index].kind != "number":
        return False
    value = scene.pieces[index].values[0]
    return value == int(value) and value < _SMALL


def _behind(scene: Scene, roles: Roles, at: int) -> Said | None:
    """Read an amount behind the food: "roti 2", "biryani 1 plate", "biryani khayi ek plate"."""
    index = at + 1
    while index < len(scene.pieces) and scene.pieces[index].key in _BEHIND:
        index += 1
    index = _past_the_verb(scene, _past_what_is_left_out(scene, index))
    if not scene.is_number(index) or _is_food(scene, index):
        return None
    piece = scene.pieces[index]
    fits = piece.kind == "number" and len(piece.values) == 1 and piece.values[0] < _LEAST_READING
    if not fits or roles.get(index, "") not in _COUNT_ROLES:
        return None
    last = index + (scene.may_be(index + 1, _COUNTED))
    of_it = scene.may_be(at, _IN_PIECES) and _is_served(scene, index + 1)
    return None if _leads_on(scene, last + 1) and not of_it else Said(piece.values[0], at, last)


def _is_served(scene: Scene, index: int) -> bool:
    """Whether a dish that nobody counts follows, not its number's food: "roti 2 dal"."""
    return scene.may_be(index, _SERVED)


def _past_the_verb(scene: Scene, index: int) -> int:
    """Pass "ate", "this morning" and "of" where a counted portion follows them."""
    if _passes(scene, index) and scene.may_be(index + 2, _COUNTED):
        return index + 1
    at = index
    while at - index < _MOST_PASSED and scene.may_be(at, _EATEN | PARTS | {"times.today"}):
        at += 1
    return at if scene.may_be(at + 1, _COUNTED) or _ends(scene, at) else index


def _ends(scene: Scene, index: int) -> bool:
    """Whether nothing stands behind an amount that the verb stands before: "samosa khaya ek"."""
    if index + 1 >= len(scene.pieces) or _closes(scene, index + 1):
        return scene.may_be(index - 1, _EATEN)
    return False


def _closes(scene: Scene, index: int) -> bool:
    return scene.pieces[index].kind == "mark" or scene.has(index, "words.and")


def _past_what_is_left_out(scene: Scene, index: int) -> int:
    """Pass what a food was had without, where its own amount follows: "tea no sugar 1 cup"."""
    if index < len(scene.pieces) and scene.pieces[index].concepts == _SAID_AS_ONE:
        return index + 1 if scene.may_be(index + 2, _COUNTED) else index
    opened = scene.may_be(index, frozenset({"negation.deny_next"}))
    at = index + opened
    if not scene.may_be(at, _ADDED):
        return index
    at += 1
    closed = scene.may_be(at, frozenset({"meals.without_last"}))
    at += closed or scene.has(at, FILLER)
    return at if (opened or closed) and scene.may_be(at + 1, _COUNTED) else index


def _leads_on(scene: Scene, index: int) -> bool:
    """Whether a food follows, whose number it is."""
    for at in range(index, min(index + 3, len(scene.pieces))):
        if _is_food(scene, at):
            if scene.has(at + 1, "meals.with"):
                return False
            return not any(_is_number(scene, later) for later in range(at + 1, at + 3))
        if not (scene.may_be(at, _COUNTED | {"sizes.size"}) or _passes(scene, at)):
            return False
    return False
