"""Whose message it is: the family member named as the patient. Pure."""

from app.parsing.scene import Scene

FAMILY = (
    "father", "mother", "wife", "husband", "son", "daughter", "grandfather", "grandmother",
    "brother", "sister", "uncle", "aunt",
)  # fmt: skip


def subject(scene: Scene) -> str | None:
    """Name the family member a message is about, or the name written after "for"."""
    for index, piece in enumerate(scene.pieces):
        for name in FAMILY:
            if f"people.{name}" in piece.concepts and not scene.has(index + 1, "people.agent"):
                return name
    return _name_after_for(scene)


def _name_after_for(scene: Scene) -> str | None:
    for index, piece in enumerate(scene.pieces[:-1]):
        following = scene.pieces[index + 1]
        said = scene.message.text[following.start : following.end]
        if "people.for" in piece.concepts and scene.unknown(index + 1) and said[:1].isupper():
            return said
    return None
