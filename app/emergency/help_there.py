"""What a person's word about help makes of the open events. Pure.

No value ends what danger signs opened, nor what sent for an ambulance: a doctor, an ambulance crew
or a hospital does, told by a person. Being awake or better does not: it is asked whether a doctor
has seen the patient.
"""

from dataclasses import replace

from app.emergency import texts
from app.emergency.case import Case, Heard, Outcome, going_on
from app.emergency.event import (
    EmergencyContinued,
    EmergencyResolved,
    EmergencyStatus,
    EmergencyType,
    Level,
    OpenEvent,
)
from app.emergency.steps import steps_of
from app.emergency.triage import BY_SIGNS, LOWS
from app.parsing.meanings import HelpWord
from app.text import Text

OUTRANKS = BY_SIGNS | LOWS | {Level.P4}
"""Rows of danger that a word about help in the same message does not cover."""


def of_help(heard: Heard, case: Case) -> Outcome | None:
    """Judge the events that only help ends; None where the message is no word about them.

    A complaint or a value of danger in the same message wins. What is doubtful counts only where
    the message tells nothing else.
    """
    events = awaiting_help(case.open)
    if heard.help is None or not events or _tells_danger(heard):
        return None
    if heard.help is HelpWord.THERE:
        return Outcome(resolved(events), (texts.HELP_IS_THERE,))
    if heard.verdict.texts or heard.newest:
        return None
    return Outcome(*still_needed(events, case, said=_said(heard.help, events, case)))


def awaiting_help(events: tuple[OpenEvent, ...]) -> tuple[OpenEvent, ...]:
    """List the events that only help ends: danger signs, and what sent for an ambulance."""
    return tuple(
        event
        for event in events
        if event.type is not EmergencyType.MISSED_MEDICATION
        and (event.level in BY_SIGNS or event.status is EmergencyStatus.ESCALATED)
    )


def resolved(events: tuple[OpenEvent, ...]) -> tuple[EmergencyResolved, ...]:
    """End events by a person's word that help is there, or has been."""
    return tuple(EmergencyResolved(event.event_id, by_word=True) for event in events)


def still_needed(
    events: tuple[OpenEvent, ...], case: Case, *, said: Text
) -> tuple[tuple[EmergencyContinued, ...], tuple[Text, ...]]:
    """Let events go on, and the clock ask anew; with what is said."""
    return tuple(_gone_on(event, said, case) for event in events), (said,)


def _tells_danger(heard: Heard) -> bool:
    finding = heard.finding
    return heard.verdict.level in OUTRANKS or bool(finding.symptoms) or finding.alarm is not None


def _said(word: HelpWord, events: tuple[OpenEvent, ...], case: Case) -> Text:
    """Say whom to call unless help is there; after a day, to see a doctor.

    Who is better after a low that nobody answered for is asked for a value.
    """
    signs = [event for event in events if event.level in BY_SIGNS]
    if word is HelpWord.BETTER and not signs:
        return texts.TEST_NOW_ILL
    return texts.GO_UNLESS_HELPED if any(map(case.is_fresh, events)) else texts.SEE_A_DOCTOR


def _gone_on(event: OpenEvent, said: Text, case: Case) -> EmergencyContinued:
    minutes = tuple(step.minutes for step in steps_of(event)) if case.is_fresh(event) else ()
    return replace(going_on(event, (said,)), follow_up_minutes=minutes)
