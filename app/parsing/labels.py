"""Numbers that something else has: a house, a seat, an order, the sugar in the shop. Pure."""

from app.parsing.scene import FILLER, Scene

NUMBER = "words.number"
DATE = "words.date"
_BOUGHT = "words.bought"
_SUGAR = frozenset({"words.sugar", "words.fasting", "words.post_meal", "words.device"})
_SWEET = frozenset({"words.sugar", "foods.sugar"})
_THINGS = ("counts.", "others.", "foods.", "portions.", "meals.talk", "body.", "other", "sizes.")
_PASSED = frozenset({FILLER, "words.copula", "words.show", "times.now", "times.today"})
_PER = frozenset({"/", "per", "a"})
_MARKS = frozenset(".-:=#'\"*_(")
_TOLD = _SUGAR | {"words.show"}
_HAS_ONE = frozenset({"counts.before_number", DATE})
_REACH = 5
_LAST_DAY = 31


def numbered(scene: Scene, index: int) -> str:
    """Take the number that a named thing has: "house number 204", "145 is my roll number"."""
    label = _label_before(scene, index)
    if label >= 0:
        return "count" if _is_named(scene, label) else ""
    return "count" if _is_called(scene, index) else ""


def is_of_sugar(scene: Scene, label: int) -> bool:
    """Whether the word "number" there is said of sugar, with no other number between."""
    if not scene.has(label, NUMBER):
        return False
    for at in scene.walk(label, -1):
        if scene.is_number(at):
            return False
        if scene.may_be(at, _SUGAR):
            return True
    return False


def has_the_next(scene: Scene, thing: int) -> bool:
    """Whether a thing between two numbers has the next: "sugar 233 page 145"."""
    if not (scene.is_number(thing - 1) and scene.may_be(thing, _HAS_ONE)):
        return False
    behind = scene.beside(thing, 1)
    behind = scene.beside(behind, 1) if scene.has(behind, NUMBER) else behind
    if not scene.is_number(behind) or any(scene.may_be(at, _SUGAR) for at in range(thing, behind)):
        return False
    return scene.may_be(scene.beside(thing - 1, -1), _TOLD)


def _label_before(scene: Scene, index: int) -> int:
    """Find the word "number" before a number and the others told in a row with it, or -1."""
    first = scene.clause(index).first
    at = index - 1
    while at > first and index - at < _REACH and scene.is_number(at):
        at -= 1
    while at > first and index - at < _REACH and _is_passed(scene, at):
        at -= 1
    return at if at >= first and scene.has(at, NUMBER) else -1


def _is_passed(scene: Scene, index: int) -> bool:
    piece = scene.pieces[index]
    if piece.kind == "mark":
        return piece.key in _MARKS
    return scene.may_be(index, _PASSED) and not scene.has(index, NUMBER)


def _is_named(scene: Scene, label: int) -> bool:
    """Whether a thing names the number, and neither sugar nor its meter does."""
    if scene.pieces[label].words > 1 and scene.has(label, "counts.before_number"):
        return True
    return _is_thing(scene, scene.beside(label, -1)) and not is_of_sugar(scene, label)


def _is_thing(scene: Scene, index: int) -> bool:
    """Whether a word names something that has a number; words of sugar, time and people do not."""
    if index < 0 or scene.pieces[index].kind != "word":
        return False
    return all(one.startswith(_THINGS) for one in scene.pieces[index].concepts)


def _is_called(scene: Scene, index: int) -> bool:
    """Whether the words behind say what the number is: "145 is my roll number"."""
    thing = scene.beside(index, 1)
    label = thing + 1
    if thing < 0 or not scene.has(label, NUMBER) or not _is_thing(scene, thing):
        return False
    behind = scene.beside(label, 1)
    before = scene.beside(index, -1)
    return not scene.is_number(behind) and not scene.may_be(before, _SUGAR)


def priced(scene: Scene, index: int) -> str:
    """Take what sugar cost: "bought sugar for 140", "sugar 45 per kilo"."""
    if _is_of_a_mass(scene, index):
        return "money"
    sugar = scene.beside(index, -1)
    if _BOUGHT not in scene.concepts or not scene.may_be(sugar, _SWEET):
        return ""
    before = scene.has(scene.beside(sugar, -1), _BOUGHT)
    return "money" if before or _ends_bought(scene, index) else ""


def _is_of_a_mass(scene: Scene, index: int) -> bool:
    mass = scene.has(index + 2, "portions.mass")
    return mass and scene.pieces[index + 1].key in _PER


def _ends_bought(scene: Scene, index: int) -> bool:
    """Whether nothing but having bought it is said behind the number."""
    behind = list(scene.walk(index, 1, skip=frozenset({FILLER, "words.copula"})))
    said = [at for at in behind if scene.pieces[at].kind != "mark"]
    return len(said) == 1 and scene.has(said[0], _BOUGHT)


def dated(scene: Scene, index: int) -> str:
    """Take a day of the month told behind its word: "date 25"."""
    label = scene.beside(index, -1)
    value = scene.pieces[index].values[0]
    counted = scene.is_number(label - 1) and not has_the_next(scene, label)
    day = scene.has(label, DATE) and not counted and value <= _LAST_DAY and value % 1 == 0
    return "date" if day else ""
