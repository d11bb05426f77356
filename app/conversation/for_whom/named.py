"""Which patients the words of a caregiver name. Pure.

Names count only as they are written, letter for letter but for marks and case: a name that is
nearly another's would write to the wrong record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import regex

from app.parsing.folding import exact
from app.parsing.relatives import relatives

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.parsing.lexicon import Lexicon
    from app.parsing.meanings import Message
    from app.people.cared_for.patient import CaredFor

_WORD = regex.compile(r"[\p{L}\p{M}\u200c\u200d']+")
_LEAST_NAME = 2


class Named(NamedTuple):
    """A patient that the words name, where, and whether by name rather than by relation."""

    patient: CaredFor
    start: int
    end: int
    by_name: bool


def named_in(heard: Message, patients: tuple[CaredFor, ...], lexicon: Lexicon) -> tuple[Named, ...]:
    """Find the patients that a message names, by name or by what they are to the sender."""
    by_name = [
        Named(patient, word.start(), word.end(), by_name=True)
        for word in _WORD.finditer(heard.text)
        for patient in patients
        if exact(word.group()) in _names(patient)
    ]
    by_relation = [
        Named(patient, one.start, one.end, by_name=False)
        for one in relatives(lexicon, heard)
        for patient in patients
        if patient.patient_is == one.name
    ]
    return (*by_name, *by_relation)


def _names(patient: CaredFor) -> frozenset[str]:
    words = _WORD.findall(patient.name)
    return frozenset(exact(word) for word in words if len(word) >= _LEAST_NAME)


def without(body: str, named: Iterable[Named]) -> str:
    """Take the words that name a patient out of a message, unless it has no others."""
    left = body
    for one in sorted(named, key=lambda each: each.start, reverse=True):
        left = left[: one.start] + " " + left[one.end :]
    return left.strip(" ,:;-\n") or body
