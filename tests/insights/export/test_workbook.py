"""A workbook, taken apart again as ECMA-376 says it is put together."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from app.insights.export.workbook import Sheet, workbook

SHEETS = [
    Sheet("You", ["name"], [["Asha"]]),
    Sheet("Readings & more", ["time", "mg dl"], [["=1+1", 126.0], ["<&>\x00\n ௧", None]]),
]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def opened() -> ZipFile:
    return ZipFile(BytesIO(workbook(SHEETS)))


def cells(part: str) -> list[list[tuple[str | None, str | None]]]:
    root = ET.fromstring(opened().read(part))  # noqa: S314 - our own
    return [
        [(cell.get("t"), "".join(cell.itertext()) or None) for cell in row]
        for row in root.iter(f"{MAIN}row")
    ]


def test_every_part_is_there_and_is_xml() -> None:
    names = opened().namelist()
    assert names[0] == "[Content_Types].xml"
    assert {f"xl/worksheets/sheet{n}.xml" for n in (1, 2)} <= set(names)
    for name in names:
        ET.fromstring(opened().read(name))  # noqa: S314 - our own


def test_the_sheets_are_named_in_their_order() -> None:
    book = ET.fromstring(opened().read("xl/workbook.xml"))  # noqa: S314 - our own
    assert [each.get("name") for each in book.iter(f"{MAIN}sheet")] == ["You", "Readings & more"]


def test_words_stay_words_and_numbers_numbers() -> None:
    assert cells("xl/worksheets/sheet2.xml") == [
        [("inlineStr", "time"), ("inlineStr", "mg dl")],
        [("inlineStr", "=1+1"), (None, "126")],
        [("inlineStr", "<&>\n ௧"), (None, None)],
    ]


def test_the_same_tables_give_the_same_bytes() -> None:
    assert workbook(SHEETS) == workbook(SHEETS)
