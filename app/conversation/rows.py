"""Which row of a choice a message names. Pure."""

from collections.abc import Sequence

from app.conversation.bare import is_row_number, number_alone
from app.conversation.step import Option
from app.parsing import slots
from app.parsing.lexicon import Lexicon


def named_row(lexicon: Lexicon, body: str, options: Sequence[Option]) -> str | None:
    """Find the row by its number, its words in any language, or a command that means the same.

    "3.0" is no row's number: a meter writes so.
    """
    if number_alone(body) is not None and not is_row_number(body):
        return None
    rows = [slots.Option(option.id, option.labels, option.command) for option in options]
    return slots.choice(lexicon, body, rows)
