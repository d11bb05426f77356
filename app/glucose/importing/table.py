"""From the lines of a file to its readings. Pure."""

import csv
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from app.glucose.importing.libreview import LIBREVIEW
from app.glucose.importing.line import (
    BadCell,
    BadFile,
    BadLine,
    Columns,
    FileReading,
    Format,
    ReadLine,
    Terms,
)
from app.glucose.importing.nightscout import HEADERLESS, NIGHTSCOUT, is_headerless
from app.glucose.importing.own import OWN
from app.glucose.importing.tidepool import TIDEPOOL

FORMATS = (OWN, LIBREVIEW, TIDEPOOL, NIGHTSCOUT)
DELIMITERS = ",;\t"
HEADER_WITHIN = 3
"""The header is one of so many lines: LibreView writes a title, some programs an empty line."""

BROKEN = "the quotes do not close, or a cell is too long; what follows cannot be told apart."


class Header(NamedTuple):
    """How the lines of a file are to be read.

    Attributes:
        lines: How many lines come before the first that may be a reading.
    """

    format: Format
    columns: Columns
    delimiter: str
    lines: int


def readings(lines: Iterable[str], terms: Terms) -> Iterator[FileReading | BadLine]:
    """Read the lines of a file of any of the `FORMATS`, as they come.

    Lines that hold no glucose (insulin, food, nothing at all) are passed over.

    Raises:
        BadFile: The file as a whole cannot be read: before the first reading, or where its quotes
            are broken, since lines would be lost without a word.
    """
    lines = iter(lines)
    first = list(islice(lines, HEADER_WITHIN))
    header = header_of(first)
    read = header.format.reader(header.columns, terms)
    return _each(chain(first[header.lines :], lines), header, read)


def header_of(first: list[str]) -> Header:
    """Find the header among the first lines of a file.

    Raises:
        BadFile: None of them is the header of a format that is read.
    """
    for delimiter in DELIMITERS:
        for number, line in enumerate(first):
            cells = _cells(line, delimiter)
            if number == 0 and is_headerless(cells):
                return Header(NIGHTSCOUT, _columns(HEADERLESS), delimiter, 0)
            columns = _columns(cells)
            for each in FORMATS:
                if each.recognised(columns):
                    return Header(each, columns, delimiter, number + 1)
    known = "; ".join(each.described for each in FORMATS)
    raise BadFile(f"The file's columns are those of no format that is read. These are: {known}.")


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _columns(cells: Iterable[str]) -> Columns:
    """Fold the names; of two of one name the first counts."""
    columns: dict[str, int] = {}
    for place, cell in enumerate(cells):
        columns.setdefault(cell.strip().casefold(), place)
    return columns


def _each(lines: Iterable[str], header: Header, read: ReadLine) -> Iterator[FileReading | BadLine]:
    table = csv.reader(lines, delimiter=header.delimiter, strict=True)
    width = max(header.columns.values()) + 1
    while True:
        number = header.lines + table.line_num + 1
        try:
            cells = next(table)
            found = _one(cells, width, read)
        except StopIteration:
            return
        except BadCell as fault:
            yield BadLine(number, str(fault))
        except csv.Error:
            raise BadFile(f"Line {number}: {BROKEN}") from None
        else:
            if found is not None:
                yield found


def _one(cells: list[str], width: int, read: ReadLine) -> FileReading | None:
    """Read one line.

    Raises:
        BadCell: It is no reading, and should be.
    """
    if not any(cells):
        return None
    if len(cells) < width:
        raise BadCell(f"there are {len(cells)} columns where the header has {width}")
    return read(cells)
