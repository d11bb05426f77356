"""What a person asks the service for. Pure."""

from bisect import bisect_right
from collections.abc import Sequence

from app.parsing.lexicon import Lexicon
from app.parsing.meanings import AnyMeaning, Asked, Command
from app.parsing.pieces import Piece
from app.parsing.scene import FILLER, Scene

ONLY_ALONE = frozenset({Command.GREETING, Command.THANKS, Command.YES, Command.NO, Command.HELP})
"""Meanings only when nothing else in the message is understood: the contract."""

_LAST = (Command.HELP, Command.NO, Command.THANKS, Command.GREETING, Command.YES)
_COMMANDS = {f"commands.{command}": command for command in Command}
_REQUESTS = {f"requests.{command}": command for command in Command}
_NEUTRAL = frozenset({FILLER, "words.but", "words.and", "words.copula"})


def commands(lexicon: Lexicon, scene: Scene, understood: Sequence[AnyMeaning]) -> list[Asked]:
    """Give the command of a message: a request anywhere, a plain word only alone."""
    if not scene.orders:
        return []
    found = _language(lexicon, scene) or _requests(scene) or _alone(scene)
    if understood:
        found = [one for one in found if one.command not in ONLY_ALONE and "request" in one.rules]
    return found[:1]


def _asked(command: Command, piece: Piece, rule: str, to: str | None = None) -> Asked:
    return Asked(command, to, spans=((piece.start, piece.end),), rules=(rule,))


def _last_of_all(asked: Asked) -> int:
    return _LAST.index(asked.command) + 1 if asked.command in _LAST else 0


def _requests(scene: Scene) -> list[Asked]:
    found = [
        _asked(_REQUESTS[concept], piece, "request")
        for piece in scene.orders
        for concept in sorted(piece.concepts)
        if concept in _REQUESTS
    ]
    return sorted(found, key=_last_of_all)


def _alone(scene: Scene) -> list[Asked]:
    """Take a plain word such as "stop" or "yes" where only polite words stand beside it."""
    plain = [one for one in scene.orders if not one.concepts.isdisjoint(_COMMANDS)]
    if not _cover(scene, plain):
        return []
    found = [
        _asked(command, piece, "alone")
        for piece in plain
        for concept, command in _COMMANDS.items()
        if concept in piece.concepts
    ]
    return sorted(found, key=_last_of_all)


def _cover(scene: Scene, orders: Sequence[Piece]) -> bool:
    """Whether every word of the message is one of the orders or a polite word."""
    starts = [one.start for one in orders]
    return all(
        piece.kind == "mark"
        or not _NEUTRAL.isdisjoint(piece.concepts)
        or _ends_in(piece, orders, bisect_right(starts, piece.start))
        for piece in scene.pieces
    )


def _ends_in(piece: Piece, orders: Sequence[Piece], before: int) -> bool:
    """Whether a piece ends inside the last of so many orders."""
    return before > 0 and piece.end <= orders[before - 1].end


def _language(lexicon: Lexicon, scene: Scene) -> list[Asked]:
    """Find the language asked for: its name beside a word of language or speech, or alone."""
    names = [
        (piece, code)
        for piece in scene.orders
        for code in lexicon.languages
        if f"languages.{code}" in piece.concepts
    ]
    to = names[-1][1] if names else None
    for concept in ("requests.language", "commands.language", "asks.in_language"):
        asked = next((piece for piece in scene.orders if concept in piece.concepts), None)
        if asked and (names or concept == "requests.language"):
            return [_asked(Command.LANGUAGE, asked, "request", to)]
    if names and _cover(scene, scene.orders):
        return [_asked(Command.LANGUAGE, names[-1][0], "alone", to)]
    return []
