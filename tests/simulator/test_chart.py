"""The week as a picture on a phone: asked for, and of our own accord; and in every language."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page, expect

from app import clock
from app.i18n import render
from app.insights.period import Past
from app.insights.week.load import fonts
from app.insights.week.picture import picture
from app.insights.week.week import Week
from app.insights.week.writing import Pen
from app.parsing.units import Unit
from tests.glucose.days import keep
from tests.insights.week.drawn import AFTER_LUNCH, FASTING, LANGUAGES, SUNDAY, ZONE, read
from tests.reminders.patients import change
from tests.simulator.phones import move_clock, phone, said_to, write
from tests.web.calls import rows

ARRIVED_MS = 20_000
"""A worker process starts."""
TOLD = [
    *((1, 7, 108), (2, 7, 141), (3, 7, 96)),
    *((1, 10, 192), (2, 15, 243), (4, 21, 165)),
    *((3, 3, 58), (5, 13, 121), (6, 22, 151)),
]
"""So many days ago, at an hour of India, so many mg/dL."""


def patient_with_a_week() -> UUID:
    """Give the demo patient readings of the last days, and no others."""
    ((patient_id,),) = rows("SELECT id FROM patients")
    assert isinstance(patient_id, UUID)
    change("DELETE FROM glucose_readings")
    today = clock.now().astimezone(SUNDAY.tzinfo).replace(minute=0, second=0, microsecond=0)
    keep(patient_id, [(ago(today, day).replace(hour=hour), value) for day, hour, value in TOLD])
    return patient_id


def ago(today: datetime, days: int) -> datetime:
    return today - timedelta(days=days)


def brought(page: Page) -> Locator:
    """Wait for a picture on the patient's phone, and give it as it is shown there."""
    shown = phone(page, "Patient").locator(".theirs .picture:not([hidden])").last
    expect(shown).to_be_visible(timeout=ARRIVED_MS)
    page.wait_for_function("shown => shown.naturalWidth === 720", arg=shown.element_handle())
    return shown


@pytest.mark.usefixtures("ticking", "worker")
def test_a_chart_asked_for_in_bengali_comes_as_a_picture(page: Page, pictures: Path) -> None:
    patient_with_a_week()
    page.set_viewport_size({"width": 1440, "height": 960})  # all of it in one picture
    write(page, "বাংলা")
    write(page, "চার্ট")
    expect(said_to(page, "Patient").last).to_have_text("গত 7 দিন", timeout=ARRIVED_MS)
    brought(page)
    expect(phone(page, "Patient").locator(".theirs .tick").last).to_have_attribute(
        "aria-label", "read"
    )
    phone(page, "Patient").screenshot(path=pictures / "chart-bn.png")


@pytest.mark.usefixtures("ticking", "worker")
def test_a_week_is_told_with_its_picture_when_its_evening_comes(page: Page) -> None:
    patient_id = patient_with_a_week()
    write(page, "english")
    soon = clock.now() + timedelta(minutes=10)
    change("UPDATE patients SET week_due_at = :soon WHERE id = :id", soon=soon, id=patient_id)
    move_clock(page, "+15 min")
    told = said_to(page, "Patient").filter(has_text="Here is your week.")
    expect(told).to_contain_text("Your readings in the last 7 days: 9", timeout=ARRIVED_MS)
    brought(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_week_is_drawn_in_every_language(language: str, pictures: Path) -> None:
    readings = (
        *(read(value, FASTING, 7, 10 * day, day) for day, value in ((0, 118), (1, 141), (2, 96))),
        *(read(value, AFTER_LUNCH, 15, 0, day) for day, value in ((1, 165), (3, 243))),
        *(read(value, hour=hour, days_ago=4) for hour, value in ((3, 58), (10, 192), (22, 151))),
    )
    week, say = Week(Unit.MG_DL, ZONE, Past(readings)), partial(render, language=language)
    path = pictures / f"week-{language}.png"
    path.write_bytes(picture(week, SUNDAY, Pen(fonts(), language), say))
    assert path.stat().st_size > 10_000
