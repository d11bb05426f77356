"""Pictures at the loopback Twilio: posted to the webhook by address, and handed out there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from flask import Flask, request
from twilio.twiml.messaging_response import MessagingResponse

from app import clock
from app.embedded.server import HOST, free_port
from app.simulator.picture import Picture
from app.simulator.twilio import database, exchange, media
from app.simulator.twilio.message import Direction
from app.simulator.twilio.phone import deliver
from app.simulator.typed import Typed
from app.web.inbound import message_from
from tests.settings import ACCOUNT, PATIENT, TOKEN, settings
from tests.simulator.images import png
from tests.simulator.serving import served
from tests.simulator.twilio.conftest import Loopback, a_message

PICTURE = Picture("image/png", png())


@pytest.fixture
def heard() -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a service that says nothing, and the last form its webhook was posted."""
    service, port = Flask("silent"), free_port()
    form: dict[str, str] = {}

    @service.post("/whatsapp/inbound")
    def take() -> str:
        form.update(request.form.to_dict())
        return str(MessagingResponse())

    with served(service, port):
        yield f"http://{HOST}:{port}", form


@pytest.fixture
def address(twilio: Loopback) -> str:
    """The address of a picture, on the loopback Twilio that hands it out."""
    kept = exchange.keep(twilio.folder, a_message(Direction.INBOUND, clock.now()), PICTURE)
    return media.form_of(kept, PICTURE, ACCOUNT, twilio.address)["MediaUrl0"]


@pytest.mark.parametrize("caption", ["", "sugar 120"])
def test_a_picture_is_posted_as_twilio_posts_it(
    tmp_path: Path, heard: tuple[str, dict[str, str]], caption: str
) -> None:
    address, form = heard
    made = settings(spool_dir=tmp_path / "spool", PUBLIC_URL=address)
    sid = deliver(Typed(PATIENT, caption, PICTURE), made).sid
    kept = exchange.by_sid(database.folder(made), sid)
    assert kept is not None
    assert kept.media_sid is not None
    assert (kept.media_sid[:2], len(kept.media_sid)) == ("ME", 34)
    messages = f"{address}/simulator/twilio/2010-04-01/Accounts/{ACCOUNT}/Messages"
    assert form["MediaUrl0"] == f"{messages}/{sid}/Media/{kept.media_sid}"
    assert form["MediaContentType0"] == "image/png"
    assert (form["NumMedia"], form["MessageType"], form["Body"]) == ("1", "image", caption)
    assert message_from(form, clock.now()).media_count == 1


def test_the_account_is_handed_the_same_bytes(address: str) -> None:
    answer = requests.get(address, auth=(ACCOUNT, TOKEN), timeout=5)
    assert (answer.status_code, answer.content) == (200, PICTURE.content)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("auth", [None, (ACCOUNT, "wrong"), ("AC" + "1" * 32, TOKEN)])
def test_nobody_else_is_handed_a_picture(address: str, auth: tuple[str, str] | None) -> None:
    answer = requests.get(address, auth=auth, timeout=5)
    assert (answer.status_code, answer.json()["code"]) == (401, 20003)


def test_a_picture_is_found_under_its_own_message_only(twilio: Loopback, address: str) -> None:
    path = urlsplit(address).path
    sid = path.split("/")[-3]
    for strange in (path.replace(sid, "SM" + "0" * 32), path[:-32] + "0" * 32):
        answer = requests.get(f"{twilio.address}{strange}", auth=(ACCOUNT, TOKEN), timeout=5)
        assert (answer.status_code, answer.json()["code"]) == (404, 20404)


def test_twilio_lists_a_message_with_its_picture_counted(twilio: Loopback, address: str) -> None:
    listed = twilio.client().messages.list()
    assert [one.num_media for one in listed] == ["1", "0"]
    assert urlsplit(address).path.endswith(f"{listed[0].sid}/Media/{address[-34:]}")


def test_a_file_of_before_there_were_pictures_is_opened_and_takes_one(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / database.FILE) as old:
        old.executescript(database.SCHEMA)
    old.close()
    assert exchange.since(tmp_path) == []
    kept = exchange.keep(tmp_path, a_message(Direction.INBOUND, clock.now()), PICTURE)
    assert exchange.since(tmp_path) == [kept]
    assert media.fetch(tmp_path, kept.media_sid or "") == PICTURE
