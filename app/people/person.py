"""Who writes to us, and what they tell of themselves. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.parsing.units import Unit


class Role(StrEnum):
    """The role a person speaks in."""

    PATIENT = "PATIENT"
    DOCTOR = "DOCTOR"
    CAREGIVER = "CAREGIVER"


class DiabetesType(StrEnum):
    """The types of diabetes that the data model knows."""

    TYPE_1 = "TYPE_1"
    TYPE_2 = "TYPE_2"


@dataclass(frozen=True, slots=True)
class Person:
    """A sender, as known before the message is read.

    Attributes:
        language: A folder of `locales/`.
        zone: IANA name; decides "today".
        patient_id: None until the person has agreed to be kept as a patient, and for doctors and
            caregivers.
        diabetes_type: None until told.
        unit: The unit of the person's meter.
        stopped_at: When the person asked for no more messages of our own accord; None if never.
    """

    user_id: UUID
    role: Role
    language: str
    zone: str
    name: str | None = None
    patient_id: UUID | None = None
    diabetes_type: DiabetesType | None = None
    unit: Unit = Unit.MG_DL
    stopped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """The person chose the language to be spoken to in."""

    language: str


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """The person read the notice and agreed; from here on words and values are kept.

    Attributes:
        patient_id: The patient's row is made with this id.
        version: Of the notice that was shown.
        language: The language it was shown in.
    """

    patient_id: UUID
    version: str
    language: str


@dataclass(frozen=True, slots=True)
class NameGiven:
    """The person said what to be called."""

    name: str


@dataclass(frozen=True, slots=True)
class DiabetesTypeGiven:
    """The person said which type of diabetes it is."""

    diabetes_type: DiabetesType


@dataclass(frozen=True, slots=True)
class UnitChosen:
    """The person said which unit the meter shows."""

    unit: Unit


@dataclass(frozen=True, slots=True)
class MessagesStopped:
    """The person wants no message of our own accord; replies and emergencies stay."""


@dataclass(frozen=True, slots=True)
class MessagesStarted:
    """The person wants our messages again."""


PersonEvent = (
    LanguageChosen
    | ConsentGiven
    | NameGiven
    | DiabetesTypeGiven
    | UnitChosen
    | MessagesStopped
    | MessagesStarted
)
