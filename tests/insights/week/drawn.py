"""What the tests of the picture share: a week, its words, and how they are laid out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from app.glucose.history.history import PastReading
from app.i18n import render
from app.insights.week.layout import layout
from app.insights.week.load import fonts
from app.insights.week.marks import marks_of
from app.insights.week.sheet import Item, Line
from app.insights.week.words import Words, words_of
from app.insights.week.writing import Pen
from app.parsing.meanings import GlucoseState
from app.parsing.units import Unit

LANGUAGES = ("en", "hi", "ta", "te", "bn", "mr", "gu")
ZONE = "Asia/Kolkata"
SUNDAY = datetime(2026, 11, 22, 18, 0, tzinfo=ZoneInfo(ZONE))
FASTING, AFTER_LUNCH = GlucoseState.MORNING_FASTING, GlucoseState.AFTER_LUNCH
BEDTIME, RANDOM = GlucoseState.BEDTIME, GlucoseState.RANDOM


def read(
    value: float, state: GlucoseState = RANDOM, hour: int = 12, minute: int = 0, days_ago: int = 1
) -> PastReading:
    at = (SUNDAY - timedelta(days=days_ago)).replace(hour=hour, minute=minute)
    return PastReading(UUID(int=1), at, value, state)


def words(language: str, unit: Unit = Unit.MG_DL) -> Words:
    return words_of(unit, ZONE, SUNDAY, partial(render, language=language))


def laid_out(
    readings: Sequence[PastReading], language: str = "en", unit: Unit = Unit.MG_DL
) -> tuple[Item, ...]:
    return layout(marks_of(readings, ZONE), words(language, unit), Pen(fonts(), language))


def lines(items: Sequence[Item]) -> list[Line]:
    return [item for item in items if isinstance(item, Line)]
