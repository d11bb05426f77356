"""The webhook of WhatsApp: hop 1, a signed message, and hop 6, its answer as TwiML."""

from __future__ import annotations

from flask import Blueprint, Request, Response, abort, current_app, request
from twilio.twiml.messaging_response import MessagingResponse
from werkzeug.exceptions import HTTPException

from app import clock, log, metrics
from app.channels.words import cleaned
from app.config import config
from app.conversation import handle
from app.conversation.handle import APOLOGY, WILL_BE_RECORDED
from app.conversation.outcome import Answer
from app.delivery.sending import callback_url
from app.errors import DatabaseAway, DatabaseBusy
from app.messaging.message import InboundMessage
from app.web import spool
from app.web.door import signed_form
from app.web.inbound import BadFieldError, message_from

_WEBHOOK = metrics.HOP_SECONDS.labels("webhook")
blueprint = Blueprint("whatsapp", __name__, url_prefix="/whatsapp")


@blueprint.post("/inbound")
def receive() -> Response:
    """Answer one message in the response to its own webhook."""
    with _WEBHOOK.time():
        return written(signed_message(request))


def signed_message(call: Request) -> InboundMessage:
    """Read the message of a call that Twilio signed and that is meant for us; else end the call."""
    form = signed_form(call)
    if form.get("To") != config().our_address:
        abort(403)
    try:
        return message_from(form, clock.now())
    except BadFieldError as fault:
        log.info("bad_field", field=str(fault))
        abort(400)


def written(message: InboundMessage) -> Response:
    """Write the answer to a message; where all else fails, what its words alone call for."""
    try:
        return twiml(answer_whatever_happens(message))
    except HTTPException:
        raise
    except Exception as fault:  # noqa: BLE001 - whether it is kept is unknown: Twilio tries again
        log.error("answer_lost", fault, sid=message.sid)
        return twiml(_unkept(message))


def answer_whatever_happens(message: InboundMessage) -> Answer:
    """Have a message recorded and answered; failing that spooled, and answered from its words."""
    outage = current_app.extensions["outage"]
    if outage.is_on():
        return _spooled(message)
    try:
        return handle.answer(message)
    except DatabaseBusy as fault:
        log.error("database_busy", fault, sid=message.sid)
    except DatabaseAway as fault:
        outage.begin()
        log.error("database_away", fault, sid=message.sid)
    except Exception as fault:  # noqa: BLE001 - an emergency is answered whatever else is broken
        log.error("turn_lost", fault, sid=message.sid)
    return _spooled(message)


def _spooled(message: InboundMessage) -> Answer:
    metrics.FALLBACKS.labels("spooled").inc()
    try:
        spool.keep(message, config().spool_dir)
    except Exception as fault:  # noqa: BLE001 - a full disk, or a fault of ours: it is not kept
        log.error("spool_failed", fault, sid=message.sid)
        return _unkept(message)
    return handle.answer_without_records(message, otherwise=WILL_BE_RECORDED)


def _unkept(message: InboundMessage) -> Answer:
    """Answer an emergency all the same; let Twilio try anything else again, or its fallback."""
    answer = handle.answer_without_records(message, otherwise=APOLOGY)
    if not answer.is_emergency:
        abort(503)
    return answer


def twiml(answer: Answer) -> Response:
    """Write the answer as TwiML; without one, as an empty response."""
    response = MessagingResponse()
    confirm = callback_url(answer.confirm_id) if answer.confirm_id else None
    for message in answer.messages:
        response.message(cleaned(message), status_callback=confirm)
    return Response(str(response), mimetype="text/xml")
