"""Twilio's API of messages on the loopback; development and tests only."""

from __future__ import annotations

import hmac
from socket import SHUT_RDWR
from time import sleep

from flask import Blueprint, Response, jsonify, request

from app import clock
from app.config import Config, config
from app.simulator.twilio import exchange, faults, media, rules, wire
from app.simulator.twilio.database import folder
from app.simulator.twilio.listing import BadQueryError, page_of, query_of
from app.simulator.twilio.message import Status
from app.simulator.twilio.sending import send
from app.simulator.twilio.wire import Refusal

blueprint = Blueprint(
    "twilio", __name__, url_prefix=f"/simulator/twilio/{wire.VERSION}/Accounts/<account>"
)


@blueprint.before_request
def let_in() -> Response | None:
    """Let nobody in but who knows the account's id and token, and only to that account."""
    settings = config()
    if not knows_account(settings):
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
    if wrong.hangs:
        sleep(wrong.hang_ms / 1000)
    if wrong.drops:
        return lost()
    answer = jsonify(wire.message(sent, account))
    answer.status_code = 201
    return answer


@blueprint.get("/Messages.json")
def show_all(account: str) -> Response:
    """List messages, newest first, a page at a time."""
    try:
        query = query_of(request.args)
    except BadQueryError as fault:
        return refused(rules.malformed(str(fault)))
    found = exchange.listed(folder(config()), query)
    return jsonify(page_of(found, query, request.args, account))


@blueprint.get("/Messages/<sid>.json")
def fetch(account: str, sid: str) -> Response:
    """Show one message."""
    kept = exchange.by_sid(folder(config()), sid)
    if kept is None:
        return refused(rules.not_found(request.path))
    return jsonify(wire.message(kept, account))


@blueprint.get("/Messages/<sid>/Media/<media_sid>")
def fetch_media(account: str, sid: str, media_sid: str) -> Response:  # noqa: ARG001 - the path's
    """Hand out the picture of a message."""
    picture = media.fetch(folder(config()), media_sid, sid)
    return media.answer(picture) if picture else refused(rules.not_found(request.path))


@blueprint.delete("/Messages/<sid>.json")
def delete(account: str, sid: str) -> Response:  # noqa: ARG001 - the account is the path's
    """Delete one message, if it is on its way no longer."""
    place = folder(config())
    kept = exchange.by_sid(place, sid)
    if kept is None:
        return refused(rules.not_found(request.path))
    if kept.message.status is Status.QUEUED:
        return refused(rules.UNDER_WAY)
    exchange.delete(place, sid)
    return Response(status=204)


def lost() -> Response:
    """Lose an answer on its way: the caller never learns that the message was taken."""
    connection = request.environ.get("werkzeug.socket")
    if connection is not None:
        connection.shutdown(SHUT_RDWR)
    answer = Response(status=201)
    # A server that keeps its socket to itself breaks off an answer shorter than it promised.
    answer.headers["Content-Length"] = "1"
    return answer


def refused(refusal: Refusal) -> Response:
    """Answer with an error, in Twilio's form."""
    answer = jsonify(wire.error(refusal))
    answer.status_code = refusal.status
    return answer


def knows_account(settings: Config) -> bool:
    """Tell whether a call knows the account's id and one of its tokens."""
    given = request.authorization
    if given is None or given.type != "basic":
        return False
    named = (given.username or "") == settings.twilio_account_sid
    return named and any(
        hmac.compare_digest((given.password or "").encode(), token.encode())
        for token in settings.twilio_auth_tokens
    )
