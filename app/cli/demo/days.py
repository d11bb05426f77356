"""What a day of a made-up patient brings: readings, meals and doses. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from app.cli.demo.chance import Chance
from app.cli.demo.day import Day, DemoDose, DemoMeal, DemoReading, Somebody
from app.medications.dose import LogStatus
from app.parsing.meanings import GlucoseState

RISE_MG_DL = {
    "rice": 65,
    "roti": 35,
    "dosa": 55,
    "idli": 40,
    "poha": 45,
    "paratha": 60,
    "khichdi": 42,
    "upma": 45,
}
"""What a helping raises the demo patients' glucose by: made up, and different, so that there is
something to be found."""
BESIDES = ("dal", "curd", "sambar", "vegetables", "egg", "paneer")
LOWEST, HIGHEST = 45.0, 480.0
DOSE_TIMES = (time(8), time(20))
FATES = (
    *([LogStatus.TAKEN] * 17),
    *(LogStatus.TAKEN_LATE, LogStatus.TAKEN_LATE),
    *(LogStatus.MISSED, LogStatus.SKIPPED),
)
TAKEN_AFTER = {LogStatus.TAKEN: (0, 25), LogStatus.TAKEN_LATE: (70, 180)}
"""Minutes after it was due."""
AFTER_MEAL = timedelta(hours=2)
GAP_ONE_IN = 11


class Course(NamedTuple):
    """When one meal is eaten and what is measured around it."""

    meal: str
    at: time
    before: GlucoseState
    after: GlucoseState
    before_one_in: float
    after_one_in: float


S = GlucoseState
COURSES = (
    Course("BREAKFAST", time(8, 15), S.MORNING_FASTING, S.AFTER_BREAKFAST, 1.1, 1.8),
    Course("LUNCH", time(13, 15), S.BEFORE_LUNCH, S.AFTER_LUNCH, 2.2, 2.0),
    Course("DINNER", time(20, 15), S.BEFORE_DINNER, S.AFTER_DINNER, 2.0, 1.6),
)


def history(somebody: Somebody, first: date, days: int, until: datetime) -> Day:
    """Make the days from `first` on; nothing of them is at `until` or later.

    They are the same whichever day is the first, but for the dates.
    """
    whole = Day()
    for number in range(days):
        on_day = first + timedelta(days=number)
        _add_day(whole, Chance(f"{somebody.name}/{number}"), somebody, on_day, until)
    return whole


def _add_day(whole: Day, chance: Chance, somebody: Somebody, on_day: date, until: datetime) -> None:
    whole.doses.extend(dose for dose in _doses(chance, somebody, on_day) if _over(dose) < until)
    if chance.happens("gap", one_in=GAP_ONE_IN):
        return
    for course in COURSES:
        meal = _meal(chance, somebody, on_day, course)
        readings = [each for each in (meal.before, meal.after) if each is not None]
        if max([meal.at, *(each.at for each in readings)]) < until:
            whole.meals.append(meal)
            whole.readings.extend(readings)
    bedtime = _bedtime(chance, somebody, on_day)
    if chance.happens("bedtime", one_in=3) and bedtime.at < until:
        whole.readings.append(bedtime)


def _over(dose: DemoDose) -> datetime:
    return dose.taken_at or dose.due_at


def _meal(chance: Chance, somebody: Somebody, on_day: date, course: Course) -> DemoMeal:
    name = course.meal
    at = _at(somebody, on_day, course.at, chance.between(-25, 25, f"{name} at"))
    meal_id = uuid5(somebody.patient_id, f"{on_day}/{name}")
    food = chance.one_of(tuple(RISE_MG_DL), f"{name} food")
    start = _level(chance, somebody, name)
    rise = RISE_MG_DL[food] * chance.between(0.7, 1.3, f"{name} rise")
    spike = 160 if chance.happens(f"{name} spike", one_in=25) else 0
    before = _reading(somebody, at - timedelta(minutes=15), start, course.before)
    after = _reading(somebody, at + AFTER_MEAL, start + rise + spike, course.after, meal_id)
    return DemoMeal(
        meal_id,
        at,
        name,
        (food, chance.one_of(BESIDES, f"{name} besides")),
        before if chance.happens(f"{name} before", one_in=course.before_one_in) else None,
        after if chance.happens(f"{name} after", one_in=course.after_one_in) else None,
    )


def _level(chance: Chance, somebody: Somebody, what: str) -> float:
    """Give the glucose before a meal: about the person's own, and now and then low."""
    if chance.happens(f"{what} low", one_in=45):
        return chance.between(52, 69, f"{what} how low")
    own = Chance(somebody.name).between(102, 150, "own")
    return own + chance.between(-18, 22, f"{what} level")


def _bedtime(chance: Chance, somebody: Somebody, on_day: date) -> DemoReading:
    at = _at(somebody, on_day, time(23), chance.between(-5, 35, "bedtime at"))
    return _reading(somebody, at, _level(chance, somebody, "bedtime"), GlucoseState.BEDTIME)


def _reading(
    somebody: Somebody,
    at: datetime,
    value: float,
    state: GlucoseState,
    meal_id: UUID | None = None,
) -> DemoReading:
    kept = round(min(max(value, LOWEST), HIGHEST))
    return DemoReading(uuid5(somebody.patient_id, f"{at}"), at, float(kept), state, meal_id)


def _doses(chance: Chance, somebody: Somebody, on_day: date) -> list[DemoDose]:
    return [_dose(chance, _at(somebody, on_day, at), f"dose {at}") for at in DOSE_TIMES]


def _dose(chance: Chance, due_at: datetime, name: str) -> DemoDose:
    status = chance.one_of(FATES, name)
    if status not in TAKEN_AFTER:
        return DemoDose(due_at, status, None)
    low, high = TAKEN_AFTER[status]
    return DemoDose(
        due_at, status, due_at + timedelta(minutes=chance.between(low, high, name + "!"))
    )


def _at(somebody: Somebody, on_day: date, at: time, minutes: float = 0) -> datetime:
    local = datetime.combine(on_day, at, somebody.zone)
    return local + timedelta(minutes=int(minutes))
