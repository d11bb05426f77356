"""What TimescaleDB does with readings as they grow old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from app import clock, db
from app.config import use
from app.glucose.history.store import readings_between
from app.glucose.reading import ReadingLogged, ReadingTakenBack, Telling
from app.glucose.store import apply
from app.meals import jobs as meals
from app.meals.tables import Meal
from app.parsing.meanings import GlucoseState
from app.parsing.units import Unit
from tests.glucose.days import at, averages, keep, make_averages, run_policy
from tests.people.families import patient
from tests.settings import settings as make_settings

pytestmark = pytest.mark.usefixtures("on_timescaledb")
SIX_YEARS = 6 * 366


@pytest.fixture
def on_timescaledb(timescale_database: str, tmp_path: Path) -> Iterator[None]:
    """Let this process use TimescaleDB."""
    use(make_settings(spool_dir=tmp_path / "spool", DATABASE_URL=timescale_database))
    yield
    db.engine().dispose()


def scalar(query: str) -> object:
    with db.transaction() as connection:
        return connection.execute(text(query)).scalar()


def outside_transaction(statement: str) -> None:
    autocommit = db.engine().execution_options(isolation_level="AUTOCOMMIT")
    with autocommit.connect() as connection:
        connection.exec_driver_sql(statement)


def values(patient_id: UUID) -> list[float]:
    """List a patient's values, newest first."""
    with db.transaction() as connection:
        found = readings_between(connection, patient_id, at(SIX_YEARS + 9), clock.now())
    return [each.value_mg_dl for each in found]


def compressed(days: int = 60) -> UUID:
    """Add a patient with two readings so long ago, and have them compressed."""
    patient_id = patient()
    keep(patient_id, [(at(days, 8), 100), (at(days, 9), 110)])
    run_policy("policy_compression")
    return patient_id


def told(patient_id: UUID, event: ReadingLogged | ReadingTakenBack) -> None:
    with db.transaction() as connection:
        apply(connection, patient_id, event, Telling(uuid4(), "SM1"), clock.now())


def test_what_is_older_than_a_month_is_compressed() -> None:
    patient_id = compressed()
    keep(patient_id, [(at(1), 150)])
    run_policy("policy_compression")
    chunks = "SELECT count(*) FROM timescaledb_information.chunks WHERE hypertable_name ~ '^glu'"
    assert (scalar(chunks), scalar(f"{chunks} AND is_compressed")) == (2, 1)
    assert values(patient_id) == [150, 110, 100]


def test_a_late_reading_comes_into_a_compressed_chunk_and_is_taken_back() -> None:
    patient_id, late = compressed(), at(60, 8, 30)
    event = ReadingLogged(uuid4(), 300, GlucoseState.RANDOM, late, Unit.MG_DL, is_emergency=True)
    told(patient_id, event)
    assert values(patient_id) == [110, 300, 100]
    told(patient_id, ReadingTakenBack(event.reading_id, late))
    assert values(patient_id) == [110, 100]


def test_a_reading_that_is_compressed_already_is_taken_back() -> None:
    patient_id = patient()
    (first, _) = keep(patient_id, [(at(60, 8), 100), (at(60, 9), 110)])
    run_policy("policy_compression")
    told(patient_id, ReadingTakenBack(first, at(60, 8)))
    assert values(patient_id) == [110]


def test_a_patient_goes_with_compressed_readings() -> None:
    compressed()
    with db.transaction() as connection:
        connection.execute(text("DELETE FROM patients"))
    assert scalar("SELECT count(*) FROM glucose_readings") == 0


def test_readings_are_dropped_after_five_years_though_meals_name_them() -> None:
    patient_id = patient()
    old, new = keep(patient_id, [(at(SIX_YEARS), 100), (at(10), 120)])
    eaten(patient_id, old, at(SIX_YEARS))
    newer = eaten(patient_id, new, at(10))
    run_policy("policy_retention")
    assert values(patient_id) == [120]
    meals.forget_dropped_readings(clock.now())
    assert scalar("SELECT id FROM meals WHERE glucose_reading_before_id IS NOT NULL") == newer


def eaten(patient_id: UUID, reading_id: UUID, reading_at: datetime) -> UUID:
    meal = {
        "id": uuid4(),
        "patient_id": patient_id,
        "meal_type": "LUNCH",
        "consumed_at": reading_at + timedelta(minutes=20),
        "glucose_reading_before_id": reading_id,
        "glucose_reading_before_at": reading_at,
    }
    with db.transaction() as connection:
        return connection.execute(insert(Meal).values(meal).returning(Meal.id)).scalar_one()


def test_the_averages_of_dropped_days_stay() -> None:
    patient_id = patient()
    keep(patient_id, [(at(SIX_YEARS, 8), 100), (at(SIX_YEARS, 9), 110), (at(10), 120)])
    outside_transaction("CALL refresh_continuous_aggregate('glucose_daily_avg', NULL, NULL)")
    run_policy("policy_retention")
    make_averages()
    assert [each.average_mg_dl for each in averages(patient_id, SIX_YEARS + 9)] == [120, 105]


def test_a_reading_is_not_moved_to_another_time() -> None:
    """That is why a changed time is a reading taken back and another logged."""
    keep(patient(), [(at(10), 120)])
    moved = text("UPDATE glucose_readings SET recorded_at = recorded_at - interval '30 days'")
    with pytest.raises(DBAPIError), db.transaction() as connection:
        connection.execute(moved)
