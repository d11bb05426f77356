"""What a person does with the phones of the simulator's page."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

ANSWERED_MS = 20_000
"""As long as a webhook may take where the machine has much else to do."""
MOVED_MS = 90_000
"""A day is some 290 ticks of the clock."""


def phone(page: Page, title: str) -> Locator:
    """Find a phone by its title."""
    return page.get_by_role("region", name=title, exact=True)


def write(page: Page, words: str, title: str = "Patient") -> Locator:
    """Write a message as a person does, wait for what comes back, and give the newest answer."""
    held = phone(page, title)
    answers = held.locator(".theirs")
    before = answers.count()
    held.get_by_label("Message", exact=True).fill(words)
    held.get_by_label("Message", exact=True).press("Enter")
    expect(answers.nth(before)).to_be_visible(timeout=ANSWERED_MS)
    expect(held.locator(".mine").last.locator(".gist")).not_to_have_text("What was understood")
    return answers.last


def turn_to(page: Page, title: str, number: str) -> None:
    """Have a phone hold the conversation of a number."""
    field = phone(page, title).get_by_label("This phone's number")
    field.fill(number)
    field.press("Enter")


def words(message: Locator) -> Locator:
    """Find what a message says."""
    return message.locator(".words")


def said_to(page: Page, title: str) -> Locator:
    """Find all that ProCare said to a phone, as words."""
    return words(phone(page, title).locator(".theirs"))


def move_clock(page: Page, how: str) -> None:
    """Press a button of the clock, and wait until time stands where it was asked to go."""
    button = page.get_by_role("button", name=how)
    button.click()
    expect(page.locator(".going")).to_have_text("", timeout=MOVED_MS)
    expect(button).to_have_attribute("aria-disabled", "false", timeout=MOVED_MS)
