"""An open event going on: what a further value or complaint makes of the open events. Pure.

A low goes on and ends as `low.py` says; a value below 240 ends a high. No value ends what danger
signs opened (rows P0, P0b, P3): only a person's word does. At most one event of a type is open.
"""

from dataclasses import replace

from app.emergency import constants as c
from app.emergency import low, texts
from app.emergency.case import Case, Heard, Outcome, going_on, graver
from app.emergency.event import (
    EmergencyContinued,
    EmergencyOpened,
    EmergencyResolved,
    EmergencyStatus,
    EmergencyType,
    Level,
    OpenEvent,
)
from app.emergency.finding import Finding
from app.emergency.help_there import of_help
from app.emergency.triage import BY_SIGNS, LOWS, Verdict
from app.text import Text

ESCALATED = EmergencyStatus.ESCALATED
FOLLOW_UP_SIGNS = {
    Level.P0: c.FOLLOW_UP_RED,
    Level.P0B: c.FOLLOW_UP_RED,
    Level.P3: c.FOLLOW_UP_KETOACIDOSIS,
}


def proceed(heard: Heard, case: Case) -> Outcome:
    """Open an event, go on with the open ones, or end them.

    Who has help is told no more of a high: that is for the doctor beside them (house).
    """
    helped = of_help(heard, case)
    if helped is not None:
        spoken_of = {event.event_id for event in helped.events}
        rest = tuple(event for event in case.open if event.event_id not in spoken_of)
        return helped + _of_others(rest, replace(heard, verdict=Verdict()), case)
    heard = replace(heard, verdict=_safe_verdict(heard.verdict, case))
    own = case.open_of(heard.verdict.event)
    others = tuple(event for event in case.open if event is not own)
    return _of_danger(own, heard, case) + _of_others(others, heard, case)


def _of_others(events: tuple[OpenEvent, ...], heard: Heard, case: Case) -> Outcome:
    outcome = Outcome()
    for event in events:
        if event.type is not EmergencyType.MISSED_MEDICATION:
            outcome += _of_other(event, heard, case)
    return outcome


def _safe_verdict(verdict: Verdict, case: Case) -> Verdict:
    """Let no row tell one to eat or drink who was unconscious less than a day ago."""
    was_unconscious = any(event.level is Level.P0 and case.is_fresh(event) for event in case.open)
    if was_unconscious and verdict.texts:
        return replace(verdict, texts=(texts.UNCONSCIOUS,))
    return verdict


def _of_danger(own: OpenEvent | None, heard: Heard, case: Case) -> Outcome:
    """Open an event, or go on with the open one of its type; one older than a day ends first."""
    if heard.verdict.event is None:
        return Outcome(texts=heard.verdict.texts)
    if own is None:
        return _opened(heard.verdict.event, heard, case)
    if not case.is_fresh(own):
        ended = Outcome((EmergencyResolved(own.event_id, heard.finding.told_mg_dl),))
        return ended + _opened(heard.verdict.event, heard, case)
    went_on = _gone_on(own, heard, case)
    return Outcome((went_on,), went_on.instructions)


def _opened(event_type: EmergencyType, heard: Heard, case: Case) -> Outcome:
    verdict = heard.verdict
    if verdict.level is None:
        raise ValueError("An event has a level.")
    opened = EmergencyOpened(
        event_id=case.new_id(f"emergency:{event_type}"),
        type=event_type,
        level=verdict.level,
        status=verdict.status,
        instructions=verdict.texts,
        follow_up_minutes=verdict.follow_up_minutes,
        glucose_mg_dl=heard.finding.told_mg_dl,
        beyond_range=heard.finding.beyond_range,
    )
    return Outcome((opened,), verdict.texts)


def _gone_on(own: OpenEvent, heard: Heard, case: Case) -> EmergencyContinued:
    verdict = heard.verdict
    if verdict.level in LOWS and own.level not in BY_SIGNS:
        return low.another_round(own, heard, case)
    if verdict.level is Level.P4 and own.level is Level.P4:
        return _critical_again(own, heard)
    still = own.level in BY_SIGNS and verdict.level not in BY_SIGNS
    return replace(
        going_on(own, (*verdict.texts, texts.STILL_GO_NOW) if still else verdict.texts),
        level=graver(own.level, verdict.level),
        status=ESCALATED if ESCALATED in {own.status, verdict.status} else own.status,
        normal_values=0,
        follow_up_minutes=verdict.follow_up_minutes,
        glucose_mg_dl=heard.finding.told_mg_dl or own.glucose_mg_dl,
        beyond_range=heard.finding.beyond_range,
    )


def _critical_again(own: OpenEvent, heard: Heard) -> EmergencyContinued:
    """Send to a hospital who was told to test a very high value again, and it is as high."""
    return replace(
        going_on(own, (texts.HOSPITAL_NOW, texts.WATER_AND_INSULIN)),
        status=ESCALATED,
        follow_up_minutes=c.FOLLOW_UP_KETOACIDOSIS,
        glucose_mg_dl=heard.finding.told_mg_dl or own.glucose_mg_dl,
        beyond_range=heard.finding.beyond_range,
    )


def _of_other(event: OpenEvent, heard: Heard, case: Case) -> Outcome:
    """Judge an open event that the verdict is not about by the newest value, if there is one."""
    value = heard.newest
    if value is None or not case.is_later(value, event) or value.age > c.OLD_AFTER:
        return Outcome()
    if event.level in BY_SIGNS:
        return _of_signs(event, value, case)
    if event.type is EmergencyType.HYPOGLYCEMIA:
        return _of_low(event, value, heard, case)
    return _of_high(event, value, heard)


def _of_signs(event: OpenEvent, value: Finding, case: Case) -> Outcome:
    """Keep "go now": a value does not reassure after a danger sign."""
    is_fresh = case.is_fresh(event)
    said = (texts.STILL_GO_NOW if is_fresh else texts.SEE_A_DOCTOR,)
    went_on = replace(
        going_on(event, said),
        follow_up_minutes=FOLLOW_UP_SIGNS[event.level] if is_fresh else (),
        glucose_mg_dl=value.told_mg_dl or event.glucose_mg_dl,
        beyond_range=value.beyond_range,
    )
    return Outcome((went_on,), said)


def _of_low(event: OpenEvent, value: Finding, heard: Heard, case: Case) -> Outcome:
    if value.value_mg_dl is None or value.value_mg_dl < c.LOW_BELOW:
        return Outcome()
    after = low.after_normal(event, heard, case)
    if isinstance(after, EmergencyContinued):
        return Outcome((after,), after.instructions)
    return Outcome((after,), low.over(value, case))


def _of_high(event: OpenEvent, value: Finding, heard: Heard) -> Outcome:
    if value.value_mg_dl is not None and value.value_mg_dl < c.HIGH_OVER_BELOW:
        over: tuple[Text, ...] = () if heard.verdict.texts else (texts.HIGH_OVER,)
        return Outcome((EmergencyResolved(event.event_id, value.told_mg_dl),), over)
    said = heard.verdict.texts or (texts.STILL_HIGH,)
    went_on = replace(
        going_on(event, said), follow_up_minutes=c.FOLLOW_UP_HIGH, glucose_mg_dl=value.told_mg_dl
    )
    return Outcome((went_on,), said)
