"""Past doses as values. Pure."""

from dataclasses import dataclass
from datetime import datetime

from app.medications.dose import LogStatus

TAKEN = frozenset({LogStatus.TAKEN, LogStatus.TAKEN_LATE})


@dataclass(frozen=True, slots=True)
class PastDose:
    """A dose that was due, whatever became of it.

    Attributes:
        scheduled_time: Aware.
        reason: Why it was skipped, as the person told it; empty for not told.
    """

    name: str
    scheduled_time: datetime
    status: LogStatus
    reason: str = ""
