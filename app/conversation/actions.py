"""What a `do` step has happen. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from app.conversation.step import Action, Do
from app.conversation.turn import Event, Place, Situation, SlotValue
from app.glucose.reading import ReadingStateTold
from app.glucose.reply import state_told
from app.glucose.state import state_at
from app.parsing.meanings import Glucose, GlucoseState
from app.parsing.units import Unit, to_mg_dl
from app.people.person import (
    ConsentGiven,
    DiabetesType,
    DiabetesTypeGiven,
    LanguageChosen,
    NameGiven,
    UnitChosen,
)
from app.text import Text

UNITS = {"mg_dl": Unit.MG_DL, "mmol_l": Unit.MMOL_L}
TYPES = {"type_1": DiabetesType.TYPE_1, "type_2": DiabetesType.TYPE_2}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action led to; `readings` are still to be logged."""

    events: tuple[Event, ...] = ()
    said: tuple[Text, ...] = ()
    readings: tuple[Glucose, ...] = ()


def outcome(step: Do, place: Place, situation: Situation) -> Outcome:
    """Have the step's action happen."""
    slots = place.slots
    match step.action:
        case Action.GIVE_CONSENT:
            return _consent(step.given["version"], slots, situation)
        case Action.TELL_STATE:
            return _state(slots, situation)
        case Action.LOG_AS_MMOL:
            return _reading(to_mg_dl(_number(slots), Unit.MMOL_L), Unit.MMOL_L)
        case Action.LOG_TENTH:
            return _reading(_number(slots) / 10, Unit.MG_DL)
        case _:
            return Outcome(_told(step.action, slots))


def _told(action: Action, slots: Mapping[str, SlotValue]) -> tuple[Event, ...]:
    match action:
        case Action.CHOOSE_LANGUAGE:
            return (LanguageChosen(str(slots["language"])),)
        case Action.GIVE_NAME:
            name = slots["name"]
            return (NameGiven(str(name)),) if name is not None else ()
        case Action.GIVE_DIABETES_TYPE:
            kind = TYPES.get(str(slots["type"]))
            return (DiabetesTypeGiven(kind),) if kind else ()
        case Action.CHOOSE_UNIT:
            return (UnitChosen(UNITS[str(slots["unit"])]),)
        case _:
            return ()


def _consent(version: str, slots: Mapping[str, SlotValue], situation: Situation) -> Outcome:
    language = str(slots.get("language") or situation.person.language)
    return Outcome((ConsentGiven(situation.new_id("patient"), version, language),))


def _state(slots: Mapping[str, SlotValue], situation: Situation) -> Outcome:
    recorded_at = datetime.fromisoformat(str(slots["recorded_at"]))
    local = recorded_at.astimezone(ZoneInfo(situation.person.zone))
    when = str(slots["when"])
    state = GlucoseState(when) if when in set(GlucoseState) else state_at(when, local)
    told = ReadingStateTold(UUID(str(slots["reading_id"])), recorded_at, state)
    return Outcome((told,), state_told(state, float(str(slots["mg_dl"])), situation.person.unit))


def _number(slots: Mapping[str, SlotValue]) -> float:
    return float(str(slots["number"]))


def _reading(value_mg_dl: float, unit: Unit) -> Outcome:
    return Outcome(readings=(Glucose(value_mg_dl, unit=unit),))
