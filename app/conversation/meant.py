"""Which reading a correction means. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from app.conversation.told import SAME_VALUE
from app.conversation.turn import Situation
from app.emergency.constants import EPISODE_ENDS_AFTER as DANGER_LASTS
from app.emergency.event import EmergencyType
from app.glucose.reading import Reading
from app.parsing.meanings import Glucose, GlucoseState, Parsed

CORRECTS_WITHIN = timedelta(hours=1)
"""A correction that names no reading means the last one, if that was told this lately (house)."""
_TWO = 2


def with_wrong_named(situation: Situation, parsed: Parsed) -> Parsed:
    """Take the one of two corrected values that was told before for the wrong one.

    "118, I wrote 181 by mistake" holds the same two numbers in any order and any language: the
    one that is kept is the wrong one. Where neither is, or both, nothing is taken for certain.
    """
    both = [m for m in parsed.meanings if isinstance(m, Glucose) and m.correction]
    if len(both) != _TWO or any(one.instead_of_mg_dl is not None for one in both):
        return parsed
    wrong = [one for one in both if _of_value(situation, one.value_mg_dl)]
    if len(wrong) != 1:
        return parsed
    right = both[0] if both[1] is wrong[0] else both[1]
    named = replace(right, instead_of_mg_dl=wrong[0].value_mg_dl)
    meanings = tuple(named if m is right else m for m in parsed.meanings if m is not wrong[0])
    return replace(parsed, meanings=meanings)


def reading_meant(situation: Situation, correction: Glucose) -> Reading | None:
    """Find the reading that a correction means; None where that is not certain."""
    known = situation.glucose.latest_told
    if correction.instead_of_mg_dl is not None:
        return _only(_of_value(situation, correction.instead_of_mg_dl))
    of_state = [one for one in known if correction.state and one.state is correction.state]
    if of_state:
        return _only(of_state)
    last = known[0] if known else None
    if last is None or situation.now - last.kept_at > CORRECTS_WITHIN:
        return None
    fits = correction.state is None or last.state is GlucoseState.RANDOM
    return last if fits else None


def _of_value(situation: Situation, value_mg_dl: float) -> list[Reading]:
    known = situation.glucose.latest_told
    return [one for one in known if abs(one.value_mg_dl - value_mg_dl) < SAME_VALUE]


def _only(readings: Sequence[Reading]) -> Reading | None:
    return readings[0] if len(readings) == 1 else None


def is_watched(situation: Situation) -> bool:
    """Say whether a low or a high is open, which a corrected number alone does not end."""
    return any(
        event.type is not EmergencyType.MISSED_MEDICATION
        and situation.now - event.opened_at < DANGER_LASTS
        for event in situation.emergency.open
    )
