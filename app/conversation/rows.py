"""Which row of a choice a message names. Pure."""

import regex

from app.conversation.flow import Option
from app.parsing.meanings import Asked, Command, Parsed

_NUMBER = regex.compile(r"[\s\p{P}\p{S}]*(?P<number>\p{Nd}{1,2})[\s\p{P}\p{S}\p{M}]*")


def named_row(body: str, parsed: Parsed, options: tuple[Option, ...]) -> str | None:
    """Find the row by its number, its words in any language, or a command that means the same."""
    if match := _NUMBER.fullmatch(body):
        number = int(match["number"])
        return options[number - 1].id if 1 <= number <= len(options) else None
    commands = {m.command for m in parsed.meanings if isinstance(m, Asked)}
    for option in options:
        if plain(body) in {plain(label) for label in option.labels}:
            return option.id
        if option.command in commands and option.command in set(Command):
            return option.id
    return None


def plain(words: str) -> str:
    """Reduce words to their letters and digits, in one case."""
    return regex.sub(r"[^\p{L}\p{M}\p{Nd}]+", " ", words).strip().casefold()
