"""Readings told before: corrected, taken back, their state told afterwards. Pure."""

from datetime import datetime
from uuid import UUID

from app.conversation.danger import is_emergency_value
from app.conversation.log import Log, Stateless
from app.conversation.meals import meal_taken_back
from app.conversation.told import SAME_VALUE, time_in_words
from app.conversation.turn import Situation
from app.glucose.reading import (
    Reading,
    ReadingCorrected,
    ReadingStateTold,
    ReadingTakenBack,
    is_kept,
)
from app.glucose.reply import as_shown, state_told, verdict
from app.parsing.meanings import Glucose
from app.text import text

NOTHING_TO_TAKE_BACK = text("There is no reading or meal of the last 24 hours to take back.")


def corrected(situation: Situation, value_mg_dl: float) -> Log:
    """Put a value in the place of the one told last; one that no record holds takes it back."""
    wrong = situation.glucose.latest_told[0]
    if not is_kept(value_mg_dl):
        return _taken_back(situation, wrong)
    unit = situation.person.unit
    is_emergency = is_emergency_value(situation, value_mg_dl)
    event = ReadingCorrected(wrong.reading_id, wrong.recorded_at, value_mg_dl, is_emergency)
    line = text(
        "Corrected: {old} is now {new}.",
        old=as_shown(wrong.value_mg_dl, unit),
        new=as_shown(value_mg_dl, unit),
    )
    stateless = Stateless(wrong.reading_id, wrong.recorded_at, value_mg_dl)
    is_asked = _asked_of(situation) == wrong.reading_id
    advice = verdict(value_mg_dl, wrong.state, unit)
    return Log((event,), (line,), advice, stateless if is_asked else None)


def _asked_of(situation: Situation) -> UUID | None:
    """Give the reading whose state is being asked for."""
    place = situation.node.place
    if place is None or "reading_id" not in place.slots:
        return None
    return UUID(str(place.slots["reading_id"]))


def take_back(situation: Situation) -> Log:
    """Take back what was told last, a reading or a meal; that of the last 24 hours is known."""
    reading = next(iter(situation.glucose.latest_told), None)
    meal = next(iter(situation.meals.latest_told), None)
    if meal and (reading is None or meal.kept_at > reading.kept_at):
        return meal_taken_back(situation, meal)
    if reading is None:
        return Log(noted=(NOTHING_TO_TAKE_BACK,))
    return _taken_back(situation, reading)


def _taken_back(situation: Situation, reading: Reading) -> Log:
    line = text(
        "Taken back: sugar {value} of {time}.",
        value=as_shown(reading.value_mg_dl, situation.person.unit),
        time=time_in_words(situation, reading.recorded_at),
    )
    return Log((ReadingTakenBack(reading.reading_id, reading.recorded_at),), (line,))


def state_answered(situation: Situation, glucose: Glucose) -> Log | None:
    """Give the reading asked about its state, where it was told once more with it, else None."""
    place, state = situation.node.place, glucose.state
    if place is None or "mg_dl" not in place.slots or state is None:
        return None
    is_same = abs(float(str(place.slots["mg_dl"])) - glucose.value_mg_dl) < SAME_VALUE
    if glucose.recorded_at is not None or not is_same:
        return None
    recorded_at = datetime.fromisoformat(str(place.slots["recorded_at"]))
    event = ReadingStateTold(UUID(str(place.slots["reading_id"])), recorded_at, state)
    said = state_told(state, glucose.value_mg_dl, situation.person.unit)
    return Log((event,), said[:1], said[1:])
