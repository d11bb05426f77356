"""Pictures of messages, for the page to show; development and tests only."""

from __future__ import annotations

from flask import Blueprint, Response, abort
from werkzeug.exceptions import HTTPException

from app.config import config
from app.simulator import page
from app.simulator.twilio import media
from app.simulator.twilio.database import folder

blueprint = Blueprint("pictures", __name__, url_prefix="/simulator/media")
blueprint.after_request(page.protect)
blueprint.register_error_handler(HTTPException, page.refused)


@blueprint.get("/<sid>")
def show(sid: str) -> Response:
    """Show a picture that a phone has sent or been sent."""
    picture = media.fetch(folder(config()), sid)
    if picture is None:
        abort(404, "No phone has sent or been sent this picture.")
    return media.answer(picture)
