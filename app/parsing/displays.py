"""A meter that shows a word in place of a number. Pure."""

from app.parsing.meanings import Display, GlucoseDisplay
from app.parsing.scene import Scene

_BESIDE = frozenset({"words.device", "words.show", "words.sugar"})
_WORDS = {"words.display_hi": Display.HI, "words.display_lo": Display.LO}
_VAGUE = {"words.high": Display.HI, "words.low": Display.LO}
_NAMES = frozenset({*_WORDS, *_VAGUE})


def displays(scene: Scene, *, numbers: bool) -> list[GlucoseDisplay]:
    """List the words a meter showed.

    Args:
        scene: The message.
        numbers: Whether it holds a reading, so that "hi" greets and "high" judges.
    """
    if numbers or _NAMES.isdisjoint(scene.concepts):
        return []
    for index, piece in enumerate(scene.pieces):
        shown = None if _NAMES.isdisjoint(piece.concepts) else _shown(scene, index)
        if shown:
            return [GlucoseDisplay(shown, spans=((piece.start, piece.end),), rules=("display",))]
    return []


def _shown(scene: Scene, index: int) -> Display | None:
    for concept, display in _WORDS.items():
        if scene.has(index, concept) and not _is_in(scene, index) and _is_seen(scene, index):
            return display
    for concept, display in _VAGUE.items():
        if (
            scene.has(index, concept)
            and scene.in_clause(index, "words.device")
            and scene.in_clause(index, "words.show")
        ):
            return display
    return None


def _is_in(scene: Scene, index: int) -> bool:
    """Whether the word only says where, as "lo" does in some languages: "on the meter"."""
    piece = scene.pieces[index]
    said = scene.message.text[piece.start : piece.end]
    shouted = said.isupper() or (said.istitle() and index > scene.clause(index).first)
    where = "words.inside" in piece.concepts and not shouted
    return where and not scene.has(index + 1, "words.quoted")


def _is_seen(scene: Scene, index: int) -> bool:
    piece = scene.pieces[index]
    said = scene.message.text[piece.start : piece.end]
    clause = scene.clause(index)
    around = [
        at
        for at in range(clause.first, clause.last)
        if at != index and not _BESIDE.isdisjoint(scene.pieces[at].concepts)
    ]
    if not around:
        return False
    if said.isupper() or not piece.key.isascii():
        return index > clause.first or min(around) - index <= 2  # noqa: PLR2004 - "HI on meter"
    if index == 0:
        return scene.has(1, "words.show") or (
            scene.has(1, "words.filler")
            and scene.has(2, "words.device")
            and not scene.has(3, "words.sugar")
        )
    return True
