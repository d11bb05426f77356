"""Prism between the real client and a server: each call and answer held to Twilio's description."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from json import dumps, loads
from pathlib import Path
from time import monotonic, sleep

from app.embedded.server import HOST, free_port
from app.simulator.twilio import spec

PROGRAM = Path(__file__).parents[2] / ".tools/prism/node_modules/.bin/prism"
PATIENCE_S = 30.0
PAGES = ("first_page_uri", "next_page_uri", "previous_page_uri", "uri")
VIOLATIONS = ("#VIOLATIONS", "#UNPROCESSABLE_ENTITY", "#NO_PATH_MATCHED", "#NO_METHOD_MATCHED")


@dataclass(frozen=True, slots=True)
class Proxy:
    """A running Prism.

    Attributes:
        url: Where the client calls instead of the server.
        log: The file of what it said.
    """

    url: str
    log: Path

    def violations(self) -> list[str]:
        """List what of the calls and answers so far is not as described."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return [line for line in lines if any(each in line for each in VIOLATIONS)]

    def calls(self) -> int:
        """Count the calls so far."""
        return self.log.read_text(encoding="utf-8", errors="replace").count("Request received")


def description() -> str:
    """Give Twilio's description, in which the addresses of pages may be relative.

    It calls them `uri`, which is an absolute one; Twilio's answers, and the examples in the
    description itself, have paths there. A list of one file is one value in a form, and Prism
    takes one value for no list.
    """
    whole = loads(spec.FILE.read_bytes())
    listed = whole["paths"][spec.MESSAGES]["get"]["responses"]["200"]
    fields = listed["content"]["application/json"]["schema"]["properties"]
    for name in PAGES:
        fields[name]["format"] = "uri-reference"
    asked = whole["paths"][spec.MESSAGES]["post"]["requestBody"]["content"]
    asked_for = asked["application/x-www-form-urlencoded"]["schema"]["properties"]
    files = asked_for["MediaUrl"]
    asked_for["MediaUrl"] = {"anyOf": [files, files["items"]]}
    return dumps(whole)


@contextmanager
def prism(upstream: str, folder: Path, whole: str | None = None) -> Iterator[Proxy]:
    """Run a proxy in front of a server; what breaks the description is answered with an error.

    Args:
        upstream: The server's address.
        folder: For what the proxy reads and says.
        whole: The description; that of messages where none is given.

    Raises:
        RuntimeError: It did not start; `make tools` fetches it.
    """
    port, log = free_port(), folder / "prism.log"
    listening = ["--host", HOST, "--port", str(port)]
    described = folder / "twilio.json"
    described.write_text(whole or description())
    command = [str(PROGRAM), "proxy", "--errors", *listening, str(described), upstream]
    with log.open("wb") as said, subprocess.Popen(command, stdout=said, stderr=said) as program:
        try:
            _wait(port, program)
            yield Proxy(f"http://{HOST}:{port}", log)
        finally:
            program.terminate()


def _wait(port: int, program: subprocess.Popen[bytes]) -> None:
    until = monotonic() + PATIENCE_S
    while True:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            if program.poll() is not None or monotonic() > until:
                raise RuntimeError("Prism did not start; `make tools` fetches it.") from None
            sleep(0.1)
        else:
            return
