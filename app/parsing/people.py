"""Whose message it is: the family member named as the patient. Pure."""

from app.parsing.scene import Scene

FAMILY = (
    "father", "mother", "wife", "husband", "son", "daughter", "grandfather", "grandmother",
    "brother", "sister", "uncle", "aunt",
)  # fmt: skip


_FAMILY_NAMES = {f"people.{name}": name for name in FAMILY}
_FAMILY = frozenset(_FAMILY_NAMES)


def subject(scene: Scene) -> str | None:
    """Name the family member a message is about, or the name written after "for"."""
    if not _FAMILY.isdisjoint(scene.concepts):
        for index, piece in enumerate(scene.pieces):
            named = next((name for name in _FAMILY_NAMES if name in piece.concepts), None)
            if named and not scene.has(index + 1, "people.agent"):
                return _FAMILY_NAMES[named]
    return _name_after_for(scene)


def _name_after_for(scene: Scene) -> str | None:
    if "people.for" not in scene.concepts:
        return None
    for index, piece in enumerate(scene.pieces[:-1]):
        following = scene.pieces[index + 1]
        said = scene.message.text[following.start : following.end]
        if "people.for" in piece.concepts and scene.unknown(index + 1) and said[:1].isupper():
            return said
    return None
