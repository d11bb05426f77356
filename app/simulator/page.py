"""The simulator's page, and the door through which its phone sends; development and tests only."""

from __future__ import annotations

from dataclasses import asdict
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
from werkzeug.exceptions import HTTPException

from app import clock
from app.config import config
from app.parsing.as_json import explain
from app.parsing.load import lexicon
from app.parsing.parse import parse
from app.simulator.hearing import as_heard
from app.simulator.twilio.phone import deliver
from app.simulator.typed import BadMessageError, Typed, typed_from

blueprint = Blueprint(
    "simulator",
    __name__,
    url_prefix="/simulator",
    template_folder="templates",
    static_folder="static",
)

DEMO_PATIENT, DEMO_CAREGIVER = "+919999999998", "+919999999997"
PROTECTION = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@blueprint.get("")
def show() -> str:
    """Show the phone."""
    return render_template(
        "simulator/page.html", patient=DEMO_PATIENT, caregiver=DEMO_CAREGIVER, phones=["Phone"]
    )


@blueprint.post("/send")
def send() -> Response:
    """Send what was typed on the phone, as Twilio would; say what came back and what was meant."""
    refuse_strangers(request)
    typed = _typed(request)
    heard = as_heard(typed, clock.now())
    delivery = deliver(typed, config())
    understood = explain(parse(lexicon(), heard), typed.body)
    told = asdict(delivery) | {"at": heard.received_at.isoformat(), "understood": understood}
    # Not jsonify: it sorts, and a meaning's fields read best in the order they are written in.
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
    fields: Any = call.get_json()
    try:
        return typed_from(fields)
    except BadMessageError as fault:
        abort(400, str(fault))
