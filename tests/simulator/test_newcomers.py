"""A newcomer of each language, in a real browser: from the first word to a dose taken in time."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex
from babel import Locale
from playwright.sync_api import Locator, Page, ViewportSize, expect

from app.i18n import languages
from tests.simulator.newcomers import Newcomer, Turn, newcomers, rows_of
from tests.simulator.phones import ANSWERED_MS, move_clock, phone, said_to, turn_to, words

NEWCOMERS = newcomers()
DRAWN = Path(__file__).with_name("drawn.js").read_text(encoding="utf-8")
SCRIPTS = ("Latin", "Devanagari", "Tamil", "Telugu", "Bengali", "Gujarati")
EVERYWHERE = {"ProCare", "WhatsApp", "mg", "dL", "mmol", "L", "HbA", "c", "metformin"}
"""What is written in Latin letters in every language: names, and what a meter or a report shows."""
TITLES = ("Patient", "Caregiver", "Doctor")
WINDOW: ViewportSize = {"width": 1260, "height": 900}


def take(page: Page, turn: Turn) -> Locator:
    """Do one turn on the patient's phone, wait for its one answer, and give it."""
    held = phone(page, "Patient")
    answers = held.locator(".theirs")
    before = answers.count()
    if turn.taps:
        held.get_by_role("button", name=turn.taps, exact=True).click()
    else:
        held.get_by_label("Message", exact=True).fill(turn.says)
        held.get_by_label("Message", exact=True).press("Enter")
    expect(answers).to_have_count(before + 1, timeout=ANSWERED_MS)
    expect(held.locator(".mine").last.locator(".gist")).not_to_have_text("What was understood")
    return hear(answers.last, turn.hears)


def hear(message: Locator, pieces: tuple[str, ...]) -> Locator:
    """See that a message says all the pieces, and that it can be read."""
    for piece in pieces:
        expect(words(message)).to_contain_text(piece)
    assert message.page.evaluate("drawn.clipped('Patient')") == []
    return message


def latin_words(said: str) -> set[str]:
    return set(regex.findall(r"\p{Latin}+", said))


def take_picture(page: Page, newcomer: Newcomer, path: Path) -> None:
    """Keep the whole conversation in one picture, a third of it on each phone."""
    newest = phone(page, TITLES[0]).locator(".theirs .tick").last
    expect(newest).to_have_attribute("aria-label", "read")
    for title in TITLES[1:]:
        turn_to(page, title, newcomer.number)
        expect(phone(page, title).locator(".message")).to_have_count(
            phone(page, TITLES[0]).locator(".message").count()
        )
    name = Locale.parse(newcomer.language).english_name
    page.evaluate("drawn.spread", [f"{name}, {part} of 3" for part in (1, 2, 3)])
    page.set_viewport_size({**WINDOW, "height": page.evaluate("drawn.height()")})
    page.mouse.move(0, 0)
    page.screenshot(path=path)


@pytest.mark.usefixtures("ticking")
@pytest.mark.parametrize("newcomer", NEWCOMERS.values(), ids=NEWCOMERS)
def test_a_newcomer_is_led_from_the_first_word_to_a_medicine_taken_in_time(
    newcomer: Newcomer, page: Page, pictures: Path
) -> None:
    page.evaluate(DRAWN)
    page.set_viewport_size(WINDOW)
    turn_to(page, "Patient", newcomer.number)
    for turn in newcomer.turns:
        take(page, turn)
    move_clock(page, "+1 h")
    heard = said_to(page, "Patient")
    expect(heard).to_have_count(len(newcomer.turns) + 1, timeout=ANSWERED_MS)
    reminder = hear(phone(page, "Patient").locator(".theirs").last, newcomer.reminded)
    expect(reminder.locator("time")).to_have_text(newcomer.kept["times"])
    take(page, newcomer.answer)
    expect(heard).to_have_count(len(newcomer.turns) + 2)
    assert rows_of(newcomer) == [
        {
            **newcomer.kept,
            "language": newcomer.language,
            "reminded_in": newcomer.language,
            "dose": "TAKEN",
            "taken_after_reminder": True,
        }
    ]
    said = heard.all_inner_texts()
    assert page.evaluate("drawn.boxes", "\n".join([*said, newcomer.typed])) == []
    if newcomer.language != "en":
        assert latin_words("\n".join(said[1:])) <= EVERYWHERE | latin_words(newcomer.typed)
    take_picture(page, newcomer, pictures / f"newcomer-{newcomer.language}.png")


def test_a_character_that_no_font_can_draw_is_noticed(page: Page) -> None:
    page.evaluate(DRAWN)
    assert page.evaluate("drawn.boxes", "a नी \u0379") == ["\u0379"]


def test_every_language_that_is_spoken_has_its_newcomer() -> None:
    assert set(NEWCOMERS) == set(languages())


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_is_typed_by_some_newcomer(script: str) -> None:
    typed = "\n".join(newcomer.typed for newcomer in NEWCOMERS.values())
    assert regex.search(rf"\p{{{script}}}", typed)
