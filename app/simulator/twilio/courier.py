"""Calls from Twilio to the service: real HTTP, signed as Twilio signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag

import requests
from twilio.request_validator import RequestValidator

from app.config import Config
from app.simulator.twilio import database

PATIENCE_S = 15
"""Twilio waits no longer for a webhook."""


@dataclass(frozen=True, slots=True)
class Courier:
    """Who calls, with what: all that a thread needs when its request is long over.

    Attributes:
        folder: That of the exchange.
        account: The account's id.
        token: Signs every call.
    """

    folder: Path
    account: str
    token: str


def courier_of(config: Config) -> Courier:
    """Make the courier of the service's own account."""
    return Courier(database.folder(config), config.twilio_account_sid, config.twilio_auth_tokens[0])


def post(
    courier: Courier, address: str, form: Mapping[str, str], *, patience_s: float = PATIENCE_S
) -> requests.Response:
    """Post a form to a webhook, signed over its address with the query and without the fragment.

    Raises:
        requests.RequestException: Nobody answered, or not in time.
    """
    address = urldefrag(address).url
    signature = RequestValidator(courier.token).compute_signature(address, form)
    with requests.Session() as session:
        session.trust_env = False  # a proxy of the developer's shell does not know this machine
        return session.post(
            address,
            data=form,
            headers={"X-Twilio-Signature": signature},
            timeout=patience_s,
            allow_redirects=False,
        )
