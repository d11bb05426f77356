"""What becomes of a call that creates a message: kept and carried, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from json import loads
from uuid import uuid4

from werkzeug.datastructures import MultiDict

from app.config import Config
from app.simulator.twilio import content, exchange, rules, spec
from app.simulator.twilio.callbacks import Journey, carry
from app.simulator.twilio.contents import is_unapproved
from app.simulator.twilio.courier import Courier, courier_of
from app.simulator.twilio.faults import Faults
from app.simulator.twilio.message import Direction, Kept, Message, Status
from app.simulator.twilio.wire import Refusal


def send(
    form: MultiDict[str, str], config: Config, faults: Faults, now: datetime
) -> Kept | Refusal:
    """Create a message as Twilio does, with what shall go wrong with it.

    Args:
        form: What the call asks for.
        config: The settings of the service, whose account calls.
        faults: Those of this send.
        now: Aware.
    """
    courier = courier_of(config)
    asked = rules.asked_for(faults.error_code) if faults.errors else None
    window = _window(form, courier, config, now)
    refused = (
        (None if faults.errors_late else asked)
        or rules.refusal(form, config.our_address)
        or _malformed(form)
        or (None if faults.window_late else window)
    )
    if refused:
        return refused
    kept = exchange.keep(courier.folder, message_of(form, config, now))
    late = asked or window
    code = late.code if late else None
    carry(Journey(kept.message, courier, faults, code, media_url=form.get("MediaUrl")))
    return kept


def message_of(form: Mapping[str, str], config: Config, now: datetime) -> Message:
    """Make the message of a call that may create one."""
    return Message(
        sid=new_sid(),
        direction=Direction.API,
        sender=form["From"],
        recipient=form["To"],
        body=_body(form, config),
        status=Status.QUEUED,
        created_at=now,
        status_callback=form.get("StatusCallback"),
        content_sid=form.get("ContentSid"),
        content_variables=form.get("ContentVariables"),
    )


def new_sid() -> str:
    """Make a message's id, as Twilio's are."""
    return f"SM{uuid4().hex}"


def _malformed(form: MultiDict[str, str]) -> Refusal | None:
    reason = spec.fault(form)
    return rules.malformed(reason) if reason else None


def _window(
    form: Mapping[str, str], courier: Courier, config: Config, now: datetime
) -> Refusal | None:
    last = exchange.last_inbound_at(courier.folder, form.get("To", ""))
    approved = bool(form.get("ContentSid")) and not is_unapproved(config, form["ContentSid"])
    is_late = rules.is_outside_window(last, now) and not approved
    return rules.OUTSIDE_WINDOW if is_late else None


def _body(form: Mapping[str, str], config: Config) -> str:
    if not form.get("ContentSid"):
        return form.get("Body", "")
    variables = loads(form.get("ContentVariables") or "{}")
    return content.shown(form["ContentSid"], variables, content.templates(config))
