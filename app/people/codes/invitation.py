"""What happens to an invitation. Pure."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CaregiverInvited:
    """A patient invited somebody, and agreed to what they will see and hear.

    Attributes:
        phone_number: E.164; only this number can use the code.
        patient_is: What the patient is to the caregiver; None where they go by name.
        version: Of the question that was agreed to.
        language: The language it was shown in.
    """

    invitation_id: UUID
    phone_number: str
    code_hash: str
    patient_is: str | None
    may_log: bool
    may_see: bool
    version: str
    language: str


@dataclass(frozen=True, slots=True)
class CodeTried:
    """Somebody sent six digits; `right_id` is the invitation they fit, None for none."""

    right_id: UUID | None


@dataclass(frozen=True, slots=True)
class InvitationAccepted:
    """Whoever had the code agreed to be the patient's caregiver.

    Attributes:
        name: How the patient is to see them.
        version: Of the question that was agreed to.
        language: The language it was shown in.
    """

    invitation_id: UUID
    name: str
    version: str
    language: str


InvitationEvent = CaregiverInvited | CodeTried | InvitationAccepted
