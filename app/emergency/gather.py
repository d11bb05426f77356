"""From the meanings of a message to findings that triage can judge. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.emergency import constants as c
from app.emergency.doubt import Measured, treated_as_mg_dl
from app.emergency.finding import Finding
from app.glucose.reading import Reading
from app.parsing.meanings import (
    AnyMeaning,
    Glucose,
    GlucoseDisplay,
    GlucoseDoubtful,
    Plea,
    Symptoms,
)
from app.parsing.units import Unit, to_mg_dl


@dataclass(frozen=True, slots=True)
class Moment:
    """When a message came and is judged, and what the last readings before it were.

    Attributes:
        received_at: Aware.
        now: Aware, not before `received_at`; a message may have waited.
        latest: Readings told before, newest first.
        unit: Of the person's meter.
        high_open: Whether a high is open.
    """

    received_at: datetime
    now: datetime
    latest: tuple[Reading, ...] = ()
    unit: Unit = Unit.MG_DL
    high_open: bool = False

    def age(self, at: datetime | None) -> timedelta:
        """Say how long ago something was; None is when the message came."""
        return self.now - (at or self.received_at)


def is_future(recorded_at: datetime | None, now: datetime) -> bool:
    """Say whether a reading is said to be later than can be: its time is asked for."""
    return recorded_at is not None and recorded_at - now > c.FUTURE_AFTER


def measured_in(meanings: Iterable[AnyMeaning]) -> tuple[Measured, ...]:
    """List what was measured, in the order of the text."""
    return tuple(
        meaning
        for meaning in meanings
        if isinstance(meaning, Glucose | GlucoseDisplay | GlucoseDoubtful)
    )


def findings(meanings: Sequence[AnyMeaning], moment: Moment) -> tuple[Finding, ...]:
    """Make a finding of every value of a message, in the order of the text.

    Complaints stand beside every value not older than two hours; without one, beside the reading
    told a quarter of an hour ago at most; without that, alone. A value older than two hours says
    nothing where a later one is known.
    """
    symptoms = symptoms_in(meanings)
    values = _not_outdated(_values(meanings, moment), moment)
    if not symptoms:
        return (*values, *_cried_out(meanings))
    with_complaints = Finding(
        symptoms=symptoms, is_told_now=False, high_lately=_is_high_lately(meanings, moment)
    )
    recent = [value for value in values if value.age <= c.OLD_AFTER] or _last_reading(moment)
    beside = [
        replace(value, symptoms=symptoms, high_lately=with_complaints.high_lately)
        for value in recent
    ]
    old = [value for value in values if value.age > c.OLD_AFTER]
    return (*(beside or [with_complaints]), *old)


def symptoms_in(meanings: Iterable[AnyMeaning]) -> frozenset[str]:
    """Gather every complaint of a message."""
    return frozenset(
        symptom
        for meaning in meanings
        if isinstance(meaning, Symptoms)
        for symptom in meaning.symptoms
    )


def _cried_out(meanings: Iterable[AnyMeaning]) -> list[Finding]:
    """Give what was cried out with no value and no complaint beside it."""
    return [
        Finding(is_told_now=False, alarm=meaning.alarm)
        for meaning in meanings
        if isinstance(meaning, Plea)
    ]


def newest(values: Sequence[Finding]) -> Finding | None:
    """Give the value measured last, of several the one told last; None if none was told now."""
    told = [value for value in values if value.value_mg_dl is not None and value.is_told_now]
    return min(reversed(told), key=lambda value: value.age, default=None)


def _values(meanings: Iterable[AnyMeaning], moment: Moment) -> list[Finding]:
    found = [_value(one, moment) for one in measured_in(meanings)]
    return [value for value in found if value is not None]


def _value(measured: Measured, moment: Moment) -> Finding | None:
    value = treated_as_mg_dl(measured, moment.unit)
    if value is None:
        return None
    confirm_unit = moment.unit is Unit.MMOL_L and value < c.CONFIRMED_BELOW
    if not isinstance(measured, Glucose):
        return Finding(value, age=moment.age(None), confirm_unit=confirm_unit)
    return Finding(
        value_mg_dl=value,
        state=measured.state,
        told_mg_dl=value,
        age=moment.age(measured.recorded_at),
        confirm_unit=confirm_unit,
    )


def _not_outdated(values: Sequence[Finding], moment: Moment) -> tuple[Finding, ...]:
    """Leave out values older than two hours where a later one is known."""
    told_before = [
        moment.age(reading.recorded_at)
        for reading in moment.latest
        if not is_future(reading.recorded_at, moment.now)
    ]
    youngest = min([*(value.age for value in values), *told_before], default=timedelta.max)
    return tuple(value for value in values if value.age <= max(c.OLD_AFTER, youngest))


def _last_reading(moment: Moment) -> list[Finding]:
    """Give the reading told last, if it is so recent that new complaints belong to it."""
    return [
        Finding(value_mg_dl=last.value_mg_dl, state=last.state, is_told_now=False)
        for last in moment.latest[:1]
        if abs(moment.age(last.recorded_at)) <= c.LATEST_COUNTS_FOR
    ]


def _is_high_lately(meanings: Iterable[AnyMeaning], moment: Moment) -> bool:
    """Say whether a value above 240 may stand beside complaints: told, open, or in doubt."""
    told = any(
        reading.value_mg_dl > c.KETONES_ABOVE and moment.age(reading.recorded_at) <= c.OLD_AFTER
        for reading in moment.latest[:1]
    )
    in_doubt = any(
        to_mg_dl(doubtful.value, doubtful.unit or Unit.MMOL_L) > c.KETONES_ABOVE
        for doubtful in meanings
        if isinstance(doubtful, GlucoseDoubtful)
    )
    return told or in_doubt or moment.high_open
