"""People's words in a file that a spreadsheet may open. Pure."""

STARTS_FORMULA = frozenset("=+-@\t\r")
GUARD = "'"
GUARDED = STARTS_FORMULA | {GUARD}


def guarded(note: str | None) -> str:
    """Write a note so that no spreadsheet takes it for a formula; `unguarded` gives it back."""
    if not note:
        return ""
    is_formula = note[0] in STARTS_FORMULA
    return GUARD + note if is_formula or _has_guard(note) else note


def unguarded(cell: str) -> str | None:
    """Read a note as it was before `guarded`; None for an empty cell."""
    return (cell[1:] if _has_guard(cell) else cell) or None


def _has_guard(text: str) -> bool:
    return text[:1] == GUARD and text[1:2] in GUARDED
