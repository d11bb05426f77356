"""Readings told: which are kept, and what is said to them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.conversation.log import Log
from app.conversation.turn import Event, Situation
from app.glucose.reading import (
    Reading,
    ReadingCorrected,
    ReadingLogged,
    ReadingStateTold,
    ReadingTakenBack,
    is_kept,
)
from app.glucose.reply import SAME_MOMENT, as_shown, at_time, noted, state_told, verdict
from app.parsing.meanings import Glucose
from app.text import Text, text

FUTURE_AFTER = timedelta(minutes=10)
SAME_VALUE = 0.05
"""mg/dL; values closer than this are the same number with one decimal."""

SAME_READING = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Told:
    """A reading as told, with the moment it stands for.

    Attributes:
        number: Its place among the readings of the message; ids derive from it.
    """

    glucose: Glucose
    recorded_at: datetime
    number: int


def log_readings(situation: Situation, told: Sequence[Glucose], *, is_emergency: bool) -> list[Log]:
    """Log each reading told in a message, earliest in the text first."""
    logs: list[Log] = []
    seen: list[Told] = []
    for number, glucose in enumerate(told):
        at = glucose.recorded_at or situation.message.received_at
        one = Told(glucose, at, number)
        if any(_same(one, other.glucose.value_mg_dl, other.recorded_at) for other in seen):
            continue
        seen.append(one)
        logs.append(_log(situation, one, is_emergency=is_emergency))
    return logs


def _same(told: Told, value_mg_dl: float, recorded_at: datetime) -> bool:
    same_value = abs(told.glucose.value_mg_dl - value_mg_dl) < SAME_VALUE
    return same_value and abs(told.recorded_at - recorded_at) < SAME_READING


def _log(situation: Situation, told: Told, *, is_emergency: bool) -> Log:
    if told.glucose.correction and situation.glucose.latest_told:
        return _corrected(situation, told, is_emergency=is_emergency)
    if _answers_state(situation, told):
        return _state_told(situation, told)
    return _not_logged(situation, told) or _logged(situation, told, is_emergency=is_emergency)


def _not_logged(situation: Situation, told: Told) -> Log | None:
    """Say why a reading is not kept: its time is to come, no record holds it, it is there."""
    if told.recorded_at - situation.now > FUTURE_AFTER:
        return Log(noted=(_ask_for_time(situation, told),))
    if not is_kept(told.glucose.value_mg_dl):
        return Log()
    known = situation.glucose.latest_told
    if any(_same(told, reading.value_mg_dl, reading.recorded_at) for reading in known):
        return Log(noted=(text("I have that reading already."),))
    return None


def _answers_state(situation: Situation, told: Told) -> bool:
    """Say whether the reading whose state is being asked for was told once more, with its state."""
    place, glucose = situation.node.place, told.glucose
    if place is None or "mg_dl" not in place.slots or glucose.state is None:
        return False
    asked_of = float(str(place.slots["mg_dl"]))
    return glucose.recorded_at is None and abs(asked_of - glucose.value_mg_dl) < SAME_VALUE


def _state_told(situation: Situation, told: Told) -> Log:
    place, state = situation.node.place, told.glucose.state
    if place is None or state is None:
        return Log()
    recorded_at = datetime.fromisoformat(str(place.slots["recorded_at"]))
    event = ReadingStateTold(UUID(str(place.slots["reading_id"])), recorded_at, state)
    said = state_told(state, told.glucose.value_mg_dl, situation.person.unit)
    return Log((event,), said[:1], said[1:])


def _ask_for_time(situation: Situation, told: Told) -> Text:
    return text(
        "{time} is still to come, so I did not keep that reading. Please write it again with the "
        "time you measured.",
        time=_time(situation, told.recorded_at),
    )


def _logged(situation: Situation, told: Told, *, is_emergency: bool) -> Log:
    glucose = told.glucose
    event = ReadingLogged(
        reading_id=situation.new_id(f"reading:{told.number}"),
        value_mg_dl=glucose.value_mg_dl,
        state=glucose.state,
        recorded_at=told.recorded_at,
        unit=glucose.unit,
        is_emergency=is_emergency,
    )
    stateless = event if glucose.state is None else None
    return replace(_said(situation, told, event), stateless=stateless)


def _said(situation: Situation, told: Told, event: Event) -> Log:
    glucose, unit = told.glucose, situation.person.unit
    line = noted(as_shown(glucose.value_mg_dl, unit), glucose.state, _time_if_told(situation, told))
    return Log((event,), (line,), verdict(glucose.value_mg_dl, glucose.state, unit))


def _corrected(situation: Situation, told: Told, *, is_emergency: bool) -> Log:
    wrong = situation.glucose.latest_told[0]
    value = told.glucose.value_mg_dl
    if not is_kept(value):
        return Log(
            (ReadingTakenBack(wrong.reading_id, wrong.recorded_at),), (_gone(situation, wrong),)
        )
    event = ReadingCorrected(wrong.reading_id, wrong.recorded_at, value, is_emergency)
    line = text(
        "Corrected: {old} is now {new}.",
        old=as_shown(wrong.value_mg_dl, situation.person.unit),
        new=as_shown(value, situation.person.unit),
    )
    return Log((event,), (line,), verdict(value, wrong.state, situation.person.unit))


def take_back(situation: Situation) -> Log:
    """Take the reading told last back; within 24 hours it is among the facts."""
    if not situation.glucose.latest_told:
        return Log(noted=(text("There is no reading of the last 24 hours to take back."),))
    last = situation.glucose.latest_told[0]
    return Log((ReadingTakenBack(last.reading_id, last.recorded_at),), (_gone(situation, last),))


def _gone(situation: Situation, reading: Reading) -> Text:
    return text(
        "Taken back: sugar {value} of {time}.",
        value=as_shown(reading.value_mg_dl, situation.person.unit),
        time=_time(situation, reading.recorded_at),
    )


def _time_if_told(situation: Situation, told: Told) -> str | None:
    late = situation.now - told.recorded_at > SAME_MOMENT
    said = told.glucose.recorded_at is not None
    return _time(situation, told.recorded_at) if said or late else None


def _time(situation: Situation, moment: datetime) -> str:
    zone = ZoneInfo(situation.person.zone)
    return at_time(moment.astimezone(zone), situation.now.astimezone(zone))
