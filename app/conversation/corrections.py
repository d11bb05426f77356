"""Readings told before: corrected, taken back, their state told afterwards. Pure."""

from datetime import datetime
from uuid import UUID

from app.conversation.danger import is_emergency_value
from app.conversation.log import Log, Stateless
from app.conversation.meals import meal_taken_back
from app.conversation.meant import is_watched, reading_meant
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
from app.parsing.units import shown
from app.text import Text, text

NOTHING_TO_TAKE_BACK = text("There is no reading or meal of the last 24 hours to take back.")
OLDER = text("What was told earlier I do not change. Please tell your doctor which one is wrong.")
TEST_AGAIN = text(
    "To be safe, the alarm stays on until a new test. Please test now and write the number."
)


def corrected(situation: Situation, glucose: Glucose, *, is_lone: bool = True) -> Log | None:
    """Put a value in the place of the one it corrects; one that no record holds takes it back.

    Where it is not certain which reading is meant none is changed, and it is asked; a value of
    danger is not kept waiting for that: None leaves it to be kept as a reading of its own.
    """
    wrong = reading_meant(situation, glucose) if is_lone or glucose.state else None
    if wrong is None:
        is_danger = is_emergency_value(situation, glucose.value_mg_dl)
        return None if is_danger else _unsure(situation, glucose)
    return _put_right(situation, wrong, glucose.value_mg_dl)


def _unsure(situation: Situation, glucose: Glucose) -> Log:
    unit = situation.person.unit
    if glucose.instead_of_mg_dl is not None:
        old = as_shown(glucose.instead_of_mg_dl, unit)
        return Log(
            noted=(
                text("I changed nothing: {old} is not one reading of the last 24 hours.", old=old),
                OLDER,
            )
        )
    new = shown(glucose.value_mg_dl, unit)
    line = text(
        "I am not sure which reading you mean, so I changed nothing. Please write both numbers, "
        "the right one first, for example: 118, not 181. If {new} is a new reading, write: sugar "
        "{new}.",
        new=new,
    )
    return Log(noted=(line,))


def _put_right(situation: Situation, wrong: Reading, value_mg_dl: float) -> Log:
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
    advice = (*still_watched(situation), *verdict(value_mg_dl, wrong.state, unit))
    return Log((event,), (line,), advice, stateless if is_asked else None)


def still_watched(situation: Situation) -> tuple[Text, ...]:
    """Say what ends an alarm: a new test, not a corrected number."""
    return (TEST_AGAIN,) if is_watched(situation) else ()


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
        return Log(noted=(NOTHING_TO_TAKE_BACK, OLDER))
    return _taken_back(situation, reading)


def _taken_back(situation: Situation, reading: Reading) -> Log:
    line = text(
        "Taken back: sugar {value} of {time}.",
        value=as_shown(reading.value_mg_dl, situation.person.unit),
        time=time_in_words(situation, reading.recorded_at),
    )
    event = ReadingTakenBack(reading.reading_id, reading.recorded_at)
    return Log((event,), (line,), still_watched(situation))


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
