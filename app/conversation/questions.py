"""What a step waits for: its wait and its rows, out of a flow's file. Pure."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import regex

from app.conversation.source import Table, as_word
from app.conversation.step import Option, Wait
from app.parsing.meanings import Command

_SPAN = regex.compile(r"(?P<count>\d+) (?P<unit>minutes|hours|days)")
_OPTION = frozenset({"id", "label", "next", "command"})


def wait_of(table: Table, defaults: Mapping[str, str]) -> Wait:
    """Read what a question does until it is answered."""
    return Wait(
        slot=table.need("slot", str),
        invalid=table.need("invalid", str),
        media=table.may("media", str) or _default(table, "media", defaults),
        silence=_span(table, table.may("silence", str) or _default(table, "silence", defaults)),
        again=table.may("again", str),
        gives_way=table.may("gives_way", bool) or False,
        is_final=table.may("final", bool) or False,
    )


def _default(table: Table, key: str, defaults: Mapping[str, str]) -> str:
    if key not in defaults:
        raise table.fault(key, f"`{key}` is said neither here nor in [waits]")
    return defaults[key]


def _span(table: Table, words: str) -> timedelta:
    match = _SPAN.fullmatch(words)
    if match is None:
        raise table.fault("silence", f"`silence` is {words!r}, not like '24 hours'")
    return timedelta(**{match["unit"]: int(match["count"])})


def options_of(table: Table) -> tuple[tuple[Option, ...], str | None]:
    """Read a choice's rows, or the name of the listing that gives them."""
    options = table.values.get("options")
    if "rows" in table.values and options is None:
        return (), None
    if isinstance(options, str):
        return (), options
    if not isinstance(options, list) or not options:
        raise table.fault("options", "`options` must be given, as list")
    return tuple(_option(table, option) for option in options), None


def _option(table: Table, option: Any) -> Option:
    if not isinstance(option, dict) or not {"id", "label"} <= set(option) <= _OPTION:
        raise table.fault("options", f"a row is like {{ id, label, next, command }}: {option!r}")
    said = option.get("command")
    command = as_word(table, "options", said, Command) if said is not None else None
    return Option(option["id"], option["label"], option.get("next"), command)
