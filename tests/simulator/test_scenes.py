"""The simulator in a real browser: a person writes, and sees answers and meanings."""

from __future__ import annotations

from os import environ  # noqa: TID251 - asks whether the committed picture is to be taken anew
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
KEEP_PICTURES = "PROCARE_KEEP_PICTURES"


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where pictures go: beside the documents only where that is asked for."""
    return PICTURES if environ.get(KEEP_PICTURES) else tmp_path


def write(page: Page, words: str) -> Locator:
    """Write a message as a person does, wait for what comes back, and give its exchange."""
    before = page.locator(".exchange").count()
    page.get_by_label("Message", exact=True).fill(words)
    page.keyboard.press("Enter")
    exchange = page.locator(".exchange").nth(before)
    expect(exchange.locator(".answered > *").first).to_be_visible()
    return exchange


def answer(exchange: Locator) -> Locator:
    return exchange.locator(".theirs .words").last


def is_hindi(words: str) -> bool:
    return sum("\u0900" <= letter <= "\u097f" for letter in words) > len(words) / 3


def titles(exchange: Locator) -> list[str]:
    return exchange.locator(".meaning h3").all_inner_texts()


def test_a_newcomer_who_says_hi_is_asked_for_a_language(page: Page) -> None:
    page.get_by_role("button", name="Newcomer").click()
    number = page.get_by_label("This phone's number").input_value()
    assert number.startswith("+91")
    assert len(number) == len("+919999999998")
    exchange = write(page, "hi")
    expect(answer(exchange)).to_contain_text("Which language")
    expect(answer(exchange)).to_contain_text("1")
    assert titles(exchange) == ["Command"]


def test_a_reading_and_a_dose_are_two_meanings_and_a_hindi_answer(page: Page) -> None:
    exchange = write(page, "khane ke baad sugar 212, metformin le li")
    expect(answer(exchange)).to_contain_text("212")
    assert is_hindi(answer(exchange).inner_text())
    assert titles(exchange) == ["Glucose reading", "Dose"]
    reading, dose = exchange.locator(".meaning").all()
    expect(reading.locator("dd").first).to_have_text("212")
    expect(reading.locator("q").filter(has_text="212")).to_be_visible()
    expect(dose.locator("q").filter(has_text="metformin")).to_be_visible()
    assert all(each.locator("code").count() > 0 for each in (reading, dose))


def test_a_low_reading_is_answered_with_what_to_do_at_once(page: Page, pictures: Path) -> None:
    page.set_viewport_size({"width": 1080, "height": 1060})  # both answers in one picture
    write(page, "khane ke baad sugar 212, metformin le li")
    exchange = write(page, "48")
    expect(answer(exchange)).to_contain_text("48")
    expect(answer(exchange)).to_contain_text("15")
    assert is_hindi(answer(exchange).inner_text())
    page.screenshot(path=pictures / "simulator.png")


def test_the_newest_message_is_in_sight_and_stands_below_the_others(page: Page) -> None:
    written = ["sugar 110", "sugar 120", "sugar 130", "sugar 140", "sugar 150"]
    exchanges = [write(page, words) for words in written]
    expect(page.locator(".mine .words")).to_have_text(written)
    expect(answer(exchanges[-1])).to_be_in_viewport()
    expect(exchanges[0]).not_to_be_in_viewport()


def test_words_with_markup_are_shown_as_they_were_written(page: Page) -> None:
    words = "<img src=x onerror=alert(1)> & 'sugar' 120"
    exchange = write(page, words)
    expect(exchange.locator(".mine .words")).to_have_text(words)
    assert exchange.locator("img").count() == 0


def test_shift_and_enter_begin_a_new_line(page: Page) -> None:
    page.get_by_label("Message", exact=True).fill("sugar 120")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("metformin le li")
    page.keyboard.press("Enter")
    expect(page.locator(".mine .words")).to_have_text("sugar 120\nmetformin le li")


def test_every_number_has_a_conversation_of_its_own(page: Page) -> None:
    write(page, "sugar 120")
    page.get_by_role("button", name="Demo caregiver").click()
    expect(page.locator(".exchange")).to_have_count(0)
    page.get_by_role("button", name="Demo patient").click()
    expect(page.locator(".mine .words")).to_have_text("sugar 120")


def test_a_number_that_is_none_is_not_written_from(page: Page) -> None:
    page.get_by_label("This phone's number").fill("12")
    page.get_by_label("Message", exact=True).fill("hi")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".exchange")).to_have_count(0)
    expect(page.get_by_label("Message", exact=True)).to_have_value("hi")


def test_what_was_understood_can_be_folded_and_read_as_json(page: Page) -> None:
    exchange = write(page, "sugar 120")
    exchange.get_by_text("As JSON").click()
    expect(exchange.locator("pre")).to_contain_text('"value_mg_dl": 120')
    exchange.locator(".gist").click()
    expect(exchange.locator(".meaning").first).to_be_hidden()


def test_a_narrow_screen_shows_the_whole_phone(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    exchange = write(page, "khane ke baad sugar 212, metformin le li")
    expect(answer(exchange)).to_be_in_viewport()
    expect(page.get_by_role("button", name="Send")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.screenshot(path=tmp_path / "narrow.png")
