"""The templates that WhatsApp approved, which reach people outside the 24-hour window.

A TOML file of the deployment (`TWILIO_TEMPLATES`) names them by purpose and language, with the
parameters of the texts that stand in their places, in order:

    [EMERGENCY_ALERT.en]
    sid = "HX…"
    variables = ["name"]

One with `buttons = true` has them under it, and goes out inside the window as well; its variable
`row` is the id of the outbox's row, which a tap brings back. `flask content push` writes the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import regex

from app import log, metrics
from app.channels.base import TemplateCall
from app.channels.words import on_one_line
from app.config import Config
from app.errors import ConfigError
from app.i18n import ENGLISH, languages, render
from app.messaging.outbox.outgoing import Purpose
from app.text import Text

ROW = "row"
"""The variable that holds the outbox's row."""
SID = regex.compile(r"HX[0-9a-fA-F]{32}")


@dataclass(frozen=True, slots=True)
class Template:
    """A template of one purpose in one language.

    Attributes:
        variables: The parameters of the texts that stand in its places, in order.
        has_buttons: It can be answered by a tap.
    """

    sid: str
    variables: tuple[str, ...] = ()
    has_buttons: bool = False


Templates = Mapping[tuple[str, str], Template]


def templates(config: Config) -> Templates:
    """Give the deployment's templates, read once; the missing ones are named then.

    A file that cannot be read counts as empty: free text is left for an emergency. `check` refuses
    it when the service starts.
    """
    return _templates(config.twilio_templates)


def check(config: Config) -> None:
    """Refuse a file of templates that is not fit to be used.

    Raises:
        ConfigError: As `read_templates` does.
    """
    if config.twilio_templates:
        read_templates(config.twilio_templates)


@cache
def _templates(path: Path | None) -> Templates:
    try:
        read = read_templates(path) if path else {}
    except ConfigError as fault:
        log.error("templates_unfit", fault)
        read = {}
    lacking = missing(read)
    metrics.MISSING_TEMPLATES.set(len(lacking))
    if lacking:
        log.error("templates_missing", count=len(lacking), field=" ".join(lacking))
    return read


def read_templates(path: Path) -> Templates:
    """Read a file of templates.

    Raises:
        ConfigError: It is no TOML, or an entry is not what it can be; the first is named.
    """
    try:
        purposes = tomllib.loads(path.read_text(encoding="utf-8"))
        return {
            (purpose, language): _template(f"{purpose}.{language}", entry)
            for purpose, entries in purposes.items()
            for language, entry in entries.items()
        }
    except (OSError, ValueError, AttributeError) as fault:
        raise ConfigError(f"TWILIO_TEMPLATES: {path.name} cannot be read") from fault


def _template(name: str, entry: Any) -> Template:
    sid, variables = entry.get("sid", ""), entry.get("variables", [])
    buttons = entry.get("buttons", False)
    is_fit = SID.fullmatch(str(sid)) and all(isinstance(each, str) for each in variables)
    if not is_fit or not isinstance(buttons, bool):
        raise ConfigError(f"TWILIO_TEMPLATES: {name} is no template")
    return Template(sid, tuple(variables), buttons)


def missing(read: Templates) -> list[str]:
    """Name what has no template, as `PURPOSE.language`."""
    return [
        f"{purpose}.{language}"
        for purpose in Purpose
        for language in languages()
        if (purpose.value, language) not in read
    ]


def call(
    read: Templates,
    purpose: str,
    language: str,
    texts: tuple[Text, ...],
    outbound_id: UUID | None = None,
) -> TemplateCall | None:
    """Fill in the template of a purpose, in English where the language has none.

    Args:
        read: The deployment's.
        purpose: Of the row, as are the others.
        language: The person's.
        texts: What is to be said; a template says the first of them, buttons or not.
        outbound_id: Brought back by a tap on a button.

    Returns:
        None where there is no template, or one of its places cannot be filled.
    """
    for spoken in (language, ENGLISH):
        template = read.get((purpose, spoken))
        if template:
            own = {} if outbound_id is None else {ROW: outbound_id.hex}
            return _filled(template, spoken, texts, own)
        metrics.RENDER_FALLBACKS.labels(language=spoken).inc()
    return None


def _filled(
    template: Template, language: str, texts: tuple[Text, ...], own: Mapping[str, str]
) -> TemplateCall | None:
    said = {name: value for text in reversed(texts) for name, value in text.params}
    known = said | dict(own)
    told = [_told(known.get(name, ""), language) for name in template.variables]
    has_buttons = template.has_buttons and len(texts) == 1
    return TemplateCall(template.sid, tuple(told), has_buttons) if all(told) else None


def _told(value: str | float | Text, language: str) -> str:
    """WhatsApp refuses a parameter that holds a newline, a tab or a run of spaces, or nothing."""
    return on_one_line(render(value, language) if isinstance(value, Text) else str(value))
