"""The files that messages of the service bring: fetched by the loopback Twilio as by the real."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, Response, abort, request

from app.embedded.server import HOST, free_port
from app.simulator.picture import LARGEST, Picture
from app.simulator.twilio import exchange, media
from app.simulator.twilio.message import Kept
from tests.simulator.images import png
from tests.simulator.serving import served
from tests.simulator.twilio.conftest import Loopback, Webhook, settle

FILES = {
    "picture": Picture("image/png", png()),
    "sheet": Picture("application/vnd.ms-excel", b"cells"),
    "huge": Picture("image/png", png() + bytes(LARGEST)),
}


@pytest.fixture
def files() -> Iterator[tuple[str, list[str]]]:
    """The address of a service with a few files, and how it was asked for them."""
    service, port, asked = Flask("files"), free_port(), list[str]()

    @service.get("/<name>")
    def give(name: str) -> Response:
        asked.append(request.method)
        if name not in FILES:
            abort(404)
        return Response(FILES[name].content, content_type=FILES[name].content_type)

    with served(service, port):
        yield f"http://{HOST}:{port}", asked


def sent(twilio: Loopback, address: str, webhook: Webhook) -> Kept:
    """Send a message that brings a file, and give what became of it."""
    sid = twilio.send(media_url=[address], status_callback=webhook.address).sid
    settle()
    kept = exchange.by_sid(twilio.folder, sid)
    assert kept is not None
    return kept


def test_a_picture_is_fetched_head_first_and_shown_with_its_message(
    twilio: Loopback, webhook: Webhook, files: tuple[str, list[str]]
) -> None:
    address, asked = files
    kept = sent(twilio, f"{address}/picture", webhook)
    assert asked == ["HEAD", "GET"]
    assert kept.media_sid is not None
    assert media.fetch(twilio.folder, kept.media_sid) == FILES["picture"]
    assert webhook.statuses == ["queued", "sent", "delivered", "read"]


def test_a_file_that_is_no_picture_is_fetched_and_not_shown(
    twilio: Loopback, webhook: Webhook, files: tuple[str, list[str]]
) -> None:
    kept = sent(twilio, f"{files[0]}/sheet", webhook)
    assert (kept.media_sid, kept.message.status) == (None, "read")
    assert files[1] == ["HEAD", "GET"]


@pytest.mark.parametrize("name", ["nothing", "huge"])
def test_a_message_whose_file_cannot_be_fetched_fails(
    twilio: Loopback, webhook: Webhook, files: tuple[str, list[str]], name: str
) -> None:
    kept = sent(twilio, f"{files[0]}/{name}", webhook)
    assert (kept.message.status, kept.error_code) == ("failed", 63019)
    assert webhook.statuses == ["queued", "failed"]
    assert webhook.heard[-1]["ErrorCode"] == "63019"


def test_a_file_nobody_gives_is_a_message_that_fails(twilio: Loopback, webhook: Webhook) -> None:
    kept = sent(twilio, f"http://{HOST}:{free_port()}/away", webhook)
    assert kept.error_code == 63019
