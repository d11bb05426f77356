"""The loopback Twilio on a port, the real client before it, and a webhook that notes its calls."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from flask import Flask, request
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from typing_extensions import override

from app import clock, create_app
from app.config import Config
from app.embedded.server import HOST, free_port
from app.simulator.twilio import callbacks, exchange
from app.simulator.twilio.database import folder
from app.simulator.twilio.message import Direction, Message, Status
from app.simulator.twilio.sending import new_sid
from tests.settings import ACCOUNT, OURS, PATIENT, TOKEN
from tests.settings import settings as make_settings
from tests.simulator.serving import served

TO, FROM = f"whatsapp:{PATIENT}", f"whatsapp:{OURS}"
TEMPLATE = "HX" + "1" * 32


def a_message(direction: Direction, at: datetime) -> Message:
    """Make a message between the patient and the service, heard or about to be sent."""
    inbound = direction is Direction.INBOUND
    return Message(
        sid=new_sid(),
        direction=direction,
        sender=TO if inbound else FROM,
        recipient=FROM if inbound else TO,
        body="hi",
        status=Status.RECEIVED if inbound else Status.QUEUED,
        created_at=at,
    )


class LoopbackHttp(TwilioHttpClient):  # type: ignore[misc]  # the library is not typed
    """Twilio's own client, that finds Twilio on this machine."""

    def __init__(self, address: str, timeout: float) -> None:
        super().__init__(timeout=timeout)
        self.session.trust_env = False
        self.address = urlsplit(address)

    @override
    def request(self, method: str, url: str, *given: Any, **named: Any) -> Response:
        asked, here = urlsplit(url), self.address
        path = here.path + asked.path
        moved = urlunsplit((here.scheme, here.netloc, path, asked.query, ""))
        return super().request(method, moved, *given, **named)


@dataclass
class Webhook:
    """What was posted to a status callback.

    Attributes:
        heard: The forms, in order, of calls that Twilio signed for this very address.
        strange: How many others there were.
    """

    address: str
    heard: list[dict[str, str]] = field(default_factory=list)
    strange: int = 0

    @property
    def statuses(self) -> list[str]:
        return [form["MessageStatus"] for form in self.heard]


@dataclass
class Loopback:
    """A loopback Twilio at work."""

    config: Config
    address: str

    @property
    def folder(self) -> Path:
        return folder(self.config)

    def client(self, token: str = TOKEN, timeout: float = 5) -> Client:
        http = LoopbackHttp(f"{self.address}/simulator/twilio", timeout)
        return Client(ACCOUNT, token, http_client=http)

    def open_window(self) -> None:
        exchange.keep(self.folder, a_message(Direction.INBOUND, clock.now()))

    def send(self, **wanted: Any) -> Any:
        wanted = {"to": TO, "from_": FROM, "body": "Take your tablet."} | wanted
        return self.client().messages.create(**wanted)


@pytest.fixture
def loopback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    """A loopback Twilio that nobody has written to, quick to deliver."""
    monkeypatch.setattr(callbacks, "STEP_S", 0.02)
    port = free_port()
    address = f"http://{HOST}:{port}"
    config = make_settings(spool_dir=tmp_path / "spool", PUBLIC_URL=address)
    with served(create_app(config), port):
        yield Loopback(config, address)
        settle()


@pytest.fixture
def twilio(loopback: Loopback) -> Loopback:
    """A loopback Twilio to whose service the patient has just written."""
    loopback.open_window()
    return loopback


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    """A service that takes status callbacks, if they are signed for the address they come to."""
    port, service = free_port(), Flask("webhook")
    noted = Webhook(f"http://{HOST}:{port}/whatsapp/status?outbound=7&part=a%20b")

    @service.post("/whatsapp/status")
    def take() -> tuple[str, int]:
        signature = request.headers.get("X-Twilio-Signature", "")
        if not RequestValidator(TOKEN).validate(noted.address, request.form, signature):
            noted.strange += 1
            return "", 403
        noted.heard.append(request.form.to_dict())
        return "", 204

    with served(service, port):
        yield noted
        settle()


def settle() -> None:
    """Wait until every message is at its end, and its callbacks were told."""
    for thread in threading.enumerate():
        if thread.name == callbacks.THREAD:
            thread.join(timeout=10)
            assert not thread.is_alive()
