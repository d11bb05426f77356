"""Danger told without a number or a symptom's name: "my sugar is low", "save him". Pure."""

from collections.abc import Sequence

from app.parsing.meanings import (
    Alarm,
    AnyMeaning,
    Glucose,
    GlucoseDisplay,
    GlucoseDoubtful,
    Plea,
    Symptoms,
)
from app.parsing.scene import Scene

_ALARMS = {f"alarms.{alarm}": alarm for alarm in Alarm}
_DENIALS = ("negation.deny_next", "negation.deny_last")


def pleas(scene: Scene, understood: Sequence[AnyMeaning]) -> list[Plea]:
    """Give the alarm of a message, unless it tells its danger by a value or a complaint."""
    if scene.concepts.isdisjoint(_ALARMS):
        return []
    if any(isinstance(one, Symptoms) for one in understood):
        return []
    measured = any(isinstance(o, Glucose | GlucoseDisplay | GlucoseDoubtful) for o in understood)
    found = [
        Plea(alarm, spans=((piece.start, piece.end),), rules=("plea",))
        for index, piece in enumerate(scene.pieces)
        for concept, alarm in _ALARMS.items()
        if concept in piece.concepts and not _is_talk(scene, index)
    ]
    return [one for one in found if one.alarm is Alarm.HELP or not measured][:1]


def _is_talk(scene: Scene, index: int) -> bool:
    """Whether the words are denied, supposed, or asked about in general."""
    clause = scene.clause(index)
    asked = scene.has(clause.first, "asks.question_first") or scene.within(clause, "asks.judgement")
    supposed = scene.within(clause, "asks.hypothetical")
    return asked or supposed or scene.within(clause, *_DENIALS)
