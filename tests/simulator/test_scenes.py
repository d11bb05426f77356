"""The simulator in a real browser: people write, see answers and meanings, and time goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.simulator.phones import move_clock, phone, said_to, turn_to, words, write

ARRIVED_MS = 20_000
"""A worker process starts, and a refused send is tried again."""


def is_hindi(said: str) -> bool:
    return sum("\u0900" <= letter <= "\u097f" for letter in said) > len(said) / 3


def panel(page: Page, title: str = "Patient") -> Locator:
    """Open what was understood of the newest message of a phone."""
    told = phone(page, title).locator(".mine").last.locator(".understood")
    told.locator("summary").first.click()
    return told


def titles(told: Locator) -> list[str]:
    return told.locator(".meaning h3").all_inner_texts()


def add_phone(page: Page) -> str:
    page.get_by_role("button", name="Add a phone").click()
    return phone(page, "Another phone").last.get_by_label("This phone's number").input_value()


def test_there_are_three_phones_each_with_its_number_language_and_unit(page: Page) -> None:
    expect(page.locator(".phone h2")).to_have_text(["Patient", "Caregiver", "Doctor"])
    numbers = [field.input_value() for field in page.get_by_label("This phone's number").all()]
    assert numbers == ["+919999999998", "+919999999997", "+919999999999"]
    heard_in = ["Hindi · mg/dL", "English · mg/dL", "English · mg/dL"]
    expect(page.locator(".heard-in")).to_have_text(heard_in)
    expect(page.locator(".self")).to_have_text(["you are Asha", "you are Ravi", "you are Dr. Demo"])


@pytest.mark.usefixtures("ticking", "worker")
def test_a_low_is_treated_on_the_patients_phone_and_told_on_the_caregivers_at_once(
    page: Page, pictures: Path
) -> None:
    page.set_viewport_size({"width": 1440, "height": 960})  # all of it in one picture
    write(page, "hi", "Caregiver")
    write(page, "khane ke baad sugar 212, metformin le li")
    to_do = write(page, "48")
    expect(words(to_do)).to_contain_text("15-20")
    assert is_hindi(words(to_do).inner_text())
    alert = said_to(page, "Caregiver").last
    expect(alert).to_contain_text("Dangerously low sugar, or signs of it: Asha", timeout=ARRIVED_MS)
    expect(alert).to_contain_text("48 mg/dL")
    expect(phone(page, "Caregiver").locator(".theirs .tick").last).to_have_attribute(
        "aria-label", "read"
    )
    move_clock(page, "+15 min")
    expect(said_to(page, "Patient").last).to_contain_text("15 मिनट")
    panel(page).locator(".gist").blur()
    expect(phone(page, "Patient").locator(".theirs .tick").last).to_have_attribute(
        "aria-label", "read"
    )
    page.screenshot(path=pictures / "simulator.png")


@pytest.mark.usefixtures("ticking")
def test_who_has_never_written_is_alerted_by_a_template(page: Page) -> None:
    write(page, "48")
    move_clock(page, "+5 min")
    expect(said_to(page, "Caregiver")).to_have_text(
        ["An urgent message from ProCare about Asha. Please call Asha now."]
    )


@pytest.mark.usefixtures("ticking")
def test_a_low_that_three_rounds_do_not_raise_leads_to_the_ambulance(page: Page) -> None:
    write(page, "48")
    for value_after in (1, 2, 3):
        move_clock(page, "+15 min")
        expect(said_to(page, "Patient").last).to_contain_text("15 मिनट")
        answer = words(write(page, "60"))
        expect(answer).to_contain_text("60 mg/dL")
        assert ("112" in answer.inner_text()) == (value_after == 3)


@pytest.mark.usefixtures("ticking")
def test_the_reminders_of_a_medicine_come_at_its_times_when_the_clock_is_moved(page: Page) -> None:
    write(page, "glycomet 500 subah shaam yaad dilana")
    phone(page, "Patient").get_by_role("button", name="हाँ").click()
    expect(said_to(page, "Patient").last).to_contain_text("लिख लिया")
    move_clock(page, "tomorrow 08:00")
    said = phone(page, "Patient").locator(".theirs")
    evening, morning = said.nth(-2), said.nth(-1)
    for reminder, at in ((evening, "18:00"), (morning, "08:00")):
        expect(words(reminder)).to_contain_text("glycomet 500")
        expect(reminder.locator("time")).to_have_text(at)
    expect(morning.locator(".day")).to_be_visible()
    expect(page.locator(".present time")).to_contain_text("08:0")


def test_the_ticks_of_a_message_change_until_it_is_read(page: Page) -> None:
    page.evaluate(
        """() => {
          window.seen = [];
          const look = () => document.querySelectorAll(".theirs .tick").forEach((tick) => {
            const word = tick.getAttribute("aria-label");
            if (window.seen.at(-1) !== word) window.seen.push(word);
          });
          new MutationObserver(look).observe(document.body, {
            subtree: true, childList: true, attributes: true,
          });
        }"""
    )
    answer = write(page, "sugar 120")
    expect(answer.get_by_role("img", name="read")).to_have_text("✓✓")
    seen = page.evaluate("window.seen")
    assert len(seen) > 1
    assert seen == [each for each in ("queued", "sent", "delivered", "read") if each in seen]


def test_a_newcomer_on_a_phone_of_their_own_answers_by_buttons(page: Page) -> None:
    number = add_phone(page)
    assert number.startswith("+91")
    assert len(number) == len("+919999999998")
    held = phone(page, "Another phone")
    expect(held.locator(".self")).to_have_text("you are new here")
    answer = write(page, "hi", "Another phone")
    expect(words(answer)).to_contain_text("Which language")
    held.get_by_role("button", name="हिन्दी").click()
    expect(words(held.locator(".mine")).last).to_have_text("4")
    expect(words(held.locator(".theirs")).last).to_contain_text("क्या आप सहमत हैं")
    expect(held.get_by_role("button", name="हिन्दी")).to_be_hidden()
    expect(held.locator(".heard-in")).to_contain_text("Hindi")


def test_an_added_phone_stays_when_the_page_is_loaded_again_until_it_is_removed(page: Page) -> None:
    number = add_phone(page)
    write(page, "hi", "Another phone")
    page.reload()
    held = phone(page, "Another phone")
    expect(held.get_by_label("This phone's number")).to_have_value(number)
    expect(words(held.locator(".mine"))).to_have_text("hi")
    held.get_by_role("button", name="Remove").click()
    expect(held).to_have_count(0)
    page.reload()
    expect(page.locator(".phone")).to_have_count(3)


def test_a_reading_and_a_dose_are_two_meanings_and_a_hindi_answer(page: Page) -> None:
    answer = words(write(page, "khane ke baad sugar 212, metformin le li"))
    expect(answer).to_contain_text("212")
    assert is_hindi(answer.inner_text())
    told = panel(page)
    assert titles(told) == ["Glucose reading", "Dose"]
    reading, dose = told.locator(".meaning").all()
    expect(reading.locator("dd").first).to_have_text("212")
    expect(reading.locator("q").filter(has_text="212")).to_be_visible()
    expect(dose.locator("q").filter(has_text="metformin")).to_be_visible()
    assert all(each.locator("code").count() > 0 for each in (reading, dose))
    told.get_by_text("As JSON").click()
    expect(told.locator("pre")).to_contain_text('"value_mg_dl": 212')


def test_the_meanings_of_what_was_said_before_are_fetched_when_they_are_asked_for(
    page: Page,
) -> None:
    write(page, "sugar 120")
    page.reload()
    told = panel(page)
    expect(told.locator(".meaning h3")).to_have_text("Glucose reading")
    expect(told.locator(".took")).to_be_empty()


def test_what_is_said_in_one_window_is_seen_in_another(
    page: Page, browser: Browser, site: str
) -> None:
    other = browser.new_page()
    other.goto(f"{site}/simulator")
    write(page, "sugar 120")
    expect(words(phone(other, "Patient").locator(".mine"))).to_have_text("sugar 120")
    expect(said_to(other, "Patient")).to_contain_text(["120"])
    other.close()


def test_the_newest_message_is_in_sight_and_stands_below_the_others(page: Page) -> None:
    written = ["sugar 110", "sugar 120", "sugar 130", "sugar 140", "sugar 150"]
    *_, answer = [write(page, each) for each in written]
    mine = phone(page, "Patient").locator(".mine")
    expect(words(mine)).to_have_text(written)
    expect(answer).to_be_in_viewport()
    expect(mine.first).not_to_be_in_viewport()
    page.set_viewport_size({"width": 1440, "height": 700})
    expect(answer).to_be_in_viewport()


def test_words_with_markup_are_shown_as_they_were_written(page: Page) -> None:
    written = "<img src=x onerror=alert(1)> & 'sugar' 120"
    write(page, written)
    mine = phone(page, "Patient").locator(".mine")
    expect(words(mine)).to_have_text(written)
    assert mine.locator("img[src]").count() == 0


def test_shift_and_enter_begin_a_new_line(page: Page) -> None:
    # The patient's phone has the keyboard from the beginning.
    page.keyboard.type("sugar 120")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("metformin le li")
    page.keyboard.press("Enter")
    expect(words(page.locator(".mine"))).to_have_text("sugar 120\nmetformin le li")


def test_the_keyboard_reaches_what_was_understood_and_the_clock(page: Page) -> None:
    write(page, "sugar 120")
    phone(page, "Patient").locator(".understood summary").first.focus()
    page.keyboard.press("Enter")
    expect(phone(page, "Patient").locator(".meaning h3")).to_have_text("Glucose reading")
    five = page.get_by_role("button", name="+5 min")
    five.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".going")).to_contain_text("moving on to")
    expect(five).to_be_focused()


def test_every_number_has_a_conversation_of_its_own(page: Page) -> None:
    write(page, "sugar 120")
    turn_to(page, "Patient", "+91 99999-99997")
    expect(phone(page, "Patient").locator(".message")).to_have_count(0)
    expect(phone(page, "Patient").locator(".self")).to_have_text("you are Ravi")
    turn_to(page, "Patient", "+919999999998")
    expect(words(phone(page, "Patient").locator(".mine"))).to_have_text("sugar 120")


def test_a_number_that_is_none_is_not_written_from(page: Page) -> None:
    held = phone(page, "Patient")
    held.get_by_label("This phone's number").fill("12")
    held.get_by_label("Message", exact=True).fill("hi")
    held.get_by_role("button", name="Send").click()
    expect(held.locator(".message")).to_have_count(0)
    expect(held.get_by_label("Message", exact=True)).to_have_value("hi")


def test_a_narrow_screen_shows_one_whole_phone_below_the_other(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    held = phone(page, "Patient")
    held.get_by_role("button", name="Send").scroll_into_view_if_needed()
    answer = write(page, "khane ke baad sugar 212, metformin le li")
    expect(answer).to_be_in_viewport()
    expect(held.get_by_role("button", name="Send")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    tops = [each.bounding_box() for each in page.locator(".frame").all()]
    assert all(box is not None and box["x"] < 40 for box in tops)
    page.screenshot(path=tmp_path / "narrow.png")
