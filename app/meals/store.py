"""What is kept of meals."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from app.meals.tables import Meal


def forget_readings(connection: Connection, recorded_before: datetime, at_once: int) -> int:
    """Take the oldest readings before a moment out of their meals, and say out of how many."""
    oldest = (
        select(Meal.id)
        .where(Meal.glucose_reading_before_at < recorded_before)
        .order_by(Meal.glucose_reading_before_at)
        .limit(at_once)
    )
    forgotten = update(Meal).where(Meal.id.in_(oldest))
    return connection.execute(
        forgotten.values(glucose_reading_before_id=None, glucose_reading_before_at=None)
    ).rowcount
