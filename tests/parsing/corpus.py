"""Reading the corpora: what a line of expected meanings says, as the contract's JSON."""

import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import regex

from app.parsing.meanings import RED_FLAGS

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
_AT = regex.compile(r"@(?:-(\d+) )?(\d\d):(\d\d)")
_STATUS = {"took": "TAKEN", "skipped": "SKIPPED", "missed": "MISSED"}


class Case(NamedTuple):
    """One message with what it means."""

    text: str
    language: str
    received_at: datetime
    unit: str
    expected: list[dict[str, Any]]
    correction: bool


def cases(path: Path) -> list[Case]:
    """Read a corpus; its file is named after the person's language."""
    groups = tomllib.loads(path.read_text(encoding="utf-8"))["group"]
    return [
        _case(path.stem, group, text, said)
        for group in groups
        for text, said in group["messages"].items()
    ]


def _case(language: str, group: dict[str, Any], text: str, said: str) -> Case:
    received_at = datetime.fromisoformat(group["received_at"])
    meanings = [_meaning(part.strip(), received_at) for part in said.split(";") if part.strip()]
    return Case(
        text, language, received_at, group.get("unit", "mg/dL"), meanings, "correction" in said
    )


def _meaning(said: str, received_at: datetime) -> dict[str, Any]:
    at = _AT.search(said)
    moment = None
    if at:
        hour, minute = int(at[2]), int(at[3])
        day = received_at - timedelta(days=int(at[1] or 0))
        moment = day.replace(hour=hour, minute=minute, second=0, microsecond=0).isoformat()
    kind, *rest = _AT.sub("", said).replace("correction", "").split()
    return _READERS.get(kind, _reading)([kind, *rest], moment)


def _reading(words: list[str], moment: str | None) -> dict[str, Any]:
    state = words[1] if len(words) > 1 else None
    return {
        "kind": "glucose",
        "value_mg_dl": _number(words[0]),
        "state": state,
        "recorded_at": moment,
    }


def _number(word: str) -> float | int:
    return float(word) if "." in word else int(word)


def _doubtful(words: list[str], _: str | None) -> dict[str, Any]:
    return {"kind": "glucose_doubtful", "value": _number(words[1])} | (
        {"unit": words[2]} if words[2:] else {}
    )


def _dose(words: list[str], moment: str | None) -> dict[str, Any]:
    name = None if words[1] == "-" else words[1]
    return {"kind": "medication", "name": name, "status": _STATUS[words[0]], "taken_at": moment}


def _meal(words: list[str], moment: str | None) -> dict[str, Any]:
    foods = [part.split() for part in " ".join(words[2:]).split(",") if part.strip()]
    return {
        "kind": "meal",
        "meal_type": None if words[1] == "-" else words[1],
        "foods": [
            {"food": food, "quantity": _number(how_many[0]) if how_many else None}
            for food, *how_many in foods
        ],
        "consumed_at": moment,
    }


def _symptoms(words: list[str], _: str | None) -> dict[str, Any]:
    red = words[0].endswith("!")
    assert red is not RED_FLAGS.isdisjoint(words[1:]), words
    return {"kind": "symptom", "symptoms": words[1:], "red_flag": red}


def _pressure(words: list[str], _: str | None) -> dict[str, Any]:
    upper, lower = words[1].split("/")
    return {"kind": "blood_pressure", "systolic": int(upper), "diastolic": int(lower)}


def _command(words: list[str], _: str | None) -> dict[str, Any]:
    to = {"to": None if words[2] == "-" else words[2]} if words[1] == "language" else {}
    return {"kind": "command", "command": words[1], **to}


_READERS: dict[str, Callable[[list[str], str | None], dict[str, Any]]] = {
    "display": lambda words, _: {"kind": "glucose_display", "display": words[1]},
    "doubtful": _doubtful,
    "meal": _meal,
    "took": _dose,
    "skipped": _dose,
    "missed": _dose,
    "symptoms": _symptoms,
    "symptoms!": _symptoms,
    "bp": _pressure,
    "hba1c": lambda words, _: {"kind": "lab", "marker": "HbA1c", "value": _number(words[1])},
    "connect": lambda words, _: {"kind": "connect", "code": words[1]},
    "command": _command,
}
