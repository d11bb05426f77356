"""The loopback's Content API, held to Twilio's own description of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from json import loads
from pathlib import Path
from typing import Any

import pytest
import requests
from twilio.base.exceptions import TwilioRestException

from app import clock
from app.simulator.twilio import exchange, spec
from app.simulator.twilio.contents import contents, judge
from app.simulator.twilio.message import Direction
from tests.settings import ACCOUNT, TOKEN
from tests.simulator.twilio.conftest import Loopback, a_message, settle

GOOD = {
    "friendly_name": "reminder",
    "language": "en",
    "variables": {"1": "metformin"},
    "types": {
        "twilio/quick-reply": {
            "body": "Time for {{1}} now.",
            "actions": [{"type": "QUICK_REPLY", "title": "Taken", "id": "taken"}],
        }
    },
}


@pytest.fixture
def anew() -> Iterator[None]:
    spec.content_checker.cache_clear()
    yield
    spec.content_checker.cache_clear()


def post(twilio: Loopback, asked: Any, path: str = "Content") -> requests.Response:
    address = f"{twilio.address}/simulator/twilio/v1/{path}"
    return requests.post(address, json=asked, auth=(ACCOUNT, TOKEN), timeout=5)


def fields_of(name: str) -> set[str]:
    schemas = loads(spec.CONTENT_FILE.read_bytes())["components"]["schemas"]
    return set(schemas[name]["properties"])


def test_what_is_answered_has_every_field_of_twilios_and_none_of_ours(twilio: Loopback) -> None:
    made = post(twilio, GOOD)
    assert made.status_code == 201
    assert made.json().keys() == fields_of("content.v1.content")
    asked = {"name": "reminder", "category": "UTILITY"}
    submitted = post(twilio, asked, f"Content/{made.json()['sid']}/ApprovalRequests/whatsapp")
    assert submitted.status_code == 201
    assert submitted.json().keys() == fields_of("content.v1.content.approval_create")
    address = f"{twilio.address}/simulator/twilio/v1/ContentAndApprovals"
    listed = requests.get(address, auth=(ACCOUNT, TOKEN), timeout=5).json()
    assert listed["contents"][0].keys() == fields_of("content.v1.content_and_approvals")
    assert listed["meta"]["next_page_url"] is None


@pytest.mark.parametrize(
    "changed",
    [
        {"language": None},
        {"types": "text"},
        {"types": {}},
        {"types": {"twilio/text": {"boddy": "hi"}}},
        {"types": {"twilio/text": {"body": "hi", "actions": []}}},
        {"types": {"twilio/quick-reply": {"body": "hi", "actions": [{"id": "untitled"}]}}},
        {"types": {"twilio/quick-reply": {"body": "hi", "actions": [{"title": 1}]}}},
        {"types": {"twilio/location": {"latitude": 1, "longitude": 1}}},
        {"variables": {"1": 1}},
    ],
)
def test_what_twilio_does_not_know_is_refused(twilio: Loopback, changed: dict[str, Any]) -> None:
    answer = post(twilio, GOOD | changed)
    assert (answer.status_code, answer.json()["code"]) == (400, 20001)
    assert contents(twilio.config) == {}


def test_a_call_without_json_or_without_the_token_is_refused(twilio: Loopback) -> None:
    assert post(twilio, None).status_code == 400
    address = f"{twilio.address}/simulator/twilio/v1/Content"
    assert requests.post(address, json=GOOD, timeout=5).status_code == 401
    sid = post(twilio, GOOD).json()["sid"]
    unnamed = post(twilio, {"category": "UTILITY"}, f"Content/{sid}/ApprovalRequests/whatsapp")
    assert unnamed.status_code == 400


def test_a_content_reaches_people_inside_the_window_and_outside_when_approved(
    loopback: Loopback,
) -> None:
    sid = post(loopback, GOOD).json()["sid"]
    sends = {"body": None, "content_sid": sid, "content_variables": '{"1": "metformin"}'}
    with pytest.raises(TwilioRestException, match="outside the allowed window"):
        loopback.send(**sends)
    judge(loopback.config, sid, "approved")
    assert loopback.send(**sends).body == "Time for metformin now.\n1. Taken"
    judge(loopback.config, sid, "paused")
    exchange.keep(loopback.folder, a_message(Direction.INBOUND, clock.now() - timedelta(hours=1)))
    assert loopback.send(**sends).status == "queued"
    settle()


@pytest.mark.usefixtures("anew")
def test_without_the_description_nothing_is_held_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert spec.content_fault({}, "ContentCreateRequest")
    spec.content_checker.cache_clear()
    monkeypatch.setattr(spec, "CONTENT_FILE", tmp_path / "missing.json")
    assert spec.content_fault({}, "ContentCreateRequest") is None


@pytest.mark.usefixtures("anew")
def test_without_its_reader_nothing_is_held_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jsonschema", None)
    assert spec.content_fault({}, "ContentCreateRequest") is None
