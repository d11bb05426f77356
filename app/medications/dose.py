"""Medicines and doses as values, and what can happen to them. Pure."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.parsing.meanings import DoseStatus


@dataclass(frozen=True, slots=True)
class Medicine:
    """An active medicine of a patient; `name` is the generic, lower case."""

    medicine_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class MedicationFacts:
    """What is known of a patient's medicines: the active ones, in the order they were added."""

    medicines: tuple[Medicine, ...] = ()


@dataclass(frozen=True, slots=True)
class MedicineAdded:
    """A medicine that was not on the list was told of: as needed, self-reported."""

    medicine_id: UUID
    name: str


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


MedicationEvent = MedicineAdded | DoseLogged
