"""A meter that shows a word in place of a number. Pure."""

from app.parsing.meanings import Display, GlucoseDisplay
from app.parsing.scene import Scene

_BESIDE = frozenset({"words.device", "words.show", "words.sugar"})
_WORDS = {"words.display_hi": Display.HI, "words.display_lo": Display.LO}
_VAGUE = {"words.high": Display.HI, "words.low": Display.LO}
_NAMES = frozenset({*_WORDS, *_VAGUE})
_SHOWN = _BESIDE | {"words.filler", "words.copula", "times.now", "times.today"}


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
    upper = said.isupper() and not (_is_all_capital(scene) and _says_more(scene, index))
    shouted = upper or (said.istitle() and index > scene.clause(index).first)
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
    if not piece.key.isascii() or (said.isupper() and not _is_all_capital(scene)):
        return index > clause.first or min(around) - index <= 2  # noqa: PLR2004 - "HI on meter"
    return index > 0 or _opens(scene, shouted=said.isupper())


def _opens(scene: Scene, *, shouted: bool) -> bool:
    """Whether the first word of a message is shown, and does not greet."""
    if scene.has(1, "words.show"):
        return True
    if shouted and _says_more(scene, 0):
        return False
    on_device = scene.has(2, "words.device") and not scene.has(3, "words.sugar")
    beside = shouted and scene.may_be(1, _BESIDE)
    return beside or (scene.has(1, "words.filler") and on_device)


def _is_all_capital(scene: Scene) -> bool:
    """Whether capitals say nothing, as all the message is in them."""
    words = (piece for piece in scene.pieces if piece.kind == "word" and piece.key.isascii())
    others = [piece for piece in words if _NAMES.isdisjoint(piece.concepts)]
    return scene.message.text.isupper() and bool(others)


def _says_more(scene: Scene, index: int) -> bool:
    """Whether more is said behind the word than where and that it stands there."""
    behind = range(index + 1, scene.clause(index).last)
    words = (at for at in behind if scene.pieces[at].kind == "word")
    return any(scene.may_be(at, _NAMES) or not scene.may_be(at, _SHOWN) for at in words)
