"""Tables as an Office Open XML workbook, which every spreadsheet opens. Pure.

Of the parts of ECMA-376 the least that spreadsheets and the phones' viewers ask for. Words are
written as words: nothing that a person wrote is taken for a formula.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import regex

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
"""Characters of a cell in Excel."""
_UNKEEPABLE = regex.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""What no XML can hold."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
Cell = str | float | int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name of at most 31 letters, the names of its columns, its rows."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Write tables as a workbook; the same tables give the same bytes."""
    parts = {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _book(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{n}.xml") for n in _numbers(sheets)]
        ),
        **{f"xl/worksheets/sheet{n}.xml": _sheet(sheets[n - 1]) for n in _numbers(sheets)},
    }
    file = BytesIO()
    with ZipFile(file, "w") as folder:
        for name, words in parts.items():
            folder.writestr(ZipInfo(name), (_HEAD + words).encode(), ZIP_DEFLATED)
    return file.getvalue()


def _numbers(sheets: Sequence[Sheet]) -> range:
    return range(1, len(sheets) + 1)


def _types(count: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_SHEET_TYPE}"/>'
        for n in range(1, count + 1)
    )
    return (
        f'<Types xmlns="{_PARTS}/content-types">'
        f'<Default Extension="rels" ContentType="{_RELS_TYPE}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_BOOK_TYPE}"/>{sheets}</Types>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PARTS}/relationships">{lines}</Relationships>'


def _book(sheets: Sequence[Sheet]) -> str:
    named = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, sheet in enumerate(sheets, start=1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>'


def _sheet(sheet: Sheet) -> str:
    rows = "".join(_row(row) for row in (sheet.columns, *sheet.rows))
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def _row(cells: Sequence[Cell]) -> str:
    return f"<row>{''.join(_cell(cell) for cell in cells)}</row>"


def _cell(cell: Cell) -> str:
    if cell is None:
        return "<c/>"
    if isinstance(cell, str):
        words = escape(_UNKEEPABLE.sub("", cell)[:LONGEST_CELL])
        return f'<c t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'
    return f"<c><v>{cell:g}</v></c>"
