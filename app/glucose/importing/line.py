"""What a line of a file comes to: a reading, nothing of ours, or a fault. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.parsing.meanings import GlucoseState
from app.parsing.units import Unit


class Source(StrEnum):
    """Where a reading came from, in the words of the data model."""

    MANUAL = "MANUAL"
    OCR_PHOTO = "OCR_PHOTO"
    BLUETOOTH = "BLUETOOTH"
    VOICE = "VOICE"


class FileReading(NamedTuple):
    """A reading as a file has it.

    Attributes:
        recorded_at: Aware, in UTC.
        unit: The unit that the file has it in; `value_mg_dl` is converted.
        own_id: What the file itself calls the line; empty where it has no name.
    """

    recorded_at: datetime
    value_mg_dl: float
    unit: Unit
    source: Source
    state: GlucoseState = GlucoseState.RANDOM
    notes: str | None = None
    own_id: str = ""


class BadLine(NamedTuple):
    """A line that cannot be imported.

    Attributes:
        number: Counted from 1, as editors do; of the first where a cell goes over several.
        reason: For the operator; holds no words of the patient.
    """

    number: int
    reason: str


class BadCell(ValueError):  # noqa: N818 - the fault of one line, caught where lines are counted
    """A line holds something that is no reading of ours; the message is its reason."""


class BadFile(ValueError):  # noqa: N818 - as BadCell, of the whole
    """A file as a whole cannot be imported; the message tells the operator why."""


class DateOrder(StrEnum):
    """What stands first in a date of three numbers."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@dataclass(frozen=True, slots=True)
class Terms:
    """What must be known beside the file.

    Attributes:
        zone: The patient's; a local time is meant in it.
        now: Aware; nothing later is a reading.
        unit: What the operator says that a file is in which does not say so itself.
        dates: What the operator says of the order of day and month.
    """

    zone: ZoneInfo
    now: datetime
    unit: Unit | None = None
    dates: DateOrder | None = None


Columns = Mapping[str, int]
"""The names of a header, folded, each with its place."""

ReadLine = Callable[[list[str]], FileReading | None]
"""Reads the cells of a line: None for one that holds something else than glucose.

Raises `BadCell`.
"""


class Format(NamedTuple):
    """A kind of file.

    Attributes:
        described: Its name, and the columns by which it is known.
        recognised: Whether a header is this format's.
        reader: Makes what reads its lines; raises `BadFile`.
    """

    described: str
    recognised: Callable[[Columns], bool]
    reader: Callable[[Columns, Terms], ReadLine]
