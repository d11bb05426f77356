"""What shall go wrong at the loopback Twilio, as asked for; kept in its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from json import dumps, loads
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from app.simulator.twilio.database import reading, writing

MOST = 99_999
"""Five digits: Twilio's codes have no more, and nobody waits for more milliseconds."""


class BadFaultError(ValueError):
    """What is asked for is no fault of ours; the reason is a sentence."""


@dataclass(frozen=True, slots=True)
class Faults:
    """What shall go wrong. Counts are of the next sends; each send takes one of each.

    Attributes:
        errors: How many sends are refused with `error_code`.
        error_code: Twilio's.
        errors_late: Refuse as most WhatsApp errors come: the message is created, and its status
            becomes `failed` with the code.
        window_late: Likewise for free text outside the 24-hour window (63016).
        latency_ms: Every send waits so long.
        drops: How many sends are stored, and their connection closed without an answer.
        hangs: How many sends are stored, and answered only after `hang_ms`.
        callbacks_twice: Every status callback is posted twice.
        callbacks_reversed: A message's callbacks are posted in reverse order.
        callback_first: The first callbacks are posted before the send is answered.
        lost_inbound: How many of the next typed messages never reach the webhook.
    """

    errors: int = 0
    error_code: int = 20500
    errors_late: bool = False
    window_late: bool = False
    latency_ms: int = 0
    drops: int = 0
    hangs: int = 0
    hang_ms: int = 30_000
    callbacks_twice: bool = False
    callbacks_reversed: bool = False
    callback_first: bool = False
    lost_inbound: int = 0


NONE = Faults()
_KINDS = {field.name: type(getattr(NONE, field.name)) for field in fields(Faults)}


def changed(faults: Faults, wanted: Any) -> Faults:
    """Change some of the faults as a JSON object says.

    Raises:
        BadFaultError: A name is unknown, or its value is not what it can be.
    """
    if not isinstance(wanted, Mapping):
        raise BadFaultError("Faults are a JSON object.")
    for name, value in wanted.items():
        if name not in _KINDS:
            raise BadFaultError(f"There is no fault {name}; there are {', '.join(_KINDS)}.")
        if type(value) is not _KINDS[name]:
            raise BadFaultError(f"{name} is no {_KINDS[name].__name__}.")
        if not 0 <= value <= MOST:
            raise BadFaultError(f"{name} is not from 0 to {MOST}.")
    return replace(faults, **wanted)


def current(folder: Path) -> Faults:
    """Tell what shall go wrong from now on."""
    with reading(folder) as database:
        return _read(database)


def change(folder: Path, wanted: Any) -> Faults:
    """Ask for faults beside those already asked for.

    Raises:
        BadFaultError: As `changed` does.
    """
    with writing(folder) as database:
        faults = changed(_read(database), wanted)
        _write(database, faults)
    return faults


def clear(folder: Path) -> None:
    """Let nothing go wrong any more."""
    with writing(folder) as database:
        _write(database, NONE)


def take_for_send(folder: Path) -> Faults:
    """Tell what goes wrong with this send, and count it off."""
    return _taken(folder, "errors", "drops", "hangs")


def take_for_inbound(folder: Path) -> Faults:
    """Tell what goes wrong with this typed message, and count it off."""
    return _taken(folder, "lost_inbound")


def _taken(folder: Path, *counts: str) -> Faults:
    faults = current(folder)
    if not any(getattr(faults, name) for name in counts):
        return faults  # the rule in development: nothing to write
    with writing(folder) as database:
        faults = _read(database)
        left = {name: max(0, getattr(faults, name) - 1) for name in counts}
        _write(database, replace(faults, **left))
    return faults


def _read(database: Connection) -> Faults:
    row = database.execute("SELECT value FROM settings WHERE name = 'faults'").fetchone()
    return Faults(**loads(row["value"])) if row else NONE


def _write(database: Connection, faults: Faults) -> None:
    database.execute(
        "INSERT OR REPLACE INTO settings VALUES ('faults', ?)", (dumps(asdict(faults)),)
    )
