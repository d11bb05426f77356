"""A flow's file as tables, their values taken out with their types. Pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from app.conversation.lines import Lines
from app.errors import FlowError

T = TypeVar("T")
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Table:
    """One `[[steps]]` or `[[interrupts]]` table and where it stands."""

    values: Mapping[str, Any]
    number: int
    lines: Lines

    @property
    def line(self) -> int:
        """The line the table begins on."""
        return self.lines.of(self.number)

    def need(self, key: str, kind: type[T]) -> T:
        """Take a value that must be there and of its kind."""
        value = self.values.get(key)
        if not isinstance(value, kind):
            raise self.fault(key, f"`{key}` must be given, as {kind.__name__}")
        return value

    def may(self, key: str, kind: type[T]) -> T | None:
        """Take a value that may be left out, but must be of its kind."""
        return self.need(key, kind) if key in self.values else None

    def word(self, key: str, kind: type[Word]) -> Word:
        """Take a value that is one of a closed list of words."""
        return as_word(self, key, self.need(key, str), kind)

    def only(self, allowed: frozenset[str]) -> None:
        """Refuse a key that means nothing here."""
        for key in self.values:
            if key not in allowed:
                raise self.fault(key, f"unknown key `{key}`")

    def fault(self, key: str, what: str) -> FlowError:
        """Make the error that names the file and the line."""
        return self.lines.fault(self.lines.of(self.number, key), what)


def as_word(table: Table, key: str, value: object, kind: type[Word]) -> Word:
    """Read one word of a closed list, refusing any other."""
    if value not in list(kind):
        raise table.fault(key, f"`{key}` is {value!r}, not one of: {', '.join(kind)}")
    return kind(str(value))


def read_toml(file: str, source: str) -> dict[str, Any]:
    """Read TOML; its own faults name their line already."""
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as fault:
        raise Lines(file, (), {}).fault(_line_of(fault), str(fault)) from fault


def _line_of(fault: tomllib.TOMLDecodeError) -> int:
    after = str(fault).partition("at line ")[2]
    return int(after.partition(",")[0]) if after else 1


def refuse_unknown(whole: Mapping[str, Any], lines: Lines, allowed: frozenset[str]) -> None:
    """Refuse a key before the tables that means nothing."""
    for key in whole:
        if key not in allowed:
            raise lines.fault(lines.keys.get(key, 1), f"unknown key `{key}`")


def tables_of(whole: Mapping[str, Any], lines: Lines, key: str) -> list[Table]:
    """List the tables of a name, in the order of the file; there is at least one."""
    found = whole.get(key)
    if not isinstance(found, list) or not found:
        raise lines.fault(1, f"no [[{key}]]")
    return [Table(values, number, lines) for number, values in enumerate(found)]
