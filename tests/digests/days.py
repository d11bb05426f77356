"""Patients and their days, for the tests of what digests say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from app.digests.facts import Followed, OpenDanger, PatientDay
from app.emergency.event import EmergencyType, Level
from app.glucose.history.history import PastReading
from app.i18n import render
from app.medications.dose import LogStatus
from app.medications.history.history import PastDose
from app.parsing.meanings import GlucoseState
from app.parsing.units import Unit
from app.people.access.rules import Relation
from app.text import Text

INDIA = "Asia/Kolkata"
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=ZoneInfo(INDIA))
"""A Sunday evening."""
FASTING, AFTER_LUNCH = GlucoseState.MORNING_FASTING, GlucoseState.AFTER_LUNCH
RANDOM = GlucoseState.RANDOM
TAKEN, MISSED, SKIPPED = LogStatus.TAKEN, LogStatus.MISSED, LogStatus.SKIPPED


def someone(
    name: str | None = "Amma",
    *,
    zone: str = INDIA,
    unit: Unit = Unit.MG_DL,
    score: float | None = None,
) -> Followed:
    long_ago = NOW - timedelta(days=100)
    patient_id = uuid5(UUID(int=0), str(name))
    return Followed(patient_id, name, zone, unit, Relation.CAREGIVER, long_ago, score)


def at(hh_mm: str, days_ago: int = 0) -> datetime:
    hour, minute = map(int, hh_mm.split(":"))
    return (NOW - timedelta(days=days_ago)).replace(hour=hour, minute=minute)


def read(
    value: float, hh_mm: str = "07:10", state: GlucoseState = RANDOM, days_ago: int = 0
) -> PastReading:
    return PastReading(UUID(int=1), at(hh_mm, days_ago), value, state)


def dose(
    status: LogStatus,
    hh_mm: str = "08:00",
    name: str = "metformin",
    *,
    days_ago: int = 0,
    reason: str = "",
) -> PastDose:
    return PastDose(name, at(hh_mm, days_ago), status, reason)


def danger(
    hh_mm: str = "07:10",
    level: Level = Level.P2,
    kind: EmergencyType = EmergencyType.HYPOGLYCEMIA,
    days_ago: int = 0,
) -> OpenDanger:
    return OpenDanger(kind, level, at(hh_mm, days_ago))


def day(
    patient: Followed | None = None,
    *,
    readings: Iterable[PastReading] = (),
    doses: Iterable[PastDose] = (),
    open_ones: Iterable[OpenDanger] = (),
    heard_ago: timedelta | None = timedelta(hours=1),
) -> PatientDay:
    """Make a patient's day; they wrote an hour ago unless told otherwise."""
    return PatientDay(
        patient or someone(),
        tuple(readings),
        tuple(doses),
        tuple(open_ones),
        None if heard_ago is None else NOW - heard_ago,
    )


def said(text: Text, language: str = "en") -> str:
    return render(text, language)


def short(text: Text, language: str = "en") -> str:
    """Say what a template says of a patient."""
    told = dict(text.params)["short"]
    assert isinstance(told, Text)
    return render(told, language)
