"""What Twilio refuses to send, by its own error codes. Pure.

The codes are those of Twilio's error pages (twilio.com/docs/api/errors/<code>).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from json import loads
from typing import Any

import regex

from app.simulator.twilio.wire import Refusal

ADDRESS = regex.compile(r"whatsapp:(?:\+[1-9][0-9]{6,14}|[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128})")
UNFIT = regex.compile(r"[\n\t]| {5}")
"""What a template's parameter may not hold (error 21656)."""
LONGEST_BODY = 1600
"""Characters (error 21617)."""
WINDOW = timedelta(hours=24)
"""How long after a person's last message free text may be sent to them (error 63016)."""

UNKNOWN_ACCOUNT = Refusal(401, 20003, "Authenticate")
NO_RECIPIENT = Refusal(400, 21604, "A 'To' phone number is required.")
BAD_RECIPIENT = Refusal(400, 21211, "The 'To' number is not a valid phone number.")
NO_SENDER = Refusal(400, 21603, "A 'From' phone number is required.")
STRANGE_SENDER = Refusal(
    400, 63007, "Twilio could not find a Channel with the specified From address."
)
NOTHING_TO_SAY = Refusal(400, 21619, "A text message body or media urls must be specified.")
BODY_TOO_LONG = Refusal(
    400, 21617, "The concatenated message body exceeds the 1600 character limit."
)
BAD_VARIABLES = Refusal(400, 21656, "The ContentVariables Parameter is invalid.")
UNDER_WAY = Refusal(409, 20009, "Cannot delete message because delivery has not been completed.")
OUTSIDE_WINDOW = Refusal(
    400, 63016, "Failed to send freeform message because you are outside the allowed window."
)


_HTTP = {20003: 401, 20404: 404, 20429: 429, 63018: 429, 20500: 500, 20503: 503}


def asked_for(code: int) -> Refusal:
    """Refuse with a code that was asked for, under the HTTP status it comes with."""
    return Refusal(_HTTP.get(code, 400), code, f"Error {code}, as the simulator was asked for.")


def not_found(path: str) -> Refusal:
    """Say that there is no such thing."""
    return Refusal(404, 20404, f"The requested resource {path} was not found")


def malformed(reason: str) -> Refusal:
    """Say which parameter is not what Twilio's specification has."""
    return Refusal(400, 20001, f"Invalid parameter: {reason}")


def refusal(form: Mapping[str, str], our_address: str) -> Refusal | None:
    """Say why a message cannot be created; None where it can."""
    return _bad_address(form, our_address) or _bad_content(form)


def is_outside_window(last_inbound_at: datetime | None, now: datetime) -> bool:
    """Tell whether someone has not written for a day, or never: only templates reach them."""
    return last_inbound_at is None or now - last_inbound_at >= WINDOW


def _bad_address(form: Mapping[str, str], our_address: str) -> Refusal | None:
    if not form.get("To"):
        return NO_RECIPIENT
    if not ADDRESS.fullmatch(form["To"]):
        return BAD_RECIPIENT
    if not form.get("From"):
        return NO_SENDER
    return None if form["From"] == our_address else STRANGE_SENDER


def _bad_content(form: Mapping[str, str]) -> Refusal | None:
    if not (form.get("Body") or form.get("ContentSid") or form.get("MediaUrl")):
        return NOTHING_TO_SAY
    if len(form.get("Body", "")) > LONGEST_BODY:
        return BODY_TOO_LONG
    return None if _are_variables(form.get("ContentVariables")) else BAD_VARIABLES


def _are_variables(words: str | None) -> bool:
    """Tell whether this is a JSON object of texts, or was left out."""
    if not words:
        return True
    try:
        variables = loads(words)
    except ValueError:
        return False
    return isinstance(variables, dict) and all(map(_is_variable, variables.values()))


def _is_variable(value: Any) -> bool:
    return isinstance(value, str) and value != "" and not UNFIT.search(value)
