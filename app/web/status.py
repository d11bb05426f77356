"""The webhook of status reports: what became of a message, as Twilio tells it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Request, Response, abort, request

from app import db, log
from app.channels.words import cleaned
from app.delivery import reports
from app.errors import DatabaseAway
from app.web.door import signed_form
from app.web.inbound import SID

blueprint = Blueprint("status", __name__, url_prefix="/whatsapp")
DATABASE_S = 3.4
TAKEN = 204
"""An answer of 4xx would tell Twilio that we are broken; a word we do not know is no such thing."""


@blueprint.post("/status")
def receive() -> Response:
    """Take one status report; repeated ones, late ones and those of unknown messages too."""
    form = signed_form(request)
    sid, word = form.get("MessageSid", ""), form.get("MessageStatus", "")
    if not SID.fullmatch(sid):
        log.info("bad_field", field="MessageSid")
        abort(400)
    code = cleaned(form.get("ErrorCode", "")) or None
    try:
        with db.deadline(DATABASE_S):
            reports.take_word(word, sid, _outbound_id(request), code)
    except DatabaseAway as fault:
        log.error("database_away", fault, sid=sid)
        abort(503)
    return Response(status=TAKEN)


def _outbound_id(call: Request) -> UUID | None:
    """Read our row's id from the address that was called; None where it names none."""
    try:
        return UUID(call.args.get("o", ""))
    except ValueError:
        return None
