"""What the simulator's page says when something is wrong: one clear line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app import clock, create_app
from app.config import Config, config, use
from app.embedded.server import HOST, free_port
from app.simulator.twilio import exchange
from app.simulator.twilio.database import folder
from app.simulator.twilio.message import Direction, Message, Status
from app.simulator.twilio.sending import new_sid
from tests.settings import OURS, PATIENT
from tests.simulator.phones import phone, write
from tests.simulator.serving import served


def fault_after(page: Page, written: str) -> str:
    """Write a message that goes wrong, and give the line that says so."""
    held = phone(page, "Patient")
    held.get_by_label("Message", exact=True).fill(written)
    held.get_by_role("button", name="Send").click()
    line = held.get_by_role("alert")
    expect(line).to_be_visible()
    expect(held.locator(".mine .tick")).to_have_text("not delivered")
    return line.inner_text()


def webhook_with(status: int) -> Flask:
    """Make a service whose webhook answers every message with a status."""
    service = Flask("refusing")
    service.add_url_rule("/whatsapp/inbound", view_func=lambda: ("", status), methods=["POST"])
    return service


@pytest.mark.parametrize("status", [403, 500, 503])
def test_a_webhook_that_refuses_is_told_beside_what_was_understood(
    page: Page, tmp_path: Path, status: int
) -> None:
    port = free_port()
    use(replace(config(), public_url=f"http://{HOST}:{port}"))
    with served(webhook_with(status), port):
        assert str(status) in fault_after(page, "sugar 120")
    page.locator(".gist").click()
    expect(page.locator(".meaning h3")).to_have_text("Glucose reading")
    expect(page.locator(".took")).to_contain_text(f"HTTP {status}")
    page.screenshot(path=tmp_path / "refused.png")


def test_a_webhook_that_is_away_is_told(page: Page) -> None:
    use(replace(config(), public_url=f"http://{HOST}:{free_port()}"))
    assert fault_after(page, "sugar 120").startswith("The server is away")


def test_a_page_whose_server_ended_says_so_and_works_again_after_its_return(
    browser: Browser, settings: Config
) -> None:
    port = free_port()
    service = create_app(replace(settings, public_url=f"http://{HOST}:{port}"))
    window = browser.new_page()
    with served(service, port):
        window.goto(f"http://{HOST}:{port}/simulator")
        for heard_in in window.locator(".heard-in").all():
            expect(heard_in).not_to_be_empty()
    assert fault_after(window, "sugar 120").startswith("The server is away")
    with served(service, port, to_the_end=True):
        write(window, "hi")
        window.close()


def test_a_clock_that_cannot_be_moved_says_why(browser: Browser, site: str) -> None:
    window = browser.new_page()
    window.goto(f"{site}/simulator")
    five = window.get_by_role("button", name="+5 min")
    expect(five).to_have_attribute("aria-disabled", "false")
    followed = clock.offset_file()
    clock.follow(None)
    five.click()
    expect(window.get_by_role("alert")).to_contain_text("CLOCK_OFFSET_FILE names no file")
    clock.follow(followed)
    five.click()
    expect(window.locator(".going")).to_contain_text("moving on to")
    expect(window.get_by_role("alert")).to_have_count(0)
    window.close()


def test_without_a_file_for_the_clock_its_buttons_are_off(browser: Browser, site: str) -> None:
    clock.follow(None)
    window = browser.new_page()
    window.goto(f"{site}/simulator")
    for button in window.locator(".moves button").all():
        expect(button).to_have_attribute("aria-disabled", "true")
    window.close()


def test_a_message_that_the_channel_refuses_is_shown_as_not_delivered(page: Page) -> None:
    place = folder(config())
    kept = exchange.keep(
        place,
        Message(
            sid=new_sid(),
            direction=Direction.API,
            sender=f"whatsapp:{OURS}",
            recipient=f"whatsapp:{PATIENT}",
            body="Time for your medicine.",
            status=Status.QUEUED,
            created_at=clock.now(),
        ),
    )
    tick = phone(page, "Patient").locator(".theirs .tick")
    expect(tick).to_have_attribute("aria-label", "queued")
    exchange.move(place, kept.message.sid, Status.FAILED, clock.now(), error_code=63016)
    expect(tick).to_have_text("not delivered 63016")
