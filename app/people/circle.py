"""Who stands around a patient: the people who may be told. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.people.person import Role


class AlertPreference(StrEnum):
    """When a doctor wants to be told."""

    NONE = "NONE"
    IMMEDIATE = "IMMEDIATE"
    DAILY_DIGEST = "DAILY_DIGEST"


@dataclass(frozen=True, slots=True)
class Companion:
    """A caregiver or a doctor with an active connection to a patient.

    Attributes:
        role: CAREGIVER or DOCTOR.
        language: Theirs, not the patient's.
        critical_alerts: A caregiver's choice; obeyed except at level P0.
        alerts: A doctor's choice; None for a caregiver.
    """

    user_id: UUID
    role: Role
    name: str
    language: str
    critical_alerts: bool = True
    alerts: AlertPreference | None = None


@dataclass(frozen=True, slots=True)
class Circle:
    """Everyone who may be told of a patient, caregivers first, in the order they were connected."""

    companions: tuple[Companion, ...] = ()
