"""Twilio's Content API on the loopback: what is kept for WhatsApp to approve."""

from __future__ import annotations

from typing import Any

import regex
from flask import Blueprint, Response, jsonify, request

from app import clock
from app.config import config
from app.simulator.twilio import content, rules, spec
from app.simulator.twilio.api import knows_account, refused
from app.simulator.twilio.contents import HOST, Kept, contents, made, words_of, write

blueprint = Blueprint("twilio_contents", __name__, url_prefix="/simulator/twilio/v1")
RECEIVED, REJECTED = "received", "rejected"
NAME = regex.compile(r"[a-z0-9_]{1,512}")
"""What WhatsApp takes for the name of a template."""
AT_AN_END = regex.compile(r"\A\s*\{\{\w+\}\}|\{\{\w+\}\}\s*\Z|\}\}\s*\{\{")
"""Places where WhatsApp rejects them: first, last, or next to one another."""
LONGEST_BODY, LONGEST_TITLE = 1024, 20


@blueprint.before_request
def let_in() -> Response | None:
    """Let nobody in but who knows the account's id and token."""
    return None if knows_account(config()) else refused(rules.UNKNOWN_ACCOUNT)


@blueprint.post("/Content")
def create() -> Response:
    """Keep a content."""
    asked: Any = request.get_json(silent=True)
    reason = spec.content_fault(asked, "ContentCreateRequest") or _misfit(asked)
    if reason:
        return refused(rules.malformed(reason))
    settings = config()
    kept = made(asked, settings.twilio_account_sid, clock.now())
    write(settings, kept)
    content.register(settings, {kept["sid"]: words_of(kept["types"])})
    return _answered({name: kept[name] for name in kept if name != "approval_requests"}, 201)


@blueprint.post("/Content/<sid>/ApprovalRequests/whatsapp")
def submit(sid: str) -> Response:
    """Hand a content to WhatsApp, which rejects at once what breaks its rules for places."""
    asked: Any = request.get_json(silent=True)
    kept = contents(config()).get(sid)
    if kept is None:
        return refused(rules.not_found(request.path))
    reason = spec.content_fault(asked, "ContentApprovalRequest")
    if reason or not NAME.fullmatch(asked["name"]):
        return refused(rules.malformed(reason or "name"))
    is_bad = AT_AN_END.search(words_of(kept["types"]))
    kept["approval_requests"] |= {
        "name": asked["name"],
        "category": asked["category"],
        "content_type": next(iter(kept["types"])),
        "status": REJECTED if is_bad else RECEIVED,
        "rejection_reason": "INVALID_FORMAT" if is_bad else "",
    }
    write(config(), kept)
    return _answered(kept["approval_requests"], 201)


@blueprint.get("/ContentAndApprovals")
def show_all() -> Response:
    """List what is kept with WhatsApp's answers, a page at a time."""
    size, page = int(request.args.get("PageSize", 50)), int(request.args.get("Page", 0))
    kept = list(contents(config()).values())
    shown = kept[page * size : (page + 1) * size]
    here = f"{HOST}/v1/ContentAndApprovals?PageSize={size}&Page="
    meta = {
        "page": page,
        "page_size": size,
        "first_page_url": f"{here}0",
        "previous_page_url": f"{here}{page - 1}" if page else None,
        "url": f"{here}{page}",
        "next_page_url": f"{here}{page + 1}" if len(kept) > (page + 1) * size else None,
        "key": "contents",
    }
    return _answered({"contents": [_listed(one) for one in shown], "meta": meta}, 200)


def _listed(kept: Kept) -> Kept:
    return {name: value for name, value in kept.items() if name not in {"url", "links"}}


def _misfit(asked: Kept) -> str | None:
    """Say what of a content is longer than it may be."""
    kinds = [kind for kind in asked["types"].values() if kind is not None]
    if len(kinds) != 1 or "body" not in kinds[0]:
        return "types"
    if len(kinds[0]["body"]) > LONGEST_BODY:
        return "body"
    titles = [row["title"] for row in kinds[0].get("actions", [])]
    return "actions" if any(len(title) > LONGEST_TITLE for title in titles) else None


def _answered(whole: Kept, status: int) -> Response:
    answer = jsonify(whole)
    answer.status_code = status
    return answer
