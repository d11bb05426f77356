"""The daily digest on the caregiver's phone, in a real browser, when its time comes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app import clock
from tests.simulator.phones import move_clock, said_to, write


@pytest.mark.usefixtures("ticking")
def test_the_digest_comes_at_its_time_to_the_caregivers_phone(page: Page, pictures: Path) -> None:
    write(page, "hi", "Caregiver")
    write(page, "fasting 126")
    write(page, "khane ke baad sugar 150")
    heard = said_to(page, "Caregiver").count()
    clock.move_to(clock.offset() + timedelta(hours=7, minutes=50))  # from noon to ten to eight
    move_clock(page, "+15 min")
    told = said_to(page, "Caregiver").filter(has_text="Daily summary")
    expect(told).to_have_count(1)
    expect(told).to_contain_text("Asha:")
    expect(told).to_contain_text("Sugar: 2 tests.")
    expect(told).to_contain_text("In range: 2 of 2.")
    assert said_to(page, "Caregiver").count() == heard + 1
    page.screenshot(path=pictures / "digest.png")
