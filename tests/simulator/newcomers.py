"""The newcomers of newcomers.toml: what they do and hear, and what is kept of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text

from app import clock, db

_KEPT = text(
    """
    SELECT display_name AS name, timezone AS zone, u.language, diabetes_type::text AS diabetes,
           glucose_unit AS unit, last_hba1c AS hba1c,
           :year - extract(year FROM diagnosed_at) AS years,
           g.value AS reading, g.state::text, e.meal_type::text AS meal,
           e.recognized_foods AS foods, m.name AS medicine, m.called, m.dosage,
           m.scheduled_times AS times, d.status::text AS dose, r.language AS reminded_in,
           d.taken_at > r.queued_at AS taken_after_reminder
    FROM users u
    JOIN patients p ON p.user_id = u.id
    JOIN glucose_readings g ON g.patient_id = p.id
    JOIN meals e ON e.patient_id = p.id
    JOIN medications m ON m.patient_id = p.id
    JOIN medication_logs d ON d.medication_id = m.id
    JOIN outbound_messages r ON r.id = d.reminder_message_id AND r.user_id = u.id
    WHERE u.phone_number = :number
    """
)
"""One row is one reading, one meal, one medicine and one dose that was reminded of."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a newcomer types, or the label of the button that is pressed, and what comes back."""

    hears: tuple[str, ...]
    says: str = ""
    taps: str = ""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A path from the first word to a dose taken.

    Attributes:
        language: Chosen in the second turn.
        turns: Up to the medicine's times.
        reminded: Pieces of the reminder.
        answer: What is said to the reminder.
        kept: Columns of the rows that the path leaves; those of no value are left out.
    """

    language: str
    number: str
    turns: tuple[Turn, ...]
    reminded: tuple[str, ...]
    answer: Turn
    kept: dict[str, Any]

    @property
    def typed(self) -> str:
        """All that is typed, a line each."""
        return "\n".join(turn.says for turn in (*self.turns, self.answer))


def newcomers() -> dict[str, Newcomer]:
    """Read them all, by language."""
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {language: _newcomer(language, one) for language, one in told.items()}


def rows_of(newcomer: Newcomer) -> list[dict[str, Any]]:
    """Give the rows that are kept of a newcomer, without the columns of no value."""
    asked = {"number": newcomer.number, "year": clock.now().year}
    with db.transaction() as connection:
        found = connection.execute(_KEPT, asked).mappings().all()
    return [{name: told for name, told in row.items() if told is not None} for row in found]


def _newcomer(language: str, told: dict[str, Any]) -> Newcomer:
    return Newcomer(
        language=language,
        number=told["number"],
        turns=tuple(map(_turn, told["turns"])),
        reminded=tuple(told["reminded"]),
        answer=_turn(told["answer"]),
        kept=told["kept"],
    )


def _turn(told: dict[str, Any]) -> Turn:
    return Turn(**{**told, "hears": tuple(told["hears"])})
