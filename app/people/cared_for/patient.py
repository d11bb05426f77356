"""A patient whom somebody else writes for. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from app.parsing.units import Unit

if TYPE_CHECKING:
    from app.people.person import DiabetesType


@dataclass(frozen=True, slots=True)
class CaredFor:
    """A patient, as a caregiver's message needs to know them.

    Attributes:
        user_id: The patient's own user.
        name: What the patient is called; where no name is known, the end of their number.
        language: The patient's, not the caregiver's.
        patient_is: What the patient is to the caregiver, as `parsing.people.FAMILY` names it; None
            for not told.
    """

    patient_id: UUID
    user_id: UUID
    name: str
    language: str
    diabetes_type: DiabetesType | None = None
    unit: Unit = Unit.MG_DL
    patient_is: str | None = None
