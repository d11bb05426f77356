"""Twilio's API of messages on the loopback; development and tests only."""

from __future__ import annotations

import hmac
from time import sleep

from flask import Blueprint, Response, jsonify, request

from app import clock
from app.config import Config, config
from app.simulator.twilio import exchange, faults, rules, wire
from app.simulator.twilio.database import folder
from app.simulator.twilio.sending import send
from app.simulator.twilio.wire import Refusal

blueprint = Blueprint(
    "twilio", __name__, url_prefix=f"/simulator/twilio/{wire.VERSION}/Accounts/<account>"
)


@blueprint.before_request
def let_in() -> Response | None:
    """Let nobody in but who knows the account's id and token, and only to that account."""
    settings = config()
    if not _knows_account(settings):
        return refused(rules.UNKNOWN_ACCOUNT)
    if (request.view_args or {})["account"] != settings.twilio_account_sid:
        return refused(rules.not_found(request.path))
    return None


@blueprint.post("/Messages.json")
def create(account: str) -> Response:
    """Send a message, or do to it what was asked to go wrong."""
    settings = config()
    wrong = faults.take_for_send(folder(settings))
    sleep(wrong.latency_ms / 1000)
    sent = send(request.form, settings, wrong, clock.now())
    if isinstance(sent, Refusal):
        return refused(sent)
    answer = jsonify(wire.message(sent, account))
    answer.status_code = 201
    return answer


@blueprint.get("/Messages/<sid>.json")
def fetch(account: str, sid: str) -> Response:
    """Show one message."""
    kept = exchange.by_sid(folder(config()), sid)
    if kept is None:
        return refused(rules.not_found(request.path))
    return jsonify(wire.message(kept, account))


def refused(refusal: Refusal) -> Response:
    """Answer with an error, in Twilio's form."""
    answer = jsonify(wire.error(refusal))
    answer.status_code = refusal.status
    return answer


def _knows_account(settings: Config) -> bool:
    given = request.authorization
    if given is None or given.type != "basic":
        return False
    named = (given.username or "") == settings.twilio_account_sid
    return named and any(
        hmac.compare_digest((given.password or "").encode(), token.encode())
        for token in settings.twilio_auth_tokens
    )
