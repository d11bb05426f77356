"""Whether what is read of the past is what is there, for some patients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from datetime import timedelta
from random import Random
from uuid import UUID

from sqlalchemy import Connection, text

from app.glucose.history import store
from tests.benchmarks.history_fill import Filled, WrongHistoryError
from tests.benchmarks.history_rows import NOW, SEED, patient_id

SAMPLE = 20
DAYS = 90
READINGS = (
    "SELECT id, recorded_at, value, state::text FROM glucose_readings"
    " WHERE patient_id = :patient AND recorded_at >= :since AND recorded_at < :until"
    " ORDER BY recorded_at DESC"
)
AVERAGES = (
    "SELECT (recorded_at AT TIME ZONE 'Asia/Kolkata')::date AS day, avg(value),"
    " min(value), max(value), count(*)"
    " FROM glucose_readings WHERE patient_id = :patient AND recorded_at >= :since"
    " AND recorded_at < :until GROUP BY 1 ORDER BY 1 DESC"
)


def check(filled: Sequence[Filled]) -> None:
    """Compare readings and averages with what a plain question says.

    Raises:
        WrongHistoryError: They differ.
    """
    chance = Random(SEED)  # noqa: S311 - the same patients in every run
    for each in filled:
        with each.engine.begin() as connection:
            for _ in range(SAMPLE):
                patient = patient_id(chance.randrange(each.patients))
                if _said(connection, patient) != _there(connection, patient):
                    raise WrongHistoryError(f"of patient {patient} among {each.size} readings")


def _said(connection: Connection, patient: UUID) -> tuple[list[object], list[object]]:
    since = NOW - timedelta(days=DAYS)
    readings = store.readings_between(connection, patient, since, NOW)
    days = store.daily_averages(connection, patient, since.date(), NOW.date())
    return [astuple(one) for one in readings], [astuple(day) for day in days]


def _there(connection: Connection, patient: UUID) -> tuple[list[object], list[object]]:
    asked = {"patient": patient, "since": NOW - timedelta(days=DAYS), "until": NOW}
    readings = connection.execute(text(READINGS), asked)
    days = connection.execute(text(AVERAGES), asked)
    return [tuple(row) for row in readings], [tuple(row) for row in days]
