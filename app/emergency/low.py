"""The loop of a low: treat, 15 minutes, the next value. Pure.

Below 70 is another round, at most three; then, or below 54 again, an ambulance. 70 or more is a
meal, and the low is over: for those whose medicines can bring it back after a second such value.
"""

from dataclasses import replace
from datetime import timedelta

from app.emergency import constants as c
from app.emergency import signs, texts
from app.emergency.case import Case, Heard, going_on, graver
from app.emergency.event import (
    EmergencyContinued,
    EmergencyResolved,
    EmergencyStatus,
    Level,
    OpenEvent,
)
from app.emergency.finding import Finding
from app.emergency.triage import BY_SIGNS, Verdict
from app.medications.classes import MedicineClass
from app.text import Text

ESCALATED = EmergencyStatus.ESCALATED
TREAT_WAIT = timedelta(minutes=c.TREAT_WAIT_MINUTES)


def another_round(event: OpenEvent, heard: Heard, case: Case) -> EmergencyContinued:
    """Go on with an open low after a low value, or a complaint."""
    verdict = heard.verdict
    went_on = replace(
        going_on(event, verdict.texts),
        level=graver(event.level, verdict.level),
        normal_values=0,
        follow_up_minutes=verdict.follow_up_minutes,
        glucose_mg_dl=heard.finding.told_mg_dl or event.glucose_mg_dl,
        beyond_range=heard.finding.beyond_range,
    )
    if event.status is ESCALATED or _needs_ambulance(event, heard, case):
        return _escalated(went_on, heard, case)
    if _is_same_round(event, heard, case):
        return went_on
    return replace(went_on, round=event.round + 1, instructions=_once_more(heard))


def after_normal(
    event: OpenEvent, heard: Heard, case: Case
) -> EmergencyContinued | EmergencyResolved:
    """Go on with an open low after a value of 70 or more, or end it; not beside a complaint."""
    value = heard.newest or heard.finding
    normal_values = event.normal_values + (not heard.is_told_again)
    if normal_values >= _normal_values_needed(case) and not value.symptoms:
        return EmergencyResolved(event.event_id, value.told_mg_dl)
    return replace(
        going_on(event, risen(value, heard.verdict)),
        normal_values=normal_values,
        follow_up_minutes=c.FOLLOW_UP_LOW,
        glucose_mg_dl=value.told_mg_dl,
    )


def risen(value: Finding, verdict: Verdict) -> tuple[Text, ...]:
    """Say what follows a first value of 70 or more: a meal, but not at a high or in danger."""
    if verdict.level in BY_SIGNS:
        return verdict.texts
    if "drowsy" in value.symptoms:
        return (texts.TEST_ONLY,)
    is_high = signs.needs_ketone_advice(value)
    return (texts.LOW_THEN_HIGH if is_high else texts.LOW_RISEN,)


def over(value: Finding, case: Case) -> tuple[Text, ...]:
    """Say what follows a low that is over; a high speaks for itself."""
    if signs.needs_ketone_advice(value):
        return ()
    can_return = case.known.may_take(MedicineClass.SULFONYLUREA)
    return (texts.LOW_OVER, texts.LOW_CAN_RETURN) if can_return else (texts.LOW_OVER,)


def _normal_values_needed(case: Case) -> int:
    return c.NORMAL_VALUES_ON_LOWERING if case.known.lows_likely else c.NORMAL_VALUES


def _once_more(heard: Heard) -> tuple[Text, ...]:
    """Say the same as before, but for the first sentence where a value was told."""
    said = heard.verdict.texts
    return said if heard.finding.value_mg_dl is None else (texts.STILL_LOW, *said[1:])


def _needs_ambulance(event: OpenEvent, heard: Heard, case: Case) -> bool:
    """Say whether treatment did not lift it: three rounds told, or below 54 again."""
    if _is_same_round(event, heard, case):
        return False
    again = event.level is Level.P1 and signs.is_very_low(heard.finding, case.known)
    return event.round >= c.MOST_ROUNDS or again


def _is_same_round(event: OpenEvent, heard: Heard, case: Case) -> bool:
    """Say whether no new test is due yet: a complaint, or the same value confirmed."""
    finding = heard.finding
    began_at = event.opened_at + (event.round - 1) * TREAT_WAIT
    since = case.now - began_at
    if not finding.is_told_now or finding.value_mg_dl is None:
        return since < TREAT_WAIT
    is_confirmed = event.glucose_mg_dl in {None, finding.told_mg_dl}
    return (
        heard.is_told_again
        or not case.is_later(finding, event)
        or (is_confirmed and since < c.SAME_TEST)
    )


def _escalated(went_on: EmergencyContinued, heard: Heard, case: Case) -> EmergencyContinued:
    is_ill = signs.is_ketoacidosis(heard.finding, case.known)
    also = (texts.ALSO_GO_NOW,) if is_ill else ()
    return replace(
        went_on,
        status=ESCALATED,
        instructions=(texts.NO_BETTER_LOW, *also),
        follow_up_minutes=c.FOLLOW_UP_RED,
    )
