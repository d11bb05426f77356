"""What a digest is made of. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from app.medications.dose import LogStatus
from app.medications.history.history import TAKEN

if TYPE_CHECKING:
    from app.emergency.event import EmergencyType, Level
    from app.glucose.history.history import PastReading
    from app.medications.history.history import PastDose
    from app.parsing.units import Unit
    from app.people.access.rules import Relation

TOLD_OF = TAKEN | {LogStatus.SKIPPED}
"""Doses of which somebody told; a missed one is that of which nobody did."""
BEFORE_CONNECTED = timedelta(days=1)
"""How far back a first digest goes from the connection (house)."""
SILENT_AFTER = timedelta(days=1)
"""Who was not heard for so long is silent (house)."""
TOLD_DAILY, TOLD_WEEKLY = 3, 7
"""Silence alone is told on each of its first three days, and then each seventh (house)."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A patient as the reader of a digest may know them.

    Attributes:
        name: None where it was never told.
        zone: IANA name.
        unit: Of the patient's meter.
        relation: What the reader is to the patient.
        connected_at: Since when; aware.
        score: The health score, 0 to 100; None where too little is known.
    """

    patient_id: UUID
    name: str | None
    zone: str
    unit: Unit
    relation: Relation
    connected_at: datetime
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Following:
    """The patients of one reader.

    Attributes:
        shown: Those a digest tells of, in order; not all where there are very many.
        count: How many there are.
        is_heard: Somebody's reading of the last day is there, also of those not shown.
    """

    shown: tuple[Followed, ...] = ()
    count: int = 0
    is_heard: bool = False


@dataclass(frozen=True, slots=True)
class OpenDanger:
    """An emergency of which nobody has told that it is over."""

    type: EmergencyType
    level: Level
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of one patient, whatever the period.

    Attributes:
        readings: With the moment each was told at, in the order they were recorded.
        doses: With the moment each was decided at the latest, earliest first.
        last_word_at: When the patient last wrote; None for never.
    """

    readings: tuple[tuple[datetime, PastReading], ...] = ()
    doses: tuple[tuple[datetime, PastDose], ...] = ()
    open: tuple[OpenDanger, ...] = ()
    last_word_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PatientDay:
    """What one digest has to say of one patient.

    Attributes:
        readings: In the order they were recorded.
        doses: The decided ones, earliest first.
        last_word_at: When the patient last wrote; None for never.
    """

    patient: Followed
    readings: tuple[PastReading, ...] = ()
    doses: tuple[PastDose, ...] = ()
    open: tuple[OpenDanger, ...] = ()
    last_word_at: datetime | None = None

    def silent_days(self, now: datetime) -> int:
        """Count the whole days in which nothing was heard; 0 where something was, lately or never.

        What others tell of a patient is a word too; a dose that nobody told of is none.
        """
        is_told = bool(self.readings) or any(dose.status in TOLD_OF for dose in self.doses)
        if is_told or self.last_word_at is None:
            return 0
        return max((now - self.last_word_at) // SILENT_AFTER, 0)

    def has_news(self, now: datetime) -> bool:
        """Say whether this alone is worth a digest."""
        days = self.silent_days(now)
        is_silence_told = 0 < days <= TOLD_DAILY or (days > 0 and days % TOLD_WEEKLY == 0)
        return bool(self.readings or self.doses or self.open) or is_silence_told

    def local(self, moment: datetime) -> datetime:
        """Give a moment as the patient's clock shows it."""
        return moment.astimezone(ZoneInfo(self.patient.zone))


def day_of(patient: Followed, kept: Kept, since: datetime, until: datetime) -> PatientDay:
    """Leave of a patient what was told or decided in [since, until): each is in one digest.

    Of what came before the two were connected only the last day is told.
    """
    since = max(since, patient.connected_at - BEFORE_CONNECTED)
    return PatientDay(
        patient,
        tuple(reading for told_at, reading in kept.readings if since <= told_at < until),
        tuple(dose for decided_at, dose in kept.doses if since <= decided_at < until),
        kept.open,
        kept.last_word_at,
    )
