"""What is said to a reading that is kept. Pure."""

from datetime import datetime, timedelta

from app.glucose.target import PRE_MEAL, Target, target_of
from app.parsing.meanings import GlucoseState
from app.parsing.units import Unit, shown
from app.text import Text, text

STATES = {
    GlucoseState.MORNING_FASTING: text("fasting"),
    GlucoseState.AFTER_BREAKFAST: text("after breakfast"),
    GlucoseState.BEFORE_LUNCH: text("before lunch"),
    GlucoseState.AFTER_LUNCH: text("after lunch"),
    GlucoseState.BEFORE_DINNER: text("before dinner"),
    GlucoseState.AFTER_DINNER: text("after dinner"),
    GlucoseState.BEDTIME: text("at bedtime"),
    GlucoseState.RANDOM: text("at another time"),
}

SAME_MOMENT = timedelta(minutes=10)
"""A time this close to now needs no mention (house)."""


def as_shown(value_mg_dl: float, unit: Unit) -> str:
    """Write a value with the unit of the person's meter."""
    return f"{shown(value_mg_dl, unit)} {unit}"


def at_time(local: datetime, now: datetime) -> str:
    """Write a time of day, with the day before it where that is not today.

    Args:
        local: In the patient's zone.
        now: In the patient's zone.
    """
    if local.date() == now.date():
        return f"{local:%H:%M}"
    return f"{local:%d/%m %H:%M}"


def noted(value: str, state: GlucoseState | None, at: str | None) -> Text:
    """Say what was understood of a reading: its value, and state and time where they were said."""
    if state is None:
        if at is None:
            return text("Noted: sugar {value}.", value=value)
        return text("Noted: sugar {value} at {time}.", value=value, time=at)
    if at is None:
        return text("Noted: sugar {value}, {state}.", value=value, state=STATES[state])
    return text(
        "Noted: sugar {value}, {state}, at {time}.", value=value, state=STATES[state], time=at
    )


def verdict(value_mg_dl: float, state: GlucoseState | None, unit: Unit) -> tuple[Text, ...]:
    """Hold a value against its target and give one line of advice; nothing without a target."""
    target = target_of(state)
    if target is None:
        return ()
    if value_mg_dl >= target.high:
        return (_above(target, unit), _advice(target))
    if value_mg_dl < target.low:
        return (_aim(target, unit, "below"), text("Please do not skip your next meal."))
    return (_aim(target, unit, "within"),)


def _above(target: Target, unit: Unit) -> Text:
    return _aim(target, unit, "above")


def _aim(target: Target, unit: Unit, where: str) -> Text:
    high = as_shown(target.shown_high, unit)
    if target is PRE_MEAL:
        return _pre_meal(shown(target.low, unit), high, where)
    if where == "above":
        return text("That is above the aim after a meal: under {high}.", high=high)
    return text("Well done: that is within the aim after a meal, under {high}.", high=high)


def _pre_meal(low: str, high: str, where: str) -> Text:
    match where:
        case "above":
            return text("That is above the aim before a meal: {low} to {high}.", low=low, high=high)
        case "below":
            return text(
                "That is a little below the aim before a meal: {low} to {high}.", low=low, high=high
            )
        case _:
            return text(
                "Well done: that is within the aim before a meal, {low} to {high}.",
                low=low,
                high=high,
            )


def _advice(target: Target) -> Text:
    if target is PRE_MEAL:
        return text("Take your medicines as your doctor told you, and go easy on sweet things.")
    return text("A short walk helps, and a little less rice, roti or sweets at the next meal.")


def state_told(state: GlucoseState, value_mg_dl: float, unit: Unit) -> tuple[Text, ...]:
    """Answer a state that was told after its reading."""
    return (text("Noted: {state}.", state=STATES[state]), *verdict(value_mg_dl, state, unit))
