"""Transcripts that are held in every language: what is said to the person comes from the catalogs.

`says`, and any value of an event or a sentence, may be a table by language; `says` may also list
several ways to say it, in either script, which all have to lead to the same. `said` names English
sentences of the catalog, with their values, and is rendered in the language that is tested:

    "Which medicine shall I remind you of?"       a sentence, whole
    "Which medicine shall I remind you of? You…"  the one sentence that begins so
    "1. Yes"                                      a row, numbered
    { say = "Noted: {medicine} taken.", medicine = "metformin" }
    { words = "- metformin 500: 08:00" }          as it stands, in every language
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import regex

from app import i18n
from app.parsing.load import lexicon
from app.text import Text

FOLDER = Path(__file__).parents[1] / "transcripts"
KINDS = ("straight", "mistake", "interrupted")
_ROW = regex.compile(r"(?P<number>\d+\. )(?P<label>.+)")


def languages() -> tuple[str, ...]:
    """List the languages that are understood, English first."""
    return tuple(sorted(lexicon().codes, key=lambda code: (code != i18n.ENGLISH, code)))


def transcript(path: Path) -> dict[str, Any]:
    """Read a transcript as it is written."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def in_language(whole: dict[str, Any], language: str) -> dict[str, Any]:
    """Take one language's conversation out of a transcript; `said` are its sentences then."""
    turns = [_turn(written, language) for written in whole["turns"]]
    return {**whole, "language": language, "turns": turns}


def tables_of_languages(value: object) -> list[dict[str, Any]]:
    """List all tables by language that stand in a transcript."""
    if _is_by_language(value):
        return [value]  # type: ignore[list-item]  # just tested
    if isinstance(value, dict):
        return [table for one in value.values() for table in tables_of_languages(one)]
    if isinstance(value, list):
        return [table for one in value for table in tables_of_languages(one)]
    return []


def _turn(written: dict[str, Any], language: str) -> dict[str, Any]:
    answered_in = _chosen(written.get("in", language), language)
    sentences = {
        key: [sentence(line, answered_in, language) for line in written[key]]
        for key in ("said", "not_said")
        if key in written
    }
    return {**_chosen(written, language), **sentences}


def sentence(line: str | dict[str, Any], language: str, spoken: str) -> str:
    """Write what a line of `said` stands for.

    Args:
        line: As the transcript has it.
        language: That of the answer: another one than the person's, where one is chosen.
        spoken: The language of the transcript, by which values are chosen.
    """
    line = _chosen(line, spoken)
    if isinstance(line, str):
        row = _ROW.fullmatch(line)
        return f"{row['number']}{_said(row['label'], language)}" if row else _said(line, language)
    if "words" in line:
        return str(line["words"])
    values = {name: _value(value, language, spoken) for name, value in line.items()}
    return i18n.render(Text(_msgid(line["say"]), tuple(values.items())), language)


def _said(line: str, language: str) -> str:
    return i18n.render(Text(_msgid(line)), language)


def _value(value: object, language: str, spoken: str) -> str:
    """Write a value: a sentence with its own values, a sentence, or what no catalog has."""
    value = _chosen(value, spoken)
    if isinstance(value, dict):
        return sentence(value, language, spoken)
    return _said(str(value), language) if str(value) in _msgids() else str(value)


def _msgid(line: str) -> str:
    """Find the sentence that a line names, whole or by its beginning."""
    if not line.endswith("…"):
        assert line in _msgids(), f"no sentence of the catalog: {line!r}"
        return line
    found = [msgid for msgid in _msgids() if msgid.startswith(line[:-1])]
    assert len(found) == 1, f"{len(found)} sentences of the catalog begin so: {line!r}"
    return found[0]


@cache
def _msgids() -> frozenset[str]:
    messages = (message.id for message in i18n.catalogs()[i18n.ENGLISH] if message.id)
    return frozenset(one if isinstance(one, str) else one[0] for one in messages)


def _chosen(value: Any, language: str) -> Any:
    """Take one language's part out of a value, however deep its tables stand."""
    if _is_by_language(value):
        return value[language]
    if isinstance(value, dict):
        return {key: _chosen(one, language) for key, one in value.items()}
    if isinstance(value, list):
        return [_chosen(one, language) for one in value]
    return value


def _is_by_language(value: object) -> bool:
    return isinstance(value, dict) and bool(value) and value.keys() <= set(languages())
