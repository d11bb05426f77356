"""How the bytes of a file are to be read. Pure."""

import codecs

from app.glucose.importing.line import BadFile

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""The marks with which spreadsheets begin a file, and what follows each."""
LOOKED_AT = 4096


def encoding_of(start: bytes) -> str:
    """Tell a file's encoding from its first bytes.

    Raises:
        BadFile: It is empty, or no text.
    """
    if not start:
        raise BadFile("The file is empty.")
    for mark, name in MARKS.items():
        if start.startswith(mark):
            return name
    if b"\0" in start[:LOOKED_AT]:
        raise BadFile("The file is no text. A spreadsheet must be saved as CSV first.")
    return "utf-8"
