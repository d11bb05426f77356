"""The templates that WhatsApp approved, which reach people outside the 24-hour window.

A TOML file of the deployment (`TWILIO_TEMPLATES`) names them by purpose and language, with the
parameters of the texts that stand in their places, in order:

    [EMERGENCY_ALERT.en]
    sid = "HX…"
    variables = ["name"]

One with `buttons = true` has them under it, and goes out inside the window as well.
`app.delivery.filling` fills the places in; `flask content push` writes the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import regex

from app import log, metrics
from app.config import Config
from app.errors import ConfigError
from app.i18n import languages
from app.messaging.outbox.outgoing import Purpose

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
    """Give the deployment's templates, read once.

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
        return read_templates(path) if path else {}
    except ConfigError as fault:
        log.error("templates_unfit", fault)
        return {}


def tell_of_missing(config: Config) -> None:
    """Name what has no template: once a process in its log, and always in its metrics."""
    lacking = missing(templates(config))
    for purpose in Purpose:
        count = sum(name.startswith(f"{purpose}.") for name in lacking)
        metrics.MISSING_TEMPLATES.labels(purpose.value).set(count)
    _named(tuple(lacking))


@cache
def _named(lacking: tuple[str, ...]) -> None:
    if lacking:
        log.error("templates_missing", count=len(lacking), field=" ".join(lacking))


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
