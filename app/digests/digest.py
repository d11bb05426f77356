"""The sentences that caregivers' and doctors' digests share. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.digests.words import LONGEST_NAME, LONGEST_REASON, one_line
from app.emergency.event import EmergencyType
from app.emergency.triage import BY_SIGNS
from app.glucose.reply import as_shown, at_time
from app.insights.summary import LOW_BELOW_MG_DL, VERY_HIGH_ABOVE_MG_DL, doses_of, sugar_of
from app.insights.summary_texts import NAMED_AT_MOST
from app.medications.dose import LogStatus, SkipReason
from app.medications.reply import UNNAMED
from app.text import Text, text, texts

if TYPE_CHECKING:
    from app.digests.facts import OpenDanger, PatientDay
    from app.glucose.history.history import PastReading
    from app.insights.summary import Doses, Sugar
    from app.medications.history.history import PastDose

WEEKDAYS = (
    text("Monday"),
    text("Tuesday"),
    text("Wednesday"),
    text("Thursday"),
    text("Friday"),
    text("Saturday"),
    text("Sunday"),
)
A_MEDICINE = text("a medicine")
REASONS = {
    SkipReason.UNWELL: text("unwell"),
    SkipReason.NONE_LEFT: text("none left"),
    SkipReason.NOT_EATEN: text("nothing eaten"),
    SkipReason.DOCTOR_SAID: text("the doctor said so"),
}
NO_READING = text("No sugar test was told.")
DANGER_SIGNS = text("danger signs")
DANGERS = {
    EmergencyType.HYPOGLYCEMIA: text("low sugar"),
    EmergencyType.HYPERGLYCEMIA: text("high sugar"),
    EmergencyType.MISSED_MEDICATION: text("missed medicine"),
}


def weekday(day: date) -> Text:
    """Name a day of the week."""
    return WEEKDAYS[day.weekday()]


def name_of(day: PatientDay, otherwise: Text) -> str | Text:
    """Give a patient's name, fit for a line; or what is said where there is none."""
    return one_line(day.patient.name or "", LONGEST_NAME) or otherwise


def dangers(day: PatientDay, now: datetime) -> tuple[Text, ...]:
    """Tell the emergencies of which nobody has told that they are over, newest first."""
    return tuple(
        text(
            "Not over: {danger}, since {time}.",
            danger=_danger(each),
            time=at_time(day.local(each.opened_at), day.local(now)),
        )
        for each in sorted(day.open, key=_when_opened, reverse=True)
    )


def _when_opened(danger: OpenDanger) -> datetime:
    return danger.opened_at


def _danger(danger: OpenDanger) -> Text:
    return DANGER_SIGNS if danger.level in BY_SIGNS else DANGERS[danger.type]


def sugar(day: PatientDay, now: datetime) -> tuple[Text, ...]:
    """Tell the readings: how many, how many in range, and each that is low or very high."""
    counted = sugar_of(day.readings, day.patient.zone)
    if counted is None:
        return ()
    lows = [one for one in day.readings if one.value_mg_dl < LOW_BELOW_MG_DL]
    highs = [one for one in day.readings if one.value_mg_dl > VERY_HIGH_ABOVE_MG_DL]
    low, high = _values(lows, day, now), _values(highs, day, now)
    return (
        *tests(counted),
        *((text("Low: {values}.", values=low),) if lows else ()),
        *((text("Very high: {values}.", values=high),) if highs else ()),
    )


def sugar_without_values(day: PatientDay) -> tuple[Text, ...]:
    """Tell the readings as a template may: counted, and no value named."""
    counted = sugar_of(day.readings, day.patient.zone)
    if counted is None:
        return ()
    return (
        *tests(counted),
        *((text("Low: {values}.", values=f"{counted.lows}×"),) if counted.lows else ()),
        *(
            (text("Very high: {values}.", values=f"{counted.very_highs}×"),)
            if counted.very_highs
            else ()
        ),
    )


def tests(counted: Sugar) -> tuple[Text, ...]:
    """Tell how many readings there are, and how many of those with a target are in range."""
    many = texts("Sugar: {n} test.", "Sugar: {n} tests.", counted.readings)
    if not counted.judged:
        return (many,)
    if counted.judged == counted.readings:
        return (many, text("In range: {x} of {n}.", x=counted.in_range, n=counted.judged))
    part = text(
        "In range: {x} of the {n} told as before or after food.",
        x=counted.in_range,
        n=counted.judged,
    )
    return (many, part)


def _values(readings: Sequence[PastReading], day: PatientDay, now: datetime) -> str:
    """Write values with their times, the last ones, and how many there were before them."""
    left = len(readings) - NAMED_AT_MOST
    named = [
        f"{as_shown(one.value_mg_dl, day.patient.unit)}"
        f" ({at_time(day.local(one.recorded_at), day.local(now))})"
        for one in readings[-NAMED_AT_MOST:]
    ]
    return ", ".join([*((f"+{left}",) if left > 0 else ()), *named])


def doses(day: PatientDay, now: datetime) -> tuple[Text, ...]:
    """Tell how many doses were taken, and name those that were not."""
    counted = doses_of(day.doses)
    left = len(counted.not_taken) - NAMED_AT_MOST
    return (
        *doses_counted(counted),
        *(_not_taken(one, day, now) for one in counted.not_taken[-NAMED_AT_MOST:]),
        *((text("And before that: {n}.", n=left),) if left > 0 else ()),
    )


def doses_counted(counted: Doses) -> tuple[Text, ...]:
    """Tell how many doses were taken."""
    if not counted.decided:
        return ()
    return (text("Doses taken: {x} of {n}.", x=counted.taken, n=counted.decided),)


def _not_taken(dose: PastDose, day: PatientDay, now: datetime) -> Text:
    time = at_time(day.local(dose.scheduled_time), day.local(now))
    name = one_line(dose.name, LONGEST_NAME)
    medicine = A_MEDICINE if name in {"", UNNAMED} else name
    if dose.status is LogStatus.MISSED:
        return text("Missed: {medicine}, {time}.", medicine=medicine, time=time)
    reason = _reason(dose)
    if not reason:
        return text("Not taken: {medicine}, {time}.", medicine=medicine, time=time)
    return text(
        "Not taken: {medicine}, {time}. Reason: {reason}.",
        medicine=medicine,
        time=time,
        reason=reason,
    )


def _reason(dose: PastDose) -> str | Text:
    """Say why a dose was skipped; empty where only "another reason" was told, or nothing."""
    if dose.reason in set(SkipReason):
        return REASONS.get(SkipReason(dose.reason), "")
    return one_line(dose.reason, LONGEST_REASON)
