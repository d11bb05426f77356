"""One day on the phones, in a real browser, its clock moved from noon to the next morning."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from app import clock
from app.reminders.plan import MOST_A_DAY
from tests.reminders.patients import change
from tests.simulator.phones import move_clock, phone, said_to, write
from tests.web.calls import rows

INDIA = ZoneInfo("Asia/Kolkata")
ARRIVED_MS = 20_000
COUNTED = "SELECT count(*) FROM notifications WHERE slot IS NOT NULL"
DOSES = (
    "SELECT to_char(l.scheduled_time AT TIME ZONE 'Asia/Kolkata', 'HH24:MI'), l.status::text"
    " FROM medication_logs l"
    " WHERE (l.scheduled_time AT TIME ZONE 'Asia/Kolkata')::date = '{day}'"
    " ORDER BY l.scheduled_time"
)


def go_to(page: Page, hour: int, minute: int = 0, *, days: int = 0) -> None:
    """Let it become a time of the day: a jump to just before it, the rest in the clock's steps."""
    here = clock.now().astimezone(INDIA) + timedelta(days=days)
    before = here.replace(hour=hour, minute=minute, second=0, microsecond=0) - timedelta(minutes=10)
    clock.move_to(clock.offset() + timedelta(days=days) + (before - here))
    move_clock(page, "+15 min")


def reminders(page: Page) -> Locator:
    return said_to(page, "Patient").filter(has_text="Time for your medicine")


def take_picture(page: Page, path: Path) -> None:
    page.mouse.move(0, 0)
    page.screenshot(path=path)


def begin(page: Page) -> None:
    """Let the patient have two medicines, six doses from one o'clock on."""
    page.set_viewport_size({"width": 1440, "height": 960})
    write(page, "hi", "Caregiver")
    for told in ("english", "metformin 500 roz 13:00 15:00 17:00 19:00 21:00", "yes"):
        write(page, told)
    for told in ("glimepiride 1 roz 22:00", "yes"):
        write(page, told)


def afternoon(page: Page) -> None:
    """Take one dose, put one off and take it when asked again, and tell some readings."""
    go_to(page, 13)
    expect(reminders(page)).to_have_count(1, timeout=ARRIVED_MS)
    expect(write(page, "1")).to_contain_text("taken")
    go_to(page, 15)
    expect(reminders(page)).to_have_count(2, timeout=ARRIVED_MS)
    write(page, "later")
    go_to(page, 15, 45)
    expect(reminders(page)).to_have_count(3, timeout=ARRIVED_MS)
    expect(write(page, "1")).to_contain_text("taken")
    for told in ("fasting 126", "sugar 148 before lunch", "sugar 193 after lunch"):
        write(page, told)


def evening(page: Page) -> None:
    """Take one dose and leave one out; two more are due, and the day's five messages are sent."""
    for hour, so_many, answer in ((17, 4, "1"), (19, 5, "3")):
        go_to(page, hour)
        expect(reminders(page)).to_have_count(so_many, timeout=ARRIVED_MS)
        write(page, answer)
    go_to(page, 20)
    told = said_to(page, "Caregiver").filter(has_text="Daily summary")
    expect(told).to_have_count(1, timeout=ARRIVED_MS)
    expect(told).to_contain_text("Asha:")
    go_to(page, 21)
    go_to(page, 22)


@pytest.mark.usefixtures("ticking", "worker")
def test_a_day_has_its_reminders_its_answers_five_messages_and_the_familys_digest(
    page: Page, pictures: Path
) -> None:
    begin(page)
    day = clock.now().astimezone(INDIA).date()
    afternoon(page)
    take_picture(page, pictures / "day-afternoon.png")
    evening(page)
    take_picture(page, pictures / "day-night.png")
    expect(reminders(page)).to_have_count(MOST_A_DAY)  # the dose put off took two of them
    assert rows(COUNTED) == [(MOST_A_DAY,)]
    assert rows(DOSES.format(day=day)) == [
        ("13:00", "TAKEN"),
        ("15:00", "TAKEN"),
        ("17:00", "TAKEN"),
        ("19:00", "SKIPPED"),
        ("21:00", "PENDING"),
        ("22:00", "PENDING"),
    ]

    change("UPDATE medications SET is_active = false")  # they would take all five of this day too
    go_to(page, 9, days=1)
    soon = clock.now() + timedelta(minutes=10)
    change("UPDATE patients SET week_due_at = :soon", soon=soon)
    move_clock(page, "+15 min")
    told = said_to(page, "Patient").filter(has_text="Here is your week.")
    expect(told).to_have_count(1, timeout=ARRIVED_MS)
    picture = phone(page, "Patient").locator(".theirs .picture:not([hidden])").last
    expect(picture).to_be_visible(timeout=ARRIVED_MS)
    page.wait_for_function("shown => shown.naturalWidth === 720", arg=picture.element_handle())
    take_picture(page, pictures / "day-week.png")
