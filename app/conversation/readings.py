"""Readings told: which are kept, and what is said to them. Pure."""

from collections.abc import Sequence
from datetime import timedelta

from app.conversation.corrections import corrected, state_answered
from app.conversation.danger import is_emergency_value
from app.conversation.log import Log, Stateless
from app.conversation.told import Told, time_if_told, time_in_words
from app.conversation.turn import Situation
from app.glucose.reading import ReadingLogged, is_kept
from app.glucose.reply import as_shown, noted, verdict
from app.parsing.meanings import Glucose
from app.text import text

FUTURE_AFTER = timedelta(minutes=10)
"""A reading later than this from now is not kept: its time is asked for (clinical rules)."""


def log_readings(situation: Situation, readings: Sequence[Glucose]) -> list[Log]:
    """Log each reading told in a message, earliest in the text first."""
    logs: list[Log] = []
    seen: list[Told] = []
    for number, glucose in enumerate(readings):
        at = glucose.recorded_at or situation.message.received_at
        told = Told(glucose, at, number)
        if not any(told.is_same(one.glucose.value_mg_dl, one.recorded_at) for one in seen):
            seen.append(told)
            logs.append(_log(situation, told, is_lone=_is_lone(readings)))
    return logs


def _is_lone(readings: Sequence[Glucose]) -> bool:
    """Say whether no two values without a state are both said to be right."""
    return sum(one.correction and one.state is None for one in readings) <= 1


def _log(situation: Situation, told: Told, *, is_lone: bool) -> Log:
    if told.glucose.correction and (situation.glucose.latest_told or not is_lone):
        put_right = corrected(situation, told.glucose, is_lone=is_lone)
        if put_right is not None:
            is_said = not is_lone and not put_right.events and told.number > 0
            return Log() if is_said else put_right
    answered = state_answered(situation, told.glucose)
    return answered or _not_logged(situation, told) or _logged(situation, told)


def _not_logged(situation: Situation, told: Told) -> Log | None:
    """Say why a reading is not kept: its time is to come, no record holds it, it is there."""
    if told.recorded_at - situation.now > FUTURE_AFTER:
        return _ask_for_time(situation, told)
    if not is_kept(told.glucose.value_mg_dl):
        return Log()
    known = situation.glucose.latest_told
    if any(told.is_same(one.value_mg_dl, one.recorded_at) for one in known):
        return Log(noted=(text("I have that reading already."),))
    return None


def _ask_for_time(situation: Situation, told: Told) -> Log:
    line = text(
        "{time} is still to come, so I did not keep that reading. Please write it again with the "
        "time you measured.",
        time=time_in_words(situation, told.recorded_at),
    )
    return Log(noted=(line,))


def _logged(situation: Situation, told: Told) -> Log:
    glucose, unit = told.glucose, situation.person.unit
    event = ReadingLogged(
        reading_id=situation.new_id(f"reading:{told.number}"),
        value_mg_dl=glucose.value_mg_dl,
        state=glucose.state,
        recorded_at=told.recorded_at,
        unit=glucose.unit,
        is_emergency=is_emergency_value(situation, glucose.value_mg_dl),
    )
    value = as_shown(glucose.value_mg_dl, unit)
    line = noted(value, glucose.state, time_if_told(situation, told))
    advice = verdict(glucose.value_mg_dl, glucose.state, unit)
    unplaced = Stateless(event.reading_id, told.recorded_at, glucose.value_mg_dl)
    return Log((event,), (line,), advice, unplaced if glucose.state is None else None)
