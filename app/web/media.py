"""The door to the files that messages bring: by an address we signed, made when fetched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import regex
from flask import Blueprint, Request, Response, abort, request
from sqlalchemy import Connection

from app import clock, db, log
from app.config import config
from app.delivery import links
from app.errors import DatabaseAway
from app.i18n import render
from app.insights.export import store as export
from app.insights.export.workbook import CONTENT_TYPE, workbook
from app.insights.week.store import weeks
from app.messaging.outbox import store as outbox
from app.messaging.outbox.outgoing import Media

blueprint = Blueprint("media", __name__, url_prefix="/media")
_MOMENT = regex.compile(r"[0-9]{1,11}")
MAKE_S = 8.0
"""How long PostgreSQL may take over one file (house)."""
SAFELY = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


@dataclass(frozen=True, slots=True)
class File:
    """What is fetched; the name is what a phone shows, without spaces and of at most 20 letters."""

    name: str
    content_type: str
    content: bytes


@blueprint.get("/<uuid:outbound_id>")
def fetch(outbound_id: UUID) -> Response:
    """Give the file of a message; every other address leads nowhere, and tells nothing."""
    signed_address(request, outbound_id)
    try:
        with db.deadline(MAKE_S), db.transaction() as connection:
            file = _made(connection, outbound_id)
    except DatabaseAway as fault:
        log.error("database_away", fault, outbound_id=outbound_id)
        abort(503)
    if file is None:
        abort(404)
    named = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.content, content_type=file.content_type, headers=SAFELY | named)


def signed_address(call: Request, outbound_id: UUID) -> None:
    """Let in whoever has an address that we signed and that is still good; else end the call."""
    until, signed = call.args.get("until", ""), call.args.get("signature", "")
    if not (_MOMENT.fullmatch(until) and signed.isascii()):
        abort(404)
    tokens = config().twilio_auth_tokens
    if not links.is_good(tokens, outbound_id, int(until), signed, clock.now()):
        abort(404)


def _made(connection: Connection, outbound_id: UUID) -> File | None:
    brought = outbox.brought(connection, outbound_id)
    return MAKERS[brought.media](connection, brought) if brought else None


def _export(connection: Connection, brought: outbox.Brought) -> File:
    owner = export.Owner(brought.user_id, brought.patient_id)
    return File("procare.xlsx", CONTENT_TYPE, workbook(export.sheets(connection, owner)))


def _chart(connection: Connection, brought: outbox.Brought) -> File | None:
    """Draw the week that the message speaks of; None where the patient is gone."""
    from app.insights.week.load import fonts  # noqa: PLC0415 - only who draws needs the letters
    from app.insights.week.picture import picture  # noqa: PLC0415
    from app.insights.week.writing import Pen  # noqa: PLC0415

    week = weeks(connection, [brought.patient_id], brought.queued_at).get(brought.patient_id)
    if week is None:
        return None
    pen, say = Pen(fonts(), brought.language), partial(render, language=brought.language)
    return File("procare.png", "image/png", picture(week, brought.queued_at, pen, say))


MAKERS: Mapping[Media, Callable[[Connection, outbox.Brought], File | None]] = {
    Media.EXPORT: _export,
    Media.CHART: _chart,
}
