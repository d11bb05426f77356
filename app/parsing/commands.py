"""What a person asks the service for. Pure."""

from app.parsing.lexicon import Lexicon
from app.parsing.meanings import AnyMeaning, Asked, Command
from app.parsing.pieces import Piece
from app.parsing.scene import FILLER, Scene

ONLY_ALONE = frozenset({Command.GREETING, Command.THANKS, Command.YES, Command.NO, Command.HELP})
"""Meanings only when nothing else in the message is understood: the contract."""

_ORDER = (Command.HELP, Command.THANKS, Command.GREETING)
_NEUTRAL = frozenset({FILLER, "commands.greeting", "commands.thanks", "words.but", "words.and", "words.copula"})


def commands(lexicon: Lexicon, scene: Scene, understood: list[AnyMeaning]) -> list[Asked]:
    """List the commands of a message: requests anywhere, plain words only where they stand alone."""
    found = _language(lexicon, scene) or _requests(scene) or _alone(scene)
    if understood:
        found = [one for one in found if one.command not in ONLY_ALONE and "request" in one.rules]
    return found[:1]


def _asked(command: Command, piece: Piece, rule: str, to: str | None = None) -> Asked:
    return Asked(command, to, spans=((piece.start, piece.end),), rules=(rule,))


def _requests(scene: Scene) -> list[Asked]:
    found = [
        _asked(command, piece, "request")
        for piece in scene.pieces
        for command in Command
        if f"requests.{command}" in piece.concepts
    ]
    return sorted(found, key=lambda one: one.command in ONLY_ALONE)


def _alone(scene: Scene) -> list[Asked]:
    """Take a plain word such as "stop" or "yes" where only polite words stand beside it."""
    said: list[tuple[Piece, frozenset[Command]]] = []
    for piece in scene.pieces:
        if piece.kind == "mark":
            continue
        meant = frozenset(c for c in Command if f"commands.{c}" in piece.concepts)
        if not meant and _NEUTRAL.isdisjoint(piece.concepts):
            return []
        if meant:
            said.append((piece, meant))
    found = [_asked(command, piece, "alone") for piece, meant in said for command in Command if command in meant]
    return sorted(found, key=lambda one: _ORDER.index(one.command) + 1 if one.command in _ORDER else 0)


def _language(lexicon: Lexicon, scene: Scene) -> list[Asked]:
    """Find the language asked for: its name beside a word of language, speech or change, or alone."""
    names = [
        (piece, code)
        for piece in scene.pieces
        for code in lexicon.languages
        if f"languages.{code}" in piece.concepts
    ]
    asked = next((piece for piece in scene.pieces if "requests.language" in piece.concepts), None)
    if asked is None:
        asked = next((piece for piece in scene.pieces if "commands.language" in piece.concepts), None)
        if asked is None or not (names or _nearly_alone(scene)):
            asked = names[0][0] if names and _nearly_alone(scene) else None
    if asked is None:
        return []
    to = names[-1][1] if names else None
    return [_asked(Command.LANGUAGE, asked, "request", to)]


def _nearly_alone(scene: Scene) -> bool:
    return all(
        piece.kind == "mark"
        or FILLER in piece.concepts
        or "commands.language" in piece.concepts
        or "commands.greeting" in piece.concepts
        or any(concept.startswith("languages.") for concept in piece.concepts)
        for piece in scene.pieces
    )
