"""Meals do not go on naming readings that were dropped for their age."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select

from app import clock, db
from app.glucose.history.history import kept_since
from app.meals import jobs
from app.meals.tables import Meal
from tests.people.families import patient

pytestmark = pytest.mark.usefixtures("any_settings")


def meal_after(patient_id: UUID, reading_at: datetime | None) -> UUID:
    """Add a meal with the reading before it."""
    meal_id = uuid4()
    with db.transaction() as connection:
        connection.execute(
            insert(Meal).values(
                id=meal_id,
                patient_id=patient_id,
                meal_type="LUNCH",
                consumed_at=clock.now(),
                glucose_reading_before_id=reading_at and uuid4(),
                glucose_reading_before_at=reading_at,
            )
        )
    return meal_id


def naming_a_reading() -> set[UUID]:
    with db.transaction() as connection:
        named = select(Meal.id).where(Meal.glucose_reading_before_id.is_not(None))
        return set(connection.execute(named).scalars())


def test_only_readings_past_their_time_are_forgotten() -> None:
    patient_id, now = patient(), clock.now()
    meal_after(patient_id, kept_since(now) - timedelta(seconds=1))
    meal_after(patient_id, None)
    newer = meal_after(patient_id, kept_since(now) + timedelta(days=3))
    jobs.forget_dropped_readings(now)
    assert naming_a_reading() == {newer}


def test_many_are_forgotten_a_few_a_tick_and_then_once_an_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(jobs, "AT_ONCE", 1)
    patient_id, now = patient(), clock.now()
    for _ in range(6):
        meal_after(patient_id, kept_since(now) - timedelta(days=1))
    jobs.forget_dropped_readings(now)
    assert len(naming_a_reading()) == 1
    jobs.forget_dropped_readings(now)
    assert naming_a_reading() == set()
    meal_after(patient_id, kept_since(now) - timedelta(days=1))
    jobs.forget_dropped_readings(now + timedelta(minutes=59))
    assert len(naming_a_reading()) == 1
    jobs.forget_dropped_readings(now + timedelta(minutes=60))
    assert naming_a_reading() == set()
