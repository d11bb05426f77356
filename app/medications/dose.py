"""Medicines and doses as values, and what can happen to them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.parsing.meanings import DoseStatus

IN_TIME = timedelta(hours=1)
"""A dose taken longer than this after it was due is taken late (house)."""
MISSED_AFTER = timedelta(hours=4)
"""A dose nobody told of for so long after it was asked for is missed (house)."""


class Frequency(StrEnum):
    """How often a medicine is taken, in the words of the data model."""

    ONCE_DAILY = "ONCE_DAILY"
    TWICE_DAILY = "TWICE_DAILY"
    THRICE_DAILY = "THRICE_DAILY"
    AS_NEEDED = "AS_NEEDED"


class LogStatus(StrEnum):
    """What is kept of a dose, in the words of the data model."""

    PENDING = "PENDING"
    TAKEN = "TAKEN"
    TAKEN_LATE = "TAKEN_LATE"
    MISSED = "MISSED"
    SKIPPED = "SKIPPED"


@dataclass(frozen=True, slots=True)
class Medicine:
    """An active medicine of a patient.

    Attributes:
        name: The generic, lower case.
        called: What the person calls it; empty where that is the generic.
        times: HH:MM in the person's zone, earliest first; empty for no fixed ones.
        is_paused: It is, or was until `paused_until`.
        paused_until: Aware; None for until it is resumed.
    """

    medicine_id: UUID
    name: str
    called: str = ""
    dosage: str = ""
    times: tuple[str, ...] = ()
    is_paused: bool = False
    paused_until: datetime | None = None

    @property
    def shown(self) -> str:
        """The name as it is said to the person."""
        return self.called or self.name

    @property
    def described(self) -> str:
        """The name with how much of it is taken."""
        return f"{self.shown} {self.dosage}".strip()

    def is_paused_at(self, now: datetime) -> bool:
        """Say whether its reminders are paused at a moment."""
        return self.is_paused and (self.paused_until is None or now < self.paused_until)


@dataclass(frozen=True, slots=True)
class PendingDose:
    """A dose made ahead that nobody has told of yet.

    Attributes:
        scheduled_time: Aware.
        remind_at: Aware; later than `scheduled_time` where the person asked for later.
        reminder_id: The message that reminds of it; None where none does.
        reminded_at: Aware; when that message went out, None where it has not.
    """

    log_id: UUID
    medicine_id: UUID
    name: str
    scheduled_time: datetime
    remind_at: datetime
    reminder_id: UUID | None = None
    reminded_at: datetime | None = None
    called: str = ""

    @property
    def shown(self) -> str:
        """The medicine's name as it is said to the person."""
        return self.called or self.name


@dataclass(frozen=True, slots=True)
class AnsweredDose:
    """A dose of the last day that was told of, or is counted as missed.

    Attributes:
        scheduled_time: Aware.
        taken_at: Aware; None unless taken.
    """

    log_id: UUID
    medicine_id: UUID
    status: LogStatus
    scheduled_time: datetime
    taken_at: datetime | None = None

    @property
    def is_taken(self) -> bool:
        """Whether it was taken, in time or late."""
        return self.taken_at is not None

    @property
    def at(self) -> datetime:
        """When it was taken, else when it was due."""
        return self.taken_at or self.scheduled_time


@dataclass(frozen=True, slots=True)
class MedicationFacts:
    """What is known of a patient's medicines.

    Attributes:
        medicines: The active ones, in the order they were added.
        pending: The doses nobody has told of yet, earliest first.
        answered: The doses due in the last day that are no longer pending, earliest first.
    """

    medicines: tuple[Medicine, ...] = ()
    pending: tuple[PendingDose, ...] = ()
    answered: tuple[AnsweredDose, ...] = ()

    @property
    def waiting(self) -> tuple[PendingDose, ...]:
        """The doses of the latest reminder that is not answered; empty where none waits."""
        reminded = [dose for dose in self.pending if dose.reminded_at is not None]
        latest = max(reminded, key=_when_reminded, default=None)
        return tuple(d for d in reminded if latest and d.reminder_id == latest.reminder_id)


def _when_reminded(dose: PendingDose) -> tuple[datetime, str]:
    return dose.reminded_at or dose.remind_at, str(dose.reminder_id)


@dataclass(frozen=True, slots=True)
class MedicineAdded:
    """A medicine that was not on the list was told of: as needed, self-reported."""

    medicine_id: UUID
    name: str
    called: str = ""


@dataclass(frozen=True, slots=True)
class MedicineScheduled:
    """A medicine got its times, or other ones than before; added where it was not on the list.

    Attributes:
        dosage: As told; empty where it was not, which leaves what was told before.
        times: HH:MM in the person's zone, earliest first.
        called: What the person calls it; empty where that was not told anew.
    """

    medicine_id: UUID
    name: str
    dosage: str
    frequency: Frequency
    times: tuple[str, ...]
    called: str = ""


@dataclass(frozen=True, slots=True)
class MedicinePaused:
    """A medicine's reminders rest until a moment, or until they are resumed."""

    medicine_id: UUID
    until: datetime | None


@dataclass(frozen=True, slots=True)
class MedicineResumed:
    """A paused medicine is reminded of again."""

    medicine_id: UUID


@dataclass(frozen=True, slots=True)
class MedicineEnded:
    """A doctor ended a medicine, as the person confirmed."""

    medicine_id: UUID


@dataclass(frozen=True, slots=True)
class DoseLogged:
    """A dose was taken, skipped or missed.

    Attributes:
        log_id: The log's row is made with this id.
        scheduled_time: Aware; when it was due, which for a medicine without times is when it was
            taken, or told of.
        taken_at: Aware; None unless taken.
    """

    log_id: UUID
    medicine_id: UUID
    status: DoseStatus
    scheduled_time: datetime
    taken_at: datetime | None

    @property
    def log_status(self) -> LogStatus:
        """What is kept: a dose taken long after it was due is taken late."""
        is_late = self.taken_at is not None and self.taken_at - self.scheduled_time > IN_TIME
        return LogStatus.TAKEN_LATE if is_late else LogStatus(self.status.value)


@dataclass(frozen=True, slots=True)
class DosePostponed:
    """The person wants to be reminded of a dose once more, later."""

    log_id: UUID
    remind_at: datetime


class SkipReason(StrEnum):
    """Why a dose was not taken, as it is kept with it."""

    UNWELL = "UNWELL"
    NONE_LEFT = "NONE_LEFT"
    NOT_EATEN = "NOT_EATEN"
    DOCTOR_SAID = "DOCTOR_SAID"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class SkipReasonTold:
    """The person told why doses were not taken."""

    log_ids: tuple[UUID, ...]
    reason: SkipReason


MedicationEvent = (
    MedicineAdded
    | MedicineScheduled
    | MedicinePaused
    | MedicineResumed
    | MedicineEnded
    | DoseLogged
    | DosePostponed
    | SkipReasonTold
)
