"""What WhatsApp is to approve: each purpose in each language, with the buttons that answer it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import Any

import regex

from app.channels.content import Button, Content
from app.conversation.flow import Flows
from app.conversation.step import Choose
from app.delivery.filling import LINES, ROW, longest_of
from app.errors import ConfigError
from app.i18n import LOCALES, render
from app.messaging.outbox.outgoing import Purpose
from app.text import Text

FILE = "whatsapp.toml"
SAMPLES: Mapping[str, str] = {
    "name": "Asha",
    "day": "17/11",
    "medicines": "metformin 500",
    "question": "Can I eat mangoes?",
    "answer": "Yes, a small one with a meal.",
    "number": "12",
    LINES: "Asha: 3 of 4 doses taken • Ravi: all doses taken",
    ROW: "0" * 32,
}
"""What could stand in a place, for whoever approves it; a place is a parameter of what is said."""
ANSWERED_IN: Mapping[Purpose, str] = {Purpose.MEDICATION_REMINDER: "reminder_answer"}
"""The conversation whose first question a purpose asks: its rows are the buttons."""
LONGEST_BODY, MOST_BUTTONS = 1024, 3
PLACE = regex.compile(r"\{(\w+)\}")
STAND_IN = """\
# What stands for WhatsApp's approved templates in development, as TWILIO_TEMPLATES names them:
# these reach phones that have not written for a day, or never. Nobody approved them. Made of
# locales/*/whatsapp.toml by `flask content stand-in`.
"""
UNFIT = regex.compile(r"\A\s*\{|\}\s*\Z|\}\s*\{|[\n\t]| {2}")
"""What WhatsApp does not take: places at either end or side by side, and breaks."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A content that the deployment should have.

    Attributes:
        variables: The parameters that stand in its places, in order.
    """

    purpose: Purpose
    language: str
    content: Content
    variables: tuple[str, ...]


def wanted(flows: Flows, folder: Path = LOCALES) -> list[Wanted]:
    """List what is to be approved, by purpose and language: of those that people are offered.

    Raises:
        ConfigError: A wording is not fit to be handed in; the message names it.
    """
    return [
        _wanted(purpose, path.parent.name, body, flows)
        for path in sorted(folder.glob(f"*/{FILE}"))
        if path.parent.name in flows.languages
        for purpose, body in tomllib.loads(path.read_text(encoding="utf-8")).items()
    ]


def unworded(known: list[Wanted], languages: Iterable[str]) -> list[tuple[Purpose, str]]:
    """Name the purposes that have no wording in a language."""
    worded = {(each.purpose, each.language) for each in known}
    every = ((purpose, language) for purpose in Purpose for language in languages)
    return [each for each in every if each not in worded]


def as_toml(entries: Mapping[tuple[str, str], Mapping[str, Any]]) -> str:
    """Write the entries of a file as `TWILIO_TEMPLATES` names it, by purpose and language."""
    return "\n".join(line for key in sorted(entries) for line in _entry(key, entries[key]))


def entry_of(each: Wanted, sid: str) -> dict[str, Any]:
    """Write one entry of that file; its text is for people, and for the simulator."""
    buttons = {"buttons": True} if each.content.buttons else {}
    variables = list(each.variables)
    return {"sid": sid, "variables": variables, **buttons, "text": each.content.body}


def stand_in(known: Iterable[Wanted]) -> str:
    """Write a file of templates as if all were approved, for phones of the simulator.

    Buttons are rows of its text, so that inside the window it is free text that is said.
    """
    entries = {(each.purpose.value, each.language): _as_shown(each) for each in known}
    return STAND_IN + "\n" + as_toml(entries)


def _as_shown(each: Wanted) -> dict[str, Any]:
    named = f"{each.purpose}.{each.language}"
    rows = [f"{n}. {button.title}" for n, button in enumerate(each.content.buttons, 1)]
    return {
        "sid": f"HX{sha256(named.encode()).hexdigest()[:32]}",
        "variables": [name for name in each.variables if name != ROW],
        "text": "\n".join([each.content.body, *rows]),
    }


def _entry(key: tuple[str, str], entry: Mapping[str, Any]) -> Iterator[str]:
    yield f"[{key[0]}.{key[1]}]"
    yield from (f"{name} = {dumps(value, ensure_ascii=False)}" for name, value in entry.items())
    yield ""


def _wanted(name: str, language: str, body: str, flows: Flows) -> Wanted:
    if name not in set(Purpose):
        raise ConfigError(f"locales/{language}/{FILE}: {name} is no purpose")
    purpose = Purpose(name)
    rows = _rows(purpose, flows)
    names = tuple(dict.fromkeys(PLACE.findall(body)))
    if UNFIT.search(body) or _longest(body) > LONGEST_BODY or len(rows) > MOST_BUTTONS:
        raise ConfigError(f"locales/{language}/{FILE}: {purpose} is nothing WhatsApp takes")
    if strange := set(names) - set(SAMPLES):
        raise ConfigError(f"locales/{language}/{FILE}: {purpose} has places: {sorted(strange)}")
    variables = (*names, ROW) if rows else names
    number = {name: f"{{{{{place}}}}}" for place, name in enumerate(variables, 1)}
    content = Content(
        topic=f"procare_{purpose.lower()}",
        language=language,
        body=PLACE.sub(lambda place: number[place[1]], body),
        samples=tuple(SAMPLES[name] for name in variables),
        buttons=tuple(
            Button(f"{number[ROW]}:{row}", render(Text(label), language)) for row, label in rows
        ),
    )
    return Wanted(purpose, language, content, variables)


def _longest(body: str) -> int:
    """Say how long a wording can become when its places are filled."""
    return len(PLACE.sub("", body)) + sum(map(longest_of, PLACE.findall(body)))


def _rows(purpose: Purpose, flows: Flows) -> list[tuple[str, str]]:
    if purpose not in ANSWERED_IN:
        return []
    flow = flows.flows[ANSWERED_IN[purpose]]
    question = flow.steps[flow.first]
    return [(row.id, row.label) for row in question.options] if isinstance(question, Choose) else []
