"""Who writes to us, and what they tell of themselves. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from app.parsing.units import Unit
from app.people.caring.caregiver import CaringEvent
from app.people.codes.invitation import InvitationEvent

if TYPE_CHECKING:
    from app.people.cared_for.patient import CaredFor


class Role(StrEnum):
    """The role a person speaks in."""

    PATIENT = "PATIENT"
    DOCTOR = "DOCTOR"
    CAREGIVER = "CAREGIVER"


class DiabetesType(StrEnum):
    """The types of diabetes that the data model knows."""

    TYPE_1 = "TYPE_1"
    TYPE_2 = "TYPE_2"


OTHERS_A_DAY = 2
"""Messages a day beside those of medicines, unless the person wants other (clinical rules)."""
MOST_OTHERS_A_DAY = 5
"""The cap of all messages of a day is their cap too."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The hours of the day in which we keep quiet, HH:MM in the person's zone, half-open.

    Attributes:
        until: Earlier than `since` where midnight lies between; the same for no quiet at all.
    """

    since: str
    until: str

    def covers(self, at: time) -> bool:
        """Say whether a time of the person's day is quiet."""
        since, until = time.fromisoformat(self.since), time.fromisoformat(self.until)
        if since <= until:
            return since <= at < until
        return at >= since or at < until


DEFAULT_QUIET = QuietHours("22:00", "07:00")
"""House."""


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
        quiet: The hours in which nothing comes of our own accord but what keeps its own time.
        others_a_day: How many messages a day may come beside those of medicines.
        digest_at: HH:MM of a caregiver's daily summary; None for no time chosen, and for others.
        cares_for: The patients that the person is a caregiver of, as they were connected.
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
    quiet: QuietHours = DEFAULT_QUIET
    others_a_day: int = OTHERS_A_DAY
    digest_at: str | None = None
    cares_for: tuple[CaredFor, ...] = ()


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
class DiagnosisYearTold:
    """The person said in which year the diabetes was found."""

    year: int


@dataclass(frozen=True, slots=True)
class HbA1cTold:
    """The person said what the last HbA1c was, in percent."""

    percent: float


@dataclass(frozen=True, slots=True)
class ZoneChosen:
    """The person said where they live.

    Attributes:
        zone: IANA name.
    """

    zone: str


@dataclass(frozen=True, slots=True)
class QuietHoursChosen:
    """The person said when it shall be quiet."""

    quiet: QuietHours


@dataclass(frozen=True, slots=True)
class OthersADayChosen:
    """The person wants so many messages a day beside those of medicines."""

    at_most: int


@dataclass(frozen=True, slots=True)
class DigestTimeChosen:
    """A caregiver said when the daily summary shall come.

    Attributes:
        at: HH:MM in the caregiver's zone.
    """

    at: str


@dataclass(frozen=True, slots=True)
class DoctorConnected:
    """The person agreed that a doctor sees what is kept of them.

    Attributes:
        version: Of the question that was agreed to.
        language: The language it was shown in.
    """

    doctor_id: UUID
    version: str
    language: str


@dataclass(frozen=True, slots=True)
class DoctorDisconnected:
    """The person wants that a doctor sees nothing of them any more.

    Attributes:
        version: Of the question that had been agreed to.
        language: The language in which it was taken back.
    """

    doctor_id: UUID
    version: str
    language: str


@dataclass(frozen=True, slots=True)
class CopyAsked:
    """The person asked for a copy of what is kept of them."""


@dataclass(frozen=True, slots=True)
class PersonForgotten:
    """The person had everything deleted that is kept of them.

    Attributes:
        language: The language in which the consent was taken back.
    """

    language: str


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
    | DiagnosisYearTold
    | HbA1cTold
    | ZoneChosen
    | QuietHoursChosen
    | OthersADayChosen
    | DigestTimeChosen
    | DoctorConnected
    | DoctorDisconnected
    | CaringEvent
    | InvitationEvent
    | PersonForgotten
    | MessagesStopped
    | MessagesStarted
)
