"""Whose message it is: the family member named as the patient. Pure."""

from app.parsing.scene import FILLER, Scene

FAMILY = (
    "father", "mother", "wife", "husband", "son", "daughter", "grandfather", "grandmother",
    "brother", "sister", "uncle", "aunt",
)  # fmt: skip


_FAMILY_NAMES = {f"people.{name}": name for name in FAMILY}
_FAMILY = frozenset(_FAMILY_NAMES)
_DOSE = frozenset({"doses.named", "doses.medicine", "doses.unit"})
_SWALLOWED = frozenset({"meals.had", "meals.ate"})
"""What is taken into the mouth: an injection may be given by another."""


def subject(scene: Scene) -> str | None:
    """Name the family member a message is about, or the name written after "for"."""
    if not _FAMILY.isdisjoint(scene.concepts):
        for index, piece in enumerate(scene.pieces):
            named = next((name for name in _FAMILY_NAMES if name in piece.concepts), None)
            if named and (not scene.has(index + 1, "people.agent") or _takes(scene, index + 1)):
                return _FAMILY_NAMES[named]
    return _name_after_for(scene)


def _takes(scene: Scene, agent: int) -> bool:
    """Whether who is named only by a case mark took a medicine: "papa ne metformin li".

    Who said, checked or gave something did it for the person who writes.
    """
    if FILLER not in scene.pieces[agent].concepts:
        return False
    for at in scene.walk(agent, 1):
        if scene.has(at, "doses.taken"):
            return scene.may_be(at, _SWALLOWED)
        if not (scene.may_be(at, _DOSE) or scene.is_number(at)):
            return False
    return False


def _name_after_for(scene: Scene) -> str | None:
    if "people.for" not in scene.concepts:
        return None
    for index, piece in enumerate(scene.pieces[:-1]):
        following = scene.pieces[index + 1]
        said = scene.message.text[following.start : following.end]
        if "people.for" in piece.concepts and scene.unknown(index + 1) and said[:1].isupper():
            return said
    return None
