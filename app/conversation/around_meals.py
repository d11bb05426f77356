"""Which readings stand before and after a meal, and what it did to them. Pure.

After each turn the readings and meals that it touched are joined anew, so that a correction, a
state told late, or an "undo" leaves nothing joined that no longer belongs together.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.conversation.turn import Event, Situation
from app.glucose.reading import (
    Reading,
    ReadingCorrected,
    ReadingLogged,
    ReadingOfMeal,
    ReadingStateTold,
    ReadingTakenBack,
)
from app.meals.meal import (
    KeptMeal,
    MealLogged,
    MealMeasured,
    MealTakenBack,
    MealType,
    MealTypeTold,
    ReadingKey,
)
from app.parsing.meanings import GlucoseState

BEFORE_WITHIN = timedelta(minutes=60)
"""A reading so long before a meal is the one before it (the design's food rules: 0 to 60)."""
AFTER_FROM, AFTER_UNTIL = timedelta(minutes=60), timedelta(minutes=180)
"""A reading so long after a meal is taken to be the one after it (house)."""
TOLD_AFTER_UNTIL = timedelta(hours=5)
"""A reading told as "after lunch" is after the lunch of the last hours (house)."""

AFTER = {
    GlucoseState.AFTER_BREAKFAST: MealType.BREAKFAST,
    GlucoseState.AFTER_LUNCH: MealType.LUNCH,
    GlucoseState.AFTER_DINNER: MealType.DINNER,
}
BEFORE = frozenset(
    {GlucoseState.MORNING_FASTING, GlucoseState.BEFORE_LUNCH, GlucoseState.BEFORE_DINNER}
)


@dataclass(frozen=True, slots=True)
class _After:
    """What is known when a turn's events have happened.

    Attributes:
        touched: The readings the turn told of, took back or changed.
    """

    readings: Sequence[Reading]
    meals: Sequence[KeptMeal]
    touched: Collection[UUID]


def joined_anew(situation: Situation, events: Iterable[Event]) -> tuple[Event, ...]:
    """Give what joins readings and meals after a turn, and what parts them."""
    events = tuple(events)
    after = _after(situation, events)
    if not after.touched and after.meals == situation.meals.latest_told:
        return ()
    readings = [replace(r, meal_id=_of_meal(r, after, situation)) for r in after.readings]
    moved = [new for new, old in zip(readings, after.readings, strict=True) if new != old]
    links = [ReadingOfMeal(r.reading_id, r.recorded_at, r.meal_id) for r in moved]
    whole = replace(after, readings=readings)
    touched = {*after.touched, *(r.reading_id for r in moved)}
    return (*links, *_measured(replace(whole, touched=touched), situation))


def _after(situation: Situation, events: Sequence[Event]) -> _After:
    readings = {r.reading_id: r for r in situation.glucose.latest_told}
    meals = {m.meal_id: m for m in situation.meals.latest_told}
    touched: set[UUID] = set()
    for event in events:
        match event:
            case ReadingLogged(reading_id=reading_id):
                readings[reading_id] = _read(event, situation)
            case ReadingStateTold(reading_id=reading_id) if reading_id in readings:
                readings[reading_id] = replace(readings[reading_id], state=event.state)
            case ReadingCorrected(reading_id=reading_id) if reading_id in readings:
                readings[reading_id] = replace(readings[reading_id], value_mg_dl=event.value_mg_dl)
            case ReadingTakenBack(reading_id=reading_id):
                readings.pop(reading_id, None)
            case _:
                _let_meal(meals, event, situation)
                continue
        touched.add(reading_id)
    return _After(tuple(readings.values()), tuple(meals.values()), touched)


def _read(event: ReadingLogged, situation: Situation) -> Reading:
    state = event.state or GlucoseState.RANDOM
    return Reading(event.reading_id, event.value_mg_dl, state, event.recorded_at, situation.now)


def _let_meal(meals: dict[UUID, KeptMeal], event: Event, situation: Situation) -> None:
    match event:
        case MealLogged(meal_id=meal_id):
            meals[meal_id] = KeptMeal(
                meal_id, event.meal_type, event.consumed_at, situation.now, event.foods
            )
        case MealTypeTold(meal_id=meal_id) if meal_id in meals:
            meals[meal_id] = replace(meals[meal_id], meal_type=event.meal_type)
        case MealTakenBack(meal_id=meal_id):
            meals.pop(meal_id, None)
        case _:
            pass


def _of_meal(reading: Reading, after: _After, situation: Situation) -> UUID | None:
    """Find the meal of a reading; one that is joined and was not touched stays as it is."""
    was = {meal.meal_id for meal in situation.meals.latest_told}
    is_gone = reading.meal_id in was - {meal.meal_id for meal in after.meals}
    if reading.meal_id is not None and not is_gone and reading.reading_id not in after.touched:
        return reading.meal_id
    meal = meal_of(reading, after.meals, situation)
    return meal.meal_id if meal else None


def meal_of(reading: Reading, meals: Sequence[KeptMeal], situation: Situation) -> KeptMeal | None:
    """Find the meal a reading was taken after: the one it names, else the last one if it fits."""
    earlier = [meal for meal in meals if meal.consumed_at <= reading.recorded_at]
    newest_first = sorted(earlier, key=lambda meal: meal.consumed_at, reverse=True)
    named = AFTER.get(reading.state)
    if named is not None:
        fits = (m for m in newest_first if m.meal_type is named and _is_told(reading, m, situation))
        return next(fits, None)
    last = next(iter(newest_first), None)
    if last is None or reading.state in BEFORE:
        return None
    return last if AFTER_FROM <= reading.recorded_at - last.consumed_at <= AFTER_UNTIL else None


def _is_told(reading: Reading, meal: KeptMeal, situation: Situation) -> bool:
    zone = ZoneInfo(situation.person.zone)
    days = {at.astimezone(zone).date() for at in (reading.recorded_at, meal.consumed_at)}
    is_dinner = meal.meal_type is MealType.DINNER
    is_near = reading.recorded_at - meal.consumed_at <= TOLD_AFTER_UNTIL
    return is_near and (len(days) == 1 or is_dinner)


def _measured(after: _After, situation: Situation) -> Iterator[MealMeasured]:
    for meal in after.meals:
        before = _before(meal, after)
        impact = _impact(meal, before, after, situation)
        if (before, impact) != (meal.before, meal.impact_mg_dl):
            yield MealMeasured(meal.meal_id, before, impact)


def _before(meal: KeptMeal, after: _After) -> ReadingKey | None:
    """Find the last reading in the hour before a meal; one that stands there stays."""
    if meal.before is not None and meal.before.reading_id not in after.touched:
        return meal.before
    fits = [r for r in after.readings if _is_before(r, meal)]
    last = max(fits, key=lambda r: r.recorded_at, default=None)
    return ReadingKey(last.reading_id, last.recorded_at) if last else None


def _is_before(reading: Reading, meal: KeptMeal) -> bool:
    since = meal.consumed_at - reading.recorded_at
    return timedelta(0) <= since <= BEFORE_WITHIN and reading.state not in AFTER


def _impact(
    meal: KeptMeal, before: ReadingKey | None, after: _After, situation: Situation
) -> float | None:
    """Give the first reading after a meal less the one before; what is not known anew stays."""
    known = {r.reading_id: r for r in after.readings}
    own = [r for r in after.readings if r.meal_id == meal.meal_id]
    first = min(own, key=lambda r: r.recorded_at, default=None)
    start = known.get(before.reading_id) if before else None
    if first and start:
        return first.value_mg_dl - start.value_mg_dl
    was_own = {r.reading_id for r in situation.glucose.latest_told if r.meal_id == meal.meal_id}
    is_changed = before != meal.before or not was_own.isdisjoint(after.touched)
    return None if is_changed else meal.impact_mg_dl
