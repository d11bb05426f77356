"""Readings as patients have them: four a day over half a year, told by everybody in turn. Pure.

They come in the order of time, as they do in life: what one patient told lies far apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import md5
from itertools import islice
from random import Random
from uuid import UUID, uuid4

from app.glucose.reading import ReadingLogged, Telling
from app.parsing.meanings import GlucoseState
from app.parsing.units import Unit

NOW = datetime.fromisoformat("2026-01-01T00:00+05:30")
"""Excluded: the last reading is of the day before, so that every day of theirs is over."""
DAYS = 180
TIMES = (
    (7, "MORNING_FASTING"),
    (10, "AFTER_BREAKFAST"),
    (14, "AFTER_LUNCH"),
    (21, "AFTER_DINNER"),
)
OF_A_PATIENT = DAYS * len(TIMES)
AT_LEAST = 20
LOW_MG_DL = 70
SEED = 8191

COLUMNS = (
    *("patient_id", "recorded_at", "id", "value", "unit", "state", "source"),
    *("is_emergency", "is_synced", "created_at", "updated_at"),
)


def patients_of(size: int) -> int:
    """Say how many patients have so many readings among them; never fewer than 20."""
    return max(AT_LEAST, -(-size // OF_A_PATIENT))


def patient_id(number: int) -> UUID:
    """Give a patient's id; the first is 0. Spread like a random one, and SQL can say it too."""
    return UUID(md5(f"patient {number}".encode(), usedforsecurity=False).hexdigest())


def rows(size: int) -> Iterator[str]:
    """Give exactly so many readings as lines of COPY, earliest days first.

    Where they do not suffice for everybody's half a year, the earliest are left out.
    """
    patients = [str(patient_id(number)) for number in range(patients_of(size))]
    return islice(_rows(patients), len(patients) * OF_A_PATIENT - size, None)


def _rows(patients: list[str]) -> Iterator[str]:
    chance = Random(SEED)  # noqa: S311 - the same readings in every run
    for days_ago in range(DAYS, 0, -1):
        day = (NOW - timedelta(days=days_ago)).date()
        for hour, state in TIMES:
            for patient in patients:
                yield _row(patient, f"{day}T{hour:02}", state, chance.getrandbits(128))


def _row(patient: str, hour: str, state: str, drawn: int) -> str:
    """Write a reading: its id is what was drawn, and the rest varies with it."""
    minute, second, micro = drawn % 60, drawn // 60 % 60, drawn // 3600 % 10**6
    value = 60 + drawn // 10**10 % 240
    told_at = f"{hour}:{minute:02}:{second:02}.{micro:06}+05:30"
    is_low = "t" if value <= LOW_MG_DL else "f"
    return (
        f"{patient}\t{hour}:{minute:02}:00+05:30\t{drawn:032x}\t{value}\tmg/dL\t{state}\tMANUAL"
        f"\t{is_low}\tt\t{told_at}\t{told_at}\n"
    )


BY_PHONE = Telling(UUID(int=1), "SM1")
"""Who tells of the new readings."""


def logged(now: datetime) -> ReadingLogged:
    """Tell of a new reading as a message does."""
    return ReadingLogged(
        reading_id=uuid4(),
        value_mg_dl=126.0,
        state=GlucoseState.MORNING_FASTING,
        recorded_at=now,
        unit=Unit.MG_DL,
        is_emergency=False,
    )
