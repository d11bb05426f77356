"""A caregiver as the patient knows them, and what either may say of the connection. Pure."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Caring:
    """A caregiver with an active connection to the patient who asks.

    Attributes:
        may_log: May send readings, meals and medicines.
        may_see: Sees what is kept. Of danger they are warned in any case.
    """

    caregiver_id: UUID
    name: str
    may_log: bool = False
    may_see: bool = False


@dataclass(frozen=True, slots=True)
class CaregiverAllowed:
    """The patient said what a caregiver may do."""

    caregiver_id: UUID
    may_log: bool
    may_see: bool


@dataclass(frozen=True, slots=True)
class CaregiverEnded:
    """The patient wants that a caregiver sees nothing of them and hears nothing any more.

    Attributes:
        language: The language in which it was said.
    """

    caregiver_id: UUID
    language: str


@dataclass(frozen=True, slots=True)
class CareLeft:
    """A caregiver does not want to be one of a patient's any more.

    Attributes:
        patient_id: The patient who is left.
        language: The language in which it was said.
    """

    patient_id: UUID
    language: str


CaringEvent = CaregiverAllowed | CaregiverEnded | CareLeft
