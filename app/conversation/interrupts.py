"""`_global.toml` into its values: what interrupts, and what waits say by default. Pure."""

from app.conversation.flow import Interrupt
from app.conversation.lines import read_lines
from app.conversation.source import Table, as_word, read_toml, refuse_unknown, tables_of
from app.parsing.meanings import Command

_INTERRUPT = frozenset({"id", "commands", "say", "enter", "always"})


def read_interrupts(file: str, source: str) -> tuple[tuple[Interrupt, ...], dict[str, str]]:
    """Read `_global.toml`: the interrupts in their order, and what waits say by default."""
    whole = read_toml(file, source)
    lines = read_lines(file, source)
    refuse_unknown(whole, lines, frozenset({"waits", "interrupts"}))
    interrupts = tuple(_interrupt(table) for table in tables_of(whole, lines, "interrupts"))
    return interrupts, dict(whole.get("waits", {}))


def _interrupt(table: Table) -> Interrupt:
    table.only(_INTERRUPT)
    return Interrupt(
        id=table.need("id", str),
        line=table.line,
        commands=tuple(
            as_word(table, "commands", word, Command) for word in table.need("commands", list)
        ),
        say=table.may("say", str) or "",
        enter=table.may("enter", str),
        always=table.may("always", bool) or False,
    )
