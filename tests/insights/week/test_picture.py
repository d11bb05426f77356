"""The picture itself: pixels found by hand, the same bytes for the same week, small enough."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from io import BytesIO
from math import hypot

import pytest
from PIL import Image

from app.glucose.history.history import PastReading
from app.i18n import render
from app.insights.period import Past
from app.insights.week.load import fonts
from app.insights.week.marks import Kind
from app.insights.week.picture import picture
from app.insights.week.sheet import MARK_COLOURS, Colour
from app.insights.week.week import Beyond, Week
from app.insights.week.writing import Pen
from app.parsing.meanings import Display
from app.parsing.units import Unit
from tests.insights.week.drawn import AFTER_LUNCH, FASTING, LANGUAGES, RANDOM, SUNDAY, ZONE, read

LARGEST = 100_000
"""Bytes: what a slow connection takes in a few seconds."""
SAME = 12
"""So far apart colours may be that a palette of few makes one."""


def png(readings: Sequence[PastReading], language: str = "en", unit: Unit = Unit.MG_DL) -> bytes:
    week = Week(unit, ZONE, Past(tuple(readings)))
    return picture(week, SUNDAY, Pen(fonts(), language), partial(render, language=language))


def colour_at(content: bytes, x: int, y: int) -> tuple[int, int, int]:
    with Image.open(BytesIO(content)) as image:
        pixel = image.convert("RGB").getpixel((x, y))
    assert isinstance(pixel, tuple)
    red, green, blue = pixel
    return int(red), int(green), int(blue)


def is_like(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return hypot(*(a - b for a, b in zip(one, other, strict=True))) <= SAME


@pytest.mark.parametrize(
    ("reading", "x", "y", "kind"),
    [
        # 6:00 is 102 + 584 / 4; 105 is a quarter of the way from 40 to 300: 618 - 432 / 4.
        (read(105, FASTING, hour=6), 248, 510, Kind.IN_RANGE),
        # 12:00 is 102 + 584 / 2; 235 is three quarters: 618 - 432 * 3 / 4.
        (read(235, AFTER_LUNCH, hour=12), 394, 294, Kind.ABOVE),
        # 18:00 is 102 + 584 * 3 / 4; 40 is the lower end.
        (read(40, hour=18), 540, 618, Kind.BELOW),
        # Midnight is the left end; of the first of the seven days.
        (read(105, FASTING, hour=0, days_ago=6), 102, 510, Kind.IN_RANGE),
    ],
)
def test_a_mark_of_its_kind_is_drawn_where_its_hour_and_its_value_are(
    reading: PastReading, x: int, y: int, kind: Kind
) -> None:
    assert is_like(colour_at(png([reading]), x, y), MARK_COLOURS[kind])
    assert not is_like(colour_at(png([]), x, y), MARK_COLOURS[kind])


def test_triangles_point_up_above_and_down_below() -> None:
    """Ten pixels above and below the middle, ten to the left: ink in one of the two only."""
    above, below = png([read(235, AFTER_LUNCH)]), png([read(60)])
    y_below = round(618 - 432 * 20 / 260)
    assert is_like(colour_at(above, 394 - 9, 294 + 10), MARK_COLOURS[Kind.ABOVE])
    assert not is_like(colour_at(above, 394 - 9, 294 - 10), MARK_COLOURS[Kind.ABOVE])
    assert is_like(colour_at(below, 394 - 9, y_below - 10), MARK_COLOURS[Kind.BELOW])
    assert not is_like(colour_at(below, 394 - 9, y_below + 10), MARK_COLOURS[Kind.BELOW])


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        (105, Colour.BEFORE_FOOD),
        (150, Colour.AFTER_FOOD),
        (75, Colour.AFTER_FOOD),
        (60, Colour.PAPER),
        (200, Colour.PAPER),
    ],
)
def test_the_targets_are_shaded(value: float, colour: tuple[int, int, int]) -> None:
    y = round(618 - 432 * (value - 40) / 260)
    assert is_like(colour_at(png([]), 320, y), colour)


def test_what_was_read_before_the_seven_days_or_after_them_is_not_in_it() -> None:
    before = PastReading(
        read(105).reading_id, SUNDAY - timedelta(days=6, hours=18, minutes=1), 200, RANDOM
    )
    assert png([before]) == png([])


@pytest.mark.parametrize(
    ("display", "y", "kind"), [(Display.LO, 618, Kind.BELOW), (Display.HI, 186, Kind.ABOVE)]
)
def test_what_a_meter_showed_in_the_week_is_drawn_at_the_end_of_the_scale(
    display: Display, y: int, kind: Kind
) -> None:
    noon = SUNDAY.replace(hour=12)
    shown = Beyond(noon - timedelta(days=1), display), Beyond(noon - timedelta(days=7), display)
    now, before = (
        picture(week, SUNDAY, Pen(fonts(), "en"), partial(render, language="en"))
        for week in (Week(Unit.MG_DL, ZONE, Past(), (one,)) for one in shown)
    )
    assert is_like(colour_at(now, 394, y), MARK_COLOURS[kind])
    assert before == png([])


def test_the_same_week_is_the_same_bytes() -> None:
    readings = [read(60 + 7 * n, hour=n) for n in range(24)]
    assert png(readings) == png(list(reversed(readings)))


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_full_picture_is_small_in_every_language(language: str, unit: Unit) -> None:
    many = [read(45 + 2.5 * n, hour=n % 24, minute=n % 60, days_ago=n % 7) for n in range(200)]
    content = png(many, language, unit)
    assert len(content) < LARGEST
    with Image.open(BytesIO(content)) as image:
        image.load()
        assert (image.format, image.mode, image.size) == ("PNG", "P", (720, 900))


def test_languages_differ_in_their_pictures() -> None:
    assert len({png([read(105)], language) for language in LANGUAGES}) == len(LANGUAGES)


def test_only_who_draws_loads_what_draws() -> None:
    loaded = (
        "import sys, app.web.media; print([m for m in ('PIL', 'uharfbuzz') if m in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"
