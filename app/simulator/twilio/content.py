"""The text of a template, with its parameters filled in."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from json import dumps, loads
from pathlib import Path
from sqlite3 import Connection
from typing import Any, TypeGuard

import regex

from app.config import Config
from app.simulator.twilio.database import folder, reading, writing

CONTENT_SID = regex.compile(r"HX[0-9a-fA-F]{32}")
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


def are_texts(texts: Any) -> TypeGuard[dict[str, str]]:
    """Tell whether this is what `register` takes: templates' ids, each with its text."""
    return isinstance(texts, dict) and all(
        CONTENT_SID.fullmatch(sid) and isinstance(text, str) for sid, text in texts.items()
    )


def templates(config: Config) -> dict[str, str]:
    """Give the text of each template known: those of the settings' file, and those registered."""
    named = of_file(config.twilio_templates) if config.twilio_templates else {}
    with reading(folder(config)) as database:
        return named | _read(database)


def of_file(path: Path) -> dict[str, str]:
    """Give the texts of the templates in a file as `TWILIO_TEMPLATES` names it.

    An entry may hold the text beside its id, which nobody but the simulator reads. Of one that
    does not, purpose and language are shown, with the parameters by their names.
    """
    purposes = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        entry["sid"]: entry.get("text") or _stand_in(f"{purpose}.{language}", entry)
        for purpose, languages in purposes.items()
        for language, entry in languages.items()
    }


def _stand_in(name: str, entry: Mapping[str, Any]) -> str:
    places = enumerate(entry.get("variables", []), 1)
    return f"[{name}]" + "".join(f"\n{variable}: {{{{{n}}}}}" for n, variable in places)


def register(config: Config, texts: Mapping[str, str]) -> None:
    """Take in templates' texts, beside those already known."""
    with writing(folder(config)) as database:
        known = _read(database) | dict(texts)
        database.execute("INSERT OR REPLACE INTO settings VALUES ('templates', ?)", (dumps(known),))


def _read(database: Connection) -> dict[str, str]:
    row = database.execute("SELECT value FROM settings WHERE name = 'templates'").fetchone()
    return dict(loads(row["value"])) if row else {}
