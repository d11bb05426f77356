"""The developer's side of the loopback Twilio: what shall go wrong, and the templates' texts."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, jsonify, request
from werkzeug.exceptions import HTTPException

from app.config import config
from app.simulator import page
from app.simulator.twilio import content, faults
from app.simulator.twilio.database import folder
from app.simulator.twilio.faults import BadFaultError

blueprint = Blueprint("twilio_control", __name__, url_prefix="/simulator/twilio")
blueprint.after_request(page.protect)
blueprint.register_error_handler(HTTPException, page.refused)


@blueprint.before_request
def refuse_strangers() -> None:
    """Let the simulator's own page in, and what is no browser."""
    page.refuse_strangers(request)


@blueprint.get("/faults")
def show_faults() -> Response:
    """Tell what shall go wrong from now on."""
    return jsonify(faults.current(folder(config())))


@blueprint.post("/faults")
def ask_for_faults() -> Response:
    """Have things go wrong beside those already asked for; `faults.Faults` names them."""
    try:
        return jsonify(faults.change(folder(config()), request.get_json()))
    except BadFaultError as fault:
        abort(400, str(fault))


@blueprint.delete("/faults")
def clear_faults() -> Response:
    """Let nothing go wrong any more."""
    faults.clear(folder(config()))
    return jsonify(faults.NONE)


@blueprint.get("/templates")
def show_templates() -> Response:
    """Give the text of each template known."""
    return jsonify(content.templates(config()))


@blueprint.post("/templates")
def register_templates() -> Response:
    """Take in texts of templates: a JSON object of `HX…` and its text, with `{{1}}` as places."""
    texts: Any = request.get_json()
    if not content.are_texts(texts):
        abort(400, "Templates are a JSON object: each HX with 32 digits, and its text.")
    content.register(config(), texts)
    return show_templates()
