"""Pictures through the page's doors: which may be sent, and how they are shown."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from app.config import config
from app.simulator import page, picture
from app.simulator.events import shown
from app.simulator.twilio import exchange
from app.simulator.twilio.database import folder
from tests.settings import PATIENT
from tests.simulator.images import JPEG, WEBP, in_base64, png

BEYOND = picture.LARGEST + 1


def send(service: FlaskClient, content: bytes, body: str = "") -> int:
    fields = {"number": PATIENT, "body": body, "picture": in_base64(content)}
    return service.post("/simulator/send", json=fields).status_code


def address_of_newest() -> str:
    *_, newest = shown(exchange.since(folder(config())))
    return f"/simulator/media/{newest['media_sid']}"


@pytest.mark.parametrize(
    ("content", "kind"), [(png(), "image/png"), (JPEG, "image/jpeg"), (WEBP, "image/webp")]
)
def test_a_picture_is_shown_to_the_page_as_what_it_is_and_nothing_else(
    service: FlaskClient, content: bytes, kind: str
) -> None:
    assert send(service, content) == 200
    answer = service.get(address_of_newest())
    assert (answer.status_code, answer.data, answer.content_type) == (200, content, kind)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == "inline"
    assert "img-src 'self';" in answer.headers["Content-Security-Policy"]


def test_a_picture_that_nobody_sent_is_not_there(service: FlaskClient) -> None:
    answer = service.get(f"/simulator/media/ME{'0' * 32}")
    assert answer.status_code == 404
    assert answer.json == {"fault": "No phone has sent or been sent this picture."}


def test_the_largest_picture_may_be_sent_with_a_caption(service: FlaskClient) -> None:
    largest = png() + bytes(picture.LARGEST - len(png()))
    assert send(service, largest, "\U0001f600" * 4096) == 200


@pytest.mark.parametrize(
    "file",
    [
        "",
        None,
        7,
        ["iVBORw0KGgo="],
        "no Base64",
        in_base64(b"a text"),
        in_base64(b"GIF89a"),
        in_base64(b"<svg/>"),
        in_base64(b"RIFF\x0a\x00\x00\x00WAVE"),
        in_base64(b"a text" * picture.LARGEST)[: picture.LARGEST],
    ],
)
def test_a_file_that_is_no_picture_is_refused_with_a_sentence(
    service: FlaskClient, file: object
) -> None:
    fields = {"number": PATIENT, "body": "sugar 120", "picture": file}
    answer = service.post("/simulator/send", json=fields)
    assert (answer.status_code, answer.json) == (400, {"fault": picture.STRANGE})
    assert exchange.since(folder(config())) == []


@pytest.mark.parametrize(("size", "status"), [(BEYOND, 400), (page.LARGEST_SEND, 413)])
def test_a_picture_that_is_too_large_is_refused_with_a_sentence(
    service: FlaskClient, size: int, status: int
) -> None:
    fields = {"number": PATIENT, "body": "", "picture": in_base64(png() + bytes(size - len(png())))}
    answer = service.post("/simulator/send", json=fields)
    assert (answer.status_code, answer.json) == (status, {"fault": picture.TOO_LARGE})


def test_no_other_door_takes_as_much_as_a_picture(service: FlaskClient) -> None:
    large = {"minutes": 5, "picture": in_base64(bytes(100_000))}
    assert service.post("/simulator/clock", json=large).status_code == 413
