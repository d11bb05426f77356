"""Whether words are of food or a test, where the same verb may be of a tablet. Pure."""

from datetime import datetime

from app.parsing.eaten import MEAL_WORDS
from app.parsing.lexicon import Lexicon
from app.parsing.meanings import Message
from app.parsing.scene import Scene, scene

_EPOCH = datetime.fromisoformat("2000-01-01T12:00:00+00:00")
_FOOD = frozenset({*MEAL_WORDS, "words.food", "others.food", "counts.food"})
_RELATED_BEHIND = frozenset({"words.after_last", "words.before_last", "meals.with", "words.eat"})
_RELATED_AHEAD = frozenset({"words.after_next", "words.before_next", "meals.with"})
_TEST = frozenset({"words.show", "words.sugar", "words.device"})
_EATEN = frozenset({"meals.ate", "meals.not_eaten"})


def names_food(lexicon: Lexicon, text: str) -> bool:
    """Say whether a food or a meal is named, other than to tell a time: "after breakfast"."""
    seen = scene(lexicon, Message(text, _EPOCH))
    return any(_is_food(seen, at) and not _tells_time(seen, at) for at in range(len(seen.pieces)))


def has_verb_of_eating(lexicon: Lexicon, text: str) -> bool:
    """Say whether something is said to be eaten, or not to be, other than to tell a time."""
    seen = scene(lexicon, Message(text, _EPOCH))
    eaten = [at for at in range(len(seen.pieces)) if seen.may_be(at, _EATEN)]
    return any(not _tells_time(seen, at) for at in eaten)


def names_a_test(lexicon: Lexicon, text: str) -> bool:
    """Say whether the sugar, the meter or measuring is named: "naap liya" is no tablet."""
    seen = scene(lexicon, Message(text, _EPOCH))
    tests = (each.concepts for each in seen.pieces if not _TEST.isdisjoint(each.concepts))
    return any(not any(one.startswith("doses.") for one in concepts) for concepts in tests)


def _is_food(seen: Scene, index: int) -> bool:
    is_known = any(one.startswith("foods.") for one in seen.pieces[index].concepts)
    return is_known or seen.may_be(index, _FOOD)


def _tells_time(seen: Scene, index: int) -> bool:
    behind = (index + 1, seen.beside(index, 1))
    ahead = (index - 1, seen.beside(index, -1))
    is_behind = any(seen.may_be(at, _RELATED_BEHIND) for at in behind)
    return is_behind or any(seen.may_be(at, _RELATED_AHEAD) for at in ahead)
