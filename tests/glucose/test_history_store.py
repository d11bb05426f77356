"""A patient's history and days, alike on TimescaleDB and on plain PostgreSQL."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from app import clock, db
from app.glucose import jobs
from app.glucose.history.history import DayOfGlucose, kept_since
from app.glucose.history.store import readings_between
from app.glucose.reading import ReadingLogged, ReadingTakenBack, Telling
from app.glucose.store import apply
from app.parsing.meanings import GlucoseState
from app.parsing.units import Unit
from tests.glucose.days import at, averages, days_ago, keep, keep_many, make_averages
from tests.people.families import patient

pytestmark = pytest.mark.usefixtures("any_settings")


def logged(patient_id: UUID, days: int, value: float) -> ReadingLogged:
    """Let a patient log a reading at noon."""
    event = ReadingLogged(
        uuid4(), value, GlucoseState.RANDOM, at(days, 12), Unit.MG_DL, is_emergency=False
    )
    with db.transaction() as connection:
        apply(connection, patient_id, event, Telling(uuid4(), "SM1"), clock.now())
    return event


def taken_back(patient_id: UUID, reading: ReadingLogged) -> None:
    """Let a patient take a reading back."""
    event = ReadingTakenBack(reading.reading_id, reading.recorded_at)
    with db.transaction() as connection:
        apply(connection, patient_id, event, Telling(uuid4(), "SM1"), clock.now())


def test_history_is_newest_first_from_the_first_moment_to_before_the_last() -> None:
    patient_id = patient()
    keep(patient_id, [(at(3), 100), (at(2), 120), (at(1), 140)])
    keep(patient(), [(at(2), 300)])
    with db.transaction() as connection:
        found = readings_between(connection, patient_id, at(3), at(1))
    assert [(each.recorded_at, each.value_mg_dl) for each in found] == [(at(2), 120), (at(3), 100)]
    assert {each.state for each in found} == {GlucoseState.RANDOM}


def test_a_day_is_the_local_one_from_midnight_to_midnight() -> None:
    """18:29 and 18:30 UTC are 23:59 and 00:00 in India."""
    patient_id = patient()
    keep(patient_id, [(at(3, 23, 59), 100), (at(2), 120), (at(2, 23, 59), 170), (at(1), 90)])
    make_averages()
    days = {each.on_day: each for each in averages(patient_id)}
    assert days[days_ago(3)] == DayOfGlucose(days_ago(3), 100, 100, 100, 1)
    assert days[days_ago(2)] == DayOfGlucose(days_ago(2), 145, 120, 170, 2)


def test_the_averages_are_those_of_a_plain_query_over_local_days() -> None:
    patient_id = patient()
    hours = timedelta(hours=5, minutes=7)
    keep(patient_id, [(at(20) + i * hours, 60 + 37 * i % 400) for i in range(80)])
    make_averages()
    with db.transaction() as connection:
        days = connection.execute(
            text(
                "SELECT (recorded_at AT TIME ZONE 'Asia/Kolkata')::date, avg(value), min(value),"
                " max(value), count(*) FROM glucose_readings GROUP BY 1 ORDER BY 1 DESC"
            )
        )
        expected = [DayOfGlucose(*row) for row in days]
    assert len(expected) == 17  # 79 times 5:07 h are 16 days and 20 hours
    assert averages(patient_id) == expected


def test_the_day_that_is_not_over_has_no_average() -> None:
    patient_id = patient()
    keep(patient_id, [(clock.now(), 200), (at(4, 12), 110)])
    make_averages()
    assert [each.on_day for each in averages(patient_id)] == [days_ago(4)]


def test_a_late_reading_and_one_taken_back_change_their_day() -> None:
    patient_id = patient()
    first = logged(patient_id, 5, 100)
    make_averages()
    logged(patient_id, 5, 200)
    make_averages()
    assert averages(patient_id) == [DayOfGlucose(days_ago(5), 150, 100, 200, 2)]
    taken_back(patient_id, first)
    make_averages()
    assert averages(patient_id) == [DayOfGlucose(days_ago(5), 200, 200, 200, 1)]


def test_days_of_an_import_are_averaged_however_old_they_are() -> None:
    patient_id, now = patient(), clock.now()
    keep(patient_id, [(at(400, 8), 100), (at(300, 9), 200), (now, 300)])
    jobs.average_imported(now)
    make_averages()
    assert [(each.on_day, each.average_mg_dl) for each in averages(patient_id, 500)] == [
        (days_ago(300), 200),
        (days_ago(400), 100),
    ]


def test_an_import_does_not_touch_the_averages_of_dropped_days() -> None:
    patient_id, now = patient(), clock.now()
    keep(patient_id, [(kept_since(now) - timedelta(hours=1), 300)])
    jobs.average_imported(now)
    make_averages()
    assert averages(patient_id, 5 * 366 + 9) == []


def test_a_changed_time_is_a_reading_taken_back_and_another_logged() -> None:
    patient_id = patient()
    wrong = logged(patient_id, 4, 130)
    make_averages()
    taken_back(patient_id, wrong)
    logged(patient_id, 12, 130)
    make_averages()
    assert averages(patient_id) == [DayOfGlucose(days_ago(12), 130, 130, 130, 1)]


def test_history_is_read_from_an_index() -> None:
    patient_id = patient()
    keep_many(patient_id, at(100), 2000, every=timedelta(hours=1))
    for _ in range(5):
        keep_many(patient(), at(100), 2000, every=timedelta(hours=1))
    with db.transaction() as connection:
        connection.execute(text("ANALYZE glucose_readings"))
        plan = connection.execute(
            text(
                "EXPLAIN SELECT id FROM glucose_readings WHERE patient_id = :patient_id"
                " AND recorded_at >= :since AND recorded_at < :until ORDER BY recorded_at DESC"
            ),
            {"patient_id": patient_id, "since": at(60), "until": at(30)},
        )
        steps = "\n".join(plan.scalars())
    assert "Index Scan" in steps
    assert "Seq Scan" not in steps


def test_an_average_has_the_same_columns_everywhere() -> None:
    with db.transaction() as connection:
        columns = connection.execute(
            text(
                "SELECT column_name || ' ' || data_type FROM information_schema.columns"
                " WHERE table_name = 'glucose_daily_avg' ORDER BY ordinal_position"
            )
        )
        assert list(columns.scalars()) == [
            "patient_id uuid",
            "day timestamp with time zone",
            "avg_glucose double precision",
            "min_glucose double precision",
            "max_glucose double precision",
            "reading_count bigint",
        ]
