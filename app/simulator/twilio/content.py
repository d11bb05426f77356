"""The text of a template, with its parameters filled in."""

from __future__ import annotations

from collections.abc import Mapping
from json import dumps, loads
from pathlib import Path

import regex

from app.simulator.twilio.database import reading, writing

PLACE = regex.compile(r"\{\{(\w+)\}\}")


def shown(content_sid: str, variables: Mapping[str, str], templates: Mapping[str, str]) -> str:
    """Write what the phone shows of a template.

    Args:
        content_sid: Names the template.
        variables: The text of each place; one that is missing leaves its `{{1}}` to be seen.
        templates: The text of each template known. Of one that is not, the name is shown, with
            the parameters.
    """
    text = templates.get(content_sid)
    if text is None:
        told = "".join(f"\n{name}: {value}" for name, value in variables.items())
        return f"[{content_sid}]{told}"
    return PLACE.sub(lambda place: variables.get(place[1], place[0]), text)


def templates(folder: Path) -> dict[str, str]:
    """Give the text of each template that was registered."""
    with reading(folder) as database:
        row = database.execute("SELECT value FROM settings WHERE name = 'templates'").fetchone()
    return dict(loads(row["value"])) if row else {}


def register(folder: Path, texts: Mapping[str, str]) -> None:
    """Take in templates' texts, beside those already known."""
    known = templates(folder) | dict(texts)
    with writing(folder) as database:
        database.execute("INSERT OR REPLACE INTO settings VALUES ('templates', ?)", (dumps(known),))
