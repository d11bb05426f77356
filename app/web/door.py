"""Who may come in from Twilio: whatever it signed, for our own account."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Request, abort

from app import log
from app.config import config
from app.errors import SignatureError
from app.web import signature


def signed_form(call: Request) -> Mapping[str, str]:
    """Give the form of a call that Twilio signed for our account; else end the call with 403."""
    settings = config()
    try:
        signature.check(call, settings)
    except SignatureError:
        log.info("unsigned_call", path=call.path)
        abort(403)
    if call.form.get("AccountSid") != settings.twilio_account_sid:
        abort(403)
    return call.form
