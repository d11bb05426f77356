"""A doctor as far as a patient who sends the doctor's code may know. Pure."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CodedDoctor:
    """The doctor whose code a message carries.

    Attributes:
        name: With the clinic, where there is one.
        is_connected: The sender agreed already that this doctor sees what is kept.
    """

    doctor_id: UUID
    name: str
    is_connected: bool = False
