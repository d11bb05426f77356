"""A Twilio of the tests' own on the loopback: it remembers, and goes wrong as it is told to.

A real server on a real socket, since what is tested is what a real client makes of a connection
that breaks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from typing_extensions import override
from werkzeug.datastructures import MultiDict

from app.simulator.twilio import spec

DROP, LOSE, HANG, HOLD = "drop", "lose", "hang", "hold"
"""Stored, and the answer lost; lost before it is stored; stored, and not answered while it lasts;
neither stored nor answered."""
GARBLE, NAMELESS = "garble", "nameless"
"""Stored, and answered with what is no JSON; stored, and answered without an id."""

Form = dict[str, str]


@dataclass
class Scripted:
    """What this Twilio has heard, and what it does.

    Attributes:
        stored: The messages it took, in order, as the API shows them.
        forms: The forms of those messages.
        moments: When each came, on the monotonic clock.
        script: What it does with the next messages: one of the words above, a code of Twilio's to
            refuse with, or None to take it. Beyond the script it takes everything.
        fault_of: Says the same of a message by its form; asked when the script is at its end.
        is_blind: Whether lists are refused.
        latency_s: How long it thinks about each message.
        heard: Set when a message came that is not answered.
        go_on: Ends every hanging.
    """

    stored: list[dict[str, Any]] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    script: list[str | int | None] = field(default_factory=list)
    fault_of: Callable[[Form], str | int | None] = lambda _form: None
    is_blind: bool = False
    latency_s: float = 0.0
    heard: Event = field(default_factory=Event)
    go_on: Event = field(default_factory=Event)
    url: str = ""
    lock: Lock = field(default_factory=Lock)

    @property
    def bodies(self) -> list[str]:
        """What was said, in order."""
        return [form.get("Body", "") for form in self.forms]

    def next_fault(self, form: Form) -> str | int | None:
        with self.lock:
            return self.script.pop(0) if self.script else self.fault_of(form)

    def store(self, form: Form, **changed: Any) -> dict[str, Any]:
        now = format_datetime(datetime.now(UTC))  # noqa: TID251 - Twilio has a clock of its own
        one = {
            "sid": f"SM{uuid4().hex}",
            "to": form["To"],
            "from": form["From"],
            "body": form.get("Body", f"template {form.get('ContentSid')}"),
            "status": "queued",
            "direction": "outbound-api",
            "date_created": now,
            "date_sent": None,
            "error_code": None,
            "num_media": "0",
        } | changed
        with self.lock:
            self.moments.append(monotonic())
            self.forms.append(form)
            self.stored.append(one)
        return one

    def heard_from(self, sender: str, ours: str, body: str, at: datetime) -> str:
        """Let a person write a message that no webhook brings."""
        moment = format_datetime(at)
        one = self.store(
            {"To": ours, "From": sender, "Body": body},
            direction="inbound",
            status="received",
            date_sent=moment,
            date_created=moment,
        )
        return str(one["sid"])

    def listed(self, query: dict[str, list[str]]) -> list[dict[str, Any]]:
        with self.lock:
            return [
                one
                for one in reversed(self.stored)
                if query.get("To", [one["to"]]) == [one["to"]]
                and query.get("From", [one["from"]]) == [one["from"]]
            ]


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    twilio: Scripted

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        form = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
        fault = self.twilio.next_fault(form)
        sleep(self.twilio.latency_s)
        if isinstance(fault, int):
            self.refuse(fault)
        elif fault in {LOSE, HOLD}:
            self.forget(hold=fault == HOLD)
        else:
            self.take(form, fault)

    def take(self, form: Form, fault: str | None) -> None:
        one = self.twilio.store(form)
        if fault is None:
            self.answer(201, one)
            return
        if fault in {GARBLE, NAMELESS}:
            self.answer(201, {} if fault == NAMELESS else "<html>")
            return
        self.twilio.heard.set()
        if fault == HANG:
            self.twilio.go_on.wait(30)
        self.break_off()

    def forget(self, *, hold: bool) -> None:
        self.twilio.heard.set()
        if hold:
            self.twilio.go_on.wait(30)
        self.break_off()

    def do_GET(self) -> None:
        if self.twilio.is_blind:
            self.refuse(20500)
            return
        found = self.twilio.listed(parse_qs(urlsplit(self.path).query))
        page = {"messages": found, "next_page_uri": None, "page": 0, "page_size": 50}
        self.answer(200, page)

    def refuse(self, code: int) -> None:
        status = {20500: 500, 20429: 429, 63018: 429, 20003: 401}.get(code, 400)
        self.answer(status, {"code": code, "message": "refused", "status": status})

    def answer(self, status: int, body: dict[str, Any] | str) -> None:
        written = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(written)))
        self.end_headers()
        self.wfile.write(written)

    def break_off(self) -> None:
        self.close_connection = True
        self.connection.shutdown(SHUT_RDWR)

    @override
    def log_message(self, format: str, *args: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Connections that are left open keep nobody waiting."""

    daemon_threads = True
    request_queue_size = 128

    @override
    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # the client has gone, as a killed one does


@contextmanager
def serving() -> Iterator[Scripted]:
    """Run a scripted Twilio; in the end every call has to be one that Twilio describes.

    Raises:
        AssertionError: One was not.
    """
    twilio = Scripted()
    handler = type("Bound", (Handler,), {"twilio": twilio})
    with Server(("127.0.0.1", 0), handler) as server:
        twilio.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield twilio
        finally:
            twilio.go_on.set()
            server.shutdown()
            thread.join()
    misfits = [fault for form in twilio.forms if (fault := spec.fault(MultiDict(form)))]
    if misfits:
        raise AssertionError(f"Twilio's description has no such call: {misfits}")
