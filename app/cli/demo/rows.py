"""Made-up days as rows of the tables. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from app.cli.demo.day import Day, DemoMeal, DemoReading, Somebody
from app.cli.demo.days import DOSE_TIMES
from app.emergency.constants import HIGH_FROM, LOW_BELOW
from app.medications.dose import LogStatus

Row = tuple[object, ...]

AVERAGED = timedelta(days=30)
MEDICINE = "metformin"
READING_COLUMNS = (
    *("patient_id", "recorded_at", "id", "value", "state", "source"),
    *("is_emergency", "is_synced", "related_meal_id", "created_at"),
)
MEAL_COLUMNS = (
    *("id", "patient_id", "description", "meal_type", "consumed_at", "recognized_foods"),
    *("glucose_reading_before_id", "glucose_reading_before_at", "glucose_impact"),
    *("is_synced", "created_at"),
)
MEDICATION_COLUMNS = (
    *("id", "patient_id", "prescribed_by", "name", "dosage", "frequency", "scheduled_times"),
    *("start_date", "end_date", "is_active"),
)
LOG_COLUMNS = (
    *("id", "medication_id", "patient_id", "scheduled_time", "taken_at", "status"),
    *("logged_by", "created_at"),
)


def reading_rows(patient_id: UUID, readings: Iterable[DemoReading]) -> Iterator[Row]:
    """Give the rows of readings; told when they were taken, so that none counts as told now."""
    for each in readings:
        is_emergency = not LOW_BELOW <= each.value_mg_dl < HIGH_FROM
        key = (patient_id, each.at, each.reading_id)
        yield (
            *key,
            *(each.value_mg_dl, each.state.value, "MANUAL"),
            *(is_emergency, True, each.meal_id, each.at),
        )


def meal_rows(patient_id: UUID, meals: Iterable[DemoMeal]) -> Iterator[Row]:
    """Give the rows of meals; the impact is known where both readings are."""
    for meal in meals:
        before, after = meal.before, meal.after
        yield (
            *(meal.meal_id, patient_id, ", ".join(meal.foods), meal.meal, meal.at),
            list(meal.foods),
            before.reading_id if before else None,
            before.at if before else None,
            after.value_mg_dl - before.value_mg_dl if before and after else None,
            *(True, meal.at),
        )


def medication_id(somebody: Somebody) -> UUID:
    """Name the medicine of a made-up patient."""
    return uuid5(somebody.patient_id, MEDICINE)


def medication_row(
    somebody: Somebody, prescribed_by: UUID | None, since: datetime, until: datetime
) -> Row:
    """Give the row of a medicine that is over: one still taken would be reminded of."""
    times = [f"{at:%H:%M}" for at in DOSE_TIMES]
    return (
        *(medication_id(somebody), somebody.patient_id, prescribed_by, MEDICINE, "500 mg"),
        *("TWICE_DAILY", times, since, until, False),
    )


def log_rows(somebody: Somebody, user_id: UUID, day: Day) -> Iterator[Row]:
    """Give the rows of doses."""
    medicine = medication_id(somebody)
    for dose in day.doses:
        log_id = uuid5(medicine, f"{dose.due_at}")
        told_at = dose.taken_at or dose.due_at
        yield (
            *(log_id, medicine, somebody.patient_id, dose.due_at, dose.taken_at),
            *(dose.status.value, user_id, told_at),
        )


def average(readings: Iterable[DemoReading], now: datetime) -> float | None:
    """Average what was measured in the last 30 days; None where nothing was."""
    values = [each.value_mg_dl for each in readings if now - AVERAGED < each.at <= now]
    return sum(values) / len(values) if values else None


def adherence(day: Day, now: datetime) -> float | None:
    """Give the share of the last 30 days' doses that were taken, of 100; None without any."""
    due = [dose.status for dose in day.doses if now - AVERAGED < dose.due_at <= now]
    taken = sum(status in {LogStatus.TAKEN, LogStatus.TAKEN_LATE} for status in due)
    return 100 * taken / len(due) if due else None
