"""Where in a TOML file something stands: tomllib tells no lines. Pure."""

from dataclasses import dataclass

import regex

from app.errors import FlowError

_TABLE = regex.compile(r"\s*(?P<many>\[)?\[\s*[\w.]+\s*\]")
_KEY = regex.compile(r"^\s*(?P<key>[\w-]+)\s*=")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one file's tables and keys, counted from 1.

    Attributes:
        tables: For each `[[steps]]` or `[[interrupts]]` in order, its line and its keys' lines.
        keys: The lines of the keys before any table.
    """

    file: str
    tables: tuple[tuple[int, dict[str, int]], ...]
    keys: dict[str, int]

    def of(self, table: int, key: str = "") -> int:
        """Find the line of a table, or of one of its keys where that stands on a line."""
        line, keys = self.tables[table]
        return keys.get(key, line)

    def fault(self, line: int, what: str) -> FlowError:
        """Make the error that names the file and the line."""
        return FlowError(f"{self.file}:{line}: {what}")


def read_lines(file: str, source: str) -> Lines:
    """Index the lines of a flow's file."""
    tables: list[tuple[int, dict[str, int]]] = []
    keys: dict[str, int] = {}
    top = keys
    for number, line in enumerate(source.splitlines(), start=1):
        if match := _TABLE.match(line):
            keys = {}
            if match["many"]:
                tables.append((number, keys))
        elif match := _KEY.match(line):
            keys.setdefault(match["key"], number)
    return Lines(file, tuple(tables), top)
