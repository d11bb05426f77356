"""Pictures in a real browser: people attach them, see them, and are told what cannot be sent."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from app.simulator import picture
from tests.simulator.images import png
from tests.simulator.phones import phone, said_to, words

SHOWN = "each => each.complete && [each.naturalWidth, each.naturalHeight]"
METER: FilePayload = {"name": "meter.png", "mimeType": "image/png", "buffer": png(40, 30)}
TEXT: FilePayload = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"sugar 120"}
LARGE: FilePayload = {**METER, "buffer": png() + bytes(picture.LARGEST)}


def attach(page: Page, file: FilePayload) -> Locator:
    """Choose a file as a person does, and give the bubble it is sent in."""
    with page.expect_file_chooser() as chosen:
        phone(page, "Patient").get_by_role("button", name="Attach a picture").click()
    chosen.value.set_files([file])
    return phone(page, "Patient").locator(".mine").last


def test_a_picture_is_seen_in_its_bubble_and_answered_honestly(page: Page) -> None:
    sent = attach(page, METER)
    shown = sent.get_by_role("img", name="Picture")
    expect(shown).to_be_visible()
    expect(words(sent)).to_have_text("")
    expect(said_to(page, "Patient")).to_have_count(1)
    expect(said_to(page, "Patient")).to_contain_text("फ़ोटो")
    page.reload()
    expect(shown).to_be_in_viewport()
    expect(shown).to_have_js_property("complete", value=True)
    assert shown.evaluate(SHOWN) == [40, 30]


def test_what_is_written_goes_with_the_picture_and_is_understood(page: Page) -> None:
    phone(page, "Patient").get_by_label("Message", exact=True).fill("sugar 120")
    sent = attach(page, METER)
    expect(sent.get_by_role("img", name="Picture")).to_be_visible()
    expect(words(sent)).to_have_text("sugar 120")
    expect(sent.locator(".gist")).to_have_text("Glucose reading")
    expect(said_to(page, "Patient").first).to_contain_text("120")
    expect(phone(page, "Patient").get_by_label("Message", exact=True)).to_have_value("")


@pytest.mark.parametrize(("file", "why"), [(TEXT, picture.STRANGE), (LARGE, picture.TOO_LARGE)])
def test_a_file_that_no_phone_can_send_is_refused_with_a_sentence(
    page: Page, file: FilePayload, why: str
) -> None:
    sent = attach(page, file)
    expect(sent.get_by_role("alert")).to_have_text(why)
    expect(words(sent)).to_have_text(file["name"])
    expect(sent.locator(".tick")).to_have_text("not delivered")
    expect(attach(page, METER).get_by_role("img", name="Picture")).to_be_visible()


def test_a_number_that_is_none_sends_no_picture(page: Page) -> None:
    phone(page, "Patient").get_by_label("This phone's number").fill("12")
    attach(page, METER)
    expect(phone(page, "Patient").locator(".message")).to_have_count(0)
