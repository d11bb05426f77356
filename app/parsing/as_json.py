"""Meanings as the contract's JSON. Pure."""

from datetime import datetime
from typing import Any

from app.parsing.meanings import (
    AnyMeaning,
    Asked,
    BloodPressure,
    Command,
    Connect,
    Dose,
    Glucose,
    GlucoseDisplay,
    GlucoseDoubtful,
    Lab,
    Meal,
    Parsed,
    Plea,
    Symptoms,
)


def as_json(parsed: Parsed) -> dict[str, Any]:
    """Write what was understood as the contract says; it has no word for a plea, nor for nought."""
    return {
        "language": parsed.language,
        "script": parsed.script,
        "subject": parsed.subject,
        "question": parsed.question,
        "meanings": [_meaning(one) for one in parsed.meanings if not _is_unspoken(one)],
    }


def _is_unspoken(one: AnyMeaning) -> bool:
    """Whether a meaning is the conversation's own: a plea, and a value that there cannot be."""
    return isinstance(one, Plea) or (isinstance(one, GlucoseDoubtful) and one.value <= 0)


def explain(parsed: Parsed, text: str) -> dict[str, Any]:
    """Write the same, pleas too, with the place, the words and the rules of every meaning."""
    whole = {**as_json(parsed), "meanings": [_meaning(one) for one in parsed.meanings]}
    for written, one in zip(whole["meanings"], parsed.meanings, strict=True):
        written["spans"] = [list(span) for span in one.spans]
        written["words"] = [text[start:end] for start, end in one.spans]
        written["rules"] = list(one.rules)
    return whole


def _meaning(one: AnyMeaning) -> dict[str, Any]:  # noqa: PLR0911 - one return a kind
    match one:
        case Glucose():
            state = one.state.value if one.state else None
            return {
                "kind": "glucose",
                "value_mg_dl": _number(one.value_mg_dl),
                "state": state,
                "recorded_at": _time(one.recorded_at),
            }
        case GlucoseDisplay():
            return {"kind": "glucose_display", "display": one.display.value}
        case GlucoseDoubtful():
            unit = {"unit": one.unit.value} if one.unit else {}
            return {"kind": "glucose_doubtful", "value": _plain(one.value), **unit}
        case Meal():
            foods = [{"food": food.food, "quantity": _plain(food.quantity)} for food in one.foods]
            return {
                "kind": "meal",
                "meal_type": one.meal_type,
                "foods": foods,
                "consumed_at": _time(one.consumed_at),
            }
        case Dose():
            return {
                "kind": "medication",
                "name": one.name,
                "status": one.status.value,
                "taken_at": _time(one.taken_at),
            }
        case _:
            return _small(one)


def _small(  # noqa: PLR0911 - one return a kind
    one: Symptoms | Lab | BloodPressure | Connect | Asked | Plea,
) -> dict[str, Any]:
    match one:
        case Symptoms():
            return {"kind": "symptom", "symptoms": list(one.symptoms), "red_flag": one.red_flag}
        case Lab():
            return {"kind": "lab", "marker": one.marker, "value": _plain(one.value)}
        case BloodPressure():
            return {"kind": "blood_pressure", "systolic": one.systolic, "diastolic": one.diastolic}
        case Connect():
            return {"kind": "connect", "code": one.code}
        case Asked():
            to = {"to": one.to} if one.command is Command.LANGUAGE else {}
            return {"kind": "command", "command": one.command.value, **to}
        case Plea():
            return {"kind": "plea", "alarm": one.alarm.value}


def _number(value: float) -> float | int:
    return _whole(round(value, 1))


def _plain(value: float | None) -> float | int | None:
    return None if value is None else _whole(value)


def _whole(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
