"""The simulator's page and the doors its phones and its clock use; development and tests only."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from json import dumps
from typing import Any
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Request,
    Response,
    abort,
    jsonify,
    render_template,
    request,
)
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from app import clock
from app.config import config
from app.parsing.as_json import explain
from app.parsing.load import lexicon
from app.parsing.parse import parse
from app.simulator import moving, picture
from app.simulator.events import clock_state, stream
from app.simulator.hearing import as_heard
from app.simulator.person import person
from app.simulator.twilio import exchange
from app.simulator.twilio.database import folder
from app.simulator.twilio.message import Direction
from app.simulator.twilio.phone import deliver
from app.simulator.typed import BadMessageError, Typed, typed_from

blueprint = Blueprint(
    "simulator",
    __name__,
    url_prefix="/simulator",
    template_folder="templates",
    static_folder="static",
)

DEMO_PATIENT, DEMO_CAREGIVER, DEMO_DOCTOR = "+919999999998", "+919999999997", "+919999999999"
PHONES = (("Patient", DEMO_PATIENT), ("Caregiver", DEMO_CAREGIVER), ("Doctor", DEMO_DOCTOR))
TOMORROW = "tomorrow"
LONGEST_MOVE_MIN = 24 * 60
LARGEST_SEND = 2 * picture.LARGEST
"""Bytes: a picture in Base64, which makes it a third larger, and its caption."""
PROTECTION = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@blueprint.get("")
def show() -> str:
    """Show the phones."""
    is_movable = clock.offset_file() is not None
    return render_template(
        "simulator/page.html", phones=PHONES, is_movable=is_movable, picture=picture
    )


@blueprint.get("/events")
def events() -> Response:
    """Tell the page what is said on every phone, as it happens."""
    # After a pause the browser names the last event it had by itself.
    cursor = request.headers.get("Last-Event-ID") or request.args.get("cursor", "0")
    if not (cursor.isascii() and cursor.isdigit()):
        abort(400, "The cursor is no number.")
    told = stream(folder(config()), int(cursor))
    return Response(told, mimetype="text/event-stream", headers={"X-Accel-Buffering": "no"})


@blueprint.get("/people/<number>")
def show_person(number: str) -> Response:
    """Say who holds a phone: name, role, language, unit and zone."""
    return jsonify(person(number))


@blueprint.get("/understood/<sid>")
def show_understood(sid: str) -> Response:
    """Say what a message that a phone sent meant, and what made it so."""
    kept = exchange.by_sid(folder(config()), sid)
    if kept is None or kept.message.direction is not Direction.INBOUND:
        abort(404, "No phone has sent this message.")
    typed = Typed(kept.message.phone.removeprefix("whatsapp:"), kept.message.body)
    return in_order({"understood": meanings_of(typed, kept.message.created_at)})


@blueprint.post("/clock")
def move_clock() -> Response:
    """Have the clock moved on by so many minutes, or to tomorrow morning."""
    refuse_strangers(request)
    distance = _distance(request)
    if clock.offset_file() is None:
        abort(409, "The clock stands still: CLOCK_OFFSET_FILE names no file.")
    return jsonify(clock_state(moving.ask(distance)))


@blueprint.post("/send")
def send() -> Response:
    """Send what a phone says or shows, as Twilio would; say what came back and what was meant."""
    refuse_strangers(request)
    typed = _typed(request)
    delivery = deliver(typed, config())
    understood = meanings_of(typed, clock.now())
    return in_order(asdict(delivery) | {"understood": understood})


def meanings_of(typed: Typed, at: datetime) -> dict[str, Any]:
    """Say what the service understands of a message that is typed at a moment."""
    return explain(parse(lexicon(), as_heard(typed, at)), typed.body)


def in_order(told: dict[str, Any]) -> Response:
    """Answer as JSON in the order it is written in, in which a meaning's fields read best."""
    return Response(dumps(told), mimetype="application/json")


@blueprint.after_request
def protect(response: Response) -> Response:
    """Let the page load and reach nothing but this server, and be framed and kept by nobody."""
    response.headers.update(PROTECTION)
    return response


@blueprint.errorhandler(HTTPException)
def refused(fault: HTTPException) -> tuple[Response, int]:
    """Say in the page's own form why a call was not taken."""
    return jsonify(fault=fault.description), fault.code or 500


def refuse_strangers(call: Request) -> None:
    """End a call that the script of somebody else's page makes through a developer's browser."""
    origin = call.headers.get("Origin")
    if origin is not None and origin not in our_origins(call):
        abort(403, "Only the simulator's own page may send.")


def our_origins(call: Request) -> set[str]:
    """Name the places this page can have come from.

    The `Host` of a call is the caller's word: it counts only where it names this very machine.
    """
    public = urlsplit(config().public_url)
    asked = urlsplit(call.host_url)
    here = {f"{asked.scheme}://{asked.netloc}"} if asked.hostname in LOOPBACK else set()
    return {f"{public.scheme}://{public.netloc}"} | here


def _typed(call: Request) -> Typed:
    call.max_content_length = LARGEST_SEND
    try:
        return typed_from(call.get_json())
    except (BadMessageError, picture.BadPictureError) as fault:
        abort(400, str(fault))
    except RequestEntityTooLarge:
        abort(413, picture.TOO_LARGE)


def _distance(call: Request) -> timedelta:
    """Read how far the clock is to be moved."""
    asked: Any = call.get_json()
    fields = asked if isinstance(asked, dict) else {}
    if fields.get("to") == TOMORROW:
        return moving.until_tomorrow_morning(clock.now() + moving.still_to_go())
    minutes = fields.get("minutes")
    if type(minutes) is not int or not 0 < minutes <= LONGEST_MOVE_MIN:
        abort(400, f"The clock moves on by 1 to {LONGEST_MOVE_MIN} minutes, or to tomorrow.")
    return timedelta(minutes=minutes)
